import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const selectorEditIgnored: FailureMode = {
	id: 'selector-edit-ignored',
	title: 'An edit came after the fact',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1'],
	order: 410,
	explains: ['remote-name-too-long', 'status-stale'],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Node', 'VirtualNode'],
	symptom:
		'The selector was narrowed or the mapping strategy changed, but clusters keep their twin and the remote name stays.',
	cause:
		'This version only ever adds mappings, and computes the remote name once.',
	proof:
		'A cluster is still mapped although the selector no longer matches it; or the remote name in the status is not what the strategy gives.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, offloading, errors, mappings, selected, remoteName}) {
		if (
			!offloading ||
			!all.isFirst ||
			offloading.metadata.deletionTimestamp !== undefined ||
			errors.length > 0
		) {
			return [];
		}

		const left = mappings.filter(
			({desired, cluster}) =>
				desired !== undefined &&
				!selected.has(cluster) &&
				all.candidates.some((candidate) => candidate.cluster === cluster),
		);
		const named = offloading.status.remoteNamespaceName;
		const isRenamed =
			all.localId !== undefined && named !== undefined && named !== remoteName;
		if (left.length === 0 && !isRenamed) {
			return [];
		}

		const clusters = left.map(({cluster}) => cluster);
		return [
			{
				object: refOf(offloading),
				clusters,
				message:
					left.length > 0
						? `The selector no longer selects ${join(clusters)}, but this version of Liqo never takes a mapping back.`
						: `The mapping strategy was changed, but this version of Liqo computes the remote name only once ("${named!}").`,
				consequence:
					left.length > 0
						? `The namespace keeps its twin on ${join(clusters)}.`
						: 'The twins keep their old name.',
				evidence: [
					...left.map(({map, desired}) =>
						fact(map, `spec.desiredMapping.${name}`, desired),
					),
					...(isRenamed
						? [
								fact(
									offloading,
									'status.remoteNamespaceName',
									named,
									remoteName,
								),
							]
						: []),
				],
				offers: [
					instruct(
						'Delete and create the offloading again',
						'whoever may lose what is in the twins',
						`Save what the twins of ${name} hold: deleting the offloading deletes them with their content, volumes included.`,
						`kubectl delete namespaceoffloading ${offloading.metadata.name} -n ${name}`,
						'When it is gone, create it again with the selector and strategy that it has now.',
					),
				],
			},
		];
	},
};
