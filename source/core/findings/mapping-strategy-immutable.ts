import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const mappingStrategyImmutable: FailureMode = {
	id: 'mapping-strategy-immutable',
	title: 'The remote name was changed after creation',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 242,
	explains: ['webhook-skip-set', 'selector-not-in-force'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace'],
	symptom:
		'An update is refused ("cannot be modified after creation"); or, when the check was bypassed, there are twins under two names.',
	cause:
		'Mapping strategy and remote name cannot change after creation; a bypassed check leaves the old twin behind.',
	proof:
		'A mapping or a twin of this namespace has another name than the strategy gives.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, offloading, mappings, remoteName}) {
		if (
			!offloading ||
			remoteName === undefined ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const stray = mappings.flatMap(({cluster, map, desired}) => {
			const named =
				desired !== undefined && desired !== remoteName
					? [
							{
								cluster,
								evidence: fact(
									map,
									`spec.desiredMapping.${name}`,
									desired,
									remoteName,
								),
							},
						]
					: [];
			const provider = all.provider(cluster, 'Namespace');
			const orphans = [...(provider?.list('Namespace') ?? [])].filter(
				({metadata}) =>
					metadata.name !== desired &&
					metadata.annotations[keys.originalName] === name &&
					metadata.labels[keys.remoteClusterId] === all.localId &&
					metadata.deletionTimestamp === undefined &&
					desired !== undefined,
			);
			return [
				...named,
				...orphans.map((orphan) => ({
					cluster,
					evidence: fact(
						orphan,
						'metadata.name',
						orphan.metadata.name,
						remoteName,
						provider!.key,
					),
				})),
			];
		});
		if (stray.length === 0) {
			return [];
		}

		const clusters = [...new Set(stray.map(({cluster}) => cluster))];
		return [
			{
				object: refOf(offloading),
				clusters,
				message:
					'The mapping strategy or the remote name was changed after creation, past the check that forbids it.',
				consequence: `On ${join(clusters)} a twin under the old name is left behind: nobody owns or deletes it.`,
				evidence: stray.map(({evidence}) => evidence),
				offers: [
					instruct(
						'Delete and create the offloading again',
						'whoever may lose what is in the twins, and the owners of the providers',
						`Save what the twins of ${name} hold.`,
						`kubectl delete namespaceoffloading offloading -n ${name}, then create it again with the strategy it should have.`,
						`Have the left-over twins deleted by the owner of ${join(clusters)}: ${join(
							stray.map(({evidence}) => evidence.actual ?? ''),
						)}.`,
						`Never bypass the check with the label ${keys.webhookSkip}.`,
					),
				],
			},
		];
	},
};
