import {type FailureMode} from './failure-mode.js';
import {twinOf} from './remotes.js';
import {fact, refOf} from './facts.js';
import {count, instruct, join} from './words.js';

export const unoffloadDataLoss: FailureMode = {
	id: 'unoffload-data-loss',
	title: 'Ending the offloading deletes the twins',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 530,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace', 'Pod', 'PersistentVolumeClaim'],
	symptom: 'Data kept in the remote namespace is expected to survive.',
	cause:
		'The end of an offloading deletes the remote namespaces with all they hold.',
	proof: 'The offloading is being deleted while twins are still there.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, offloading, mappings}) {
		const left = mappings.filter(({current}) => current?.phase !== undefined);
		if (
			offloading?.metadata.deletionTimestamp === undefined ||
			left.length === 0
		) {
			return [];
		}

		const held = left.map(({cluster, map, current}) => {
			const found = twinOf(all, map, current!.remoteNamespace);
			const view = found?.provider;
			return {
				cluster,
				map,
				remote: current!.remoteNamespace,
				content: view
					? `${count(view.count('Pod', current!.remoteNamespace), 'pod')}, ${count(view.count('PersistentVolumeClaim', current!.remoteNamespace), 'volume claim')}`
					: 'not visible from here',
				provider: view?.key,
			};
		});
		const clusters = held.map(({cluster}) => cluster);
		return [
			{
				object: refOf(offloading),
				clusters,
				message: `The offloading of ${name} is being deleted; its twins on ${join(clusters)} go with it.`,
				consequence: 'All they hold is deleted, volumes included.',
				evidence: held.map(({map, remote, content, provider}) =>
					fact(
						provider === undefined
							? map
							: {apiVersion: 'v1', kind: 'Namespace', name: remote},
						provider === undefined
							? `status.currentMapping.${name}`
							: 'its content',
						content,
						undefined,
						provider ?? 'home',
					),
				),
				offers: [
					instruct(
						'Save what can be saved',
						'the owner of the workload',
						...held.map(
							({cluster, remote}) =>
								`On ${cluster}: copy what is needed out of namespace ${remote} before it is gone.`,
						),
						'A deletion cannot be taken back.',
					),
				],
			},
		];
	},
};
