import {type FailureMode} from './failure-mode.js';
import {conditionOf, twinOf} from './remotes.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const remoteNamespaceTerminating: FailureMode = {
	id: 'remote-namespace-terminating',
	title: 'The twin is being deleted',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 250,
	explains: [
		'rolebindings-missing',
		'pod-reflection-disabled',
		'remote-pod-pending',
		'premature-ready',
	],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace', 'NamespaceMap'],
	symptom:
		'The offloading flaps, or says Accepted, and nothing can be deployed.',
	cause:
		'The earlier twin of that name is not gone yet, and Liqo takes it for an existing one.',
	proof:
		"The provider's namespace has a deletionTimestamp, while the mapping asks for it.",
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, offloading, mappings}) {
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		return mappings.flatMap(({cluster, map, desired, current}) => {
			const found =
				desired === undefined ? undefined : twinOf(all, map, desired);
			if (found?.twin.metadata.deletionTimestamp === undefined) {
				return [];
			}

			const {twin, provider} = found;
			const blocked = twin.status.conditions.filter(
				({type, status}) =>
					status === 'True' && /Remaining|Failure/v.test(type),
			);
			return [
				{
					object: refOf(offloading),
					clusters: [cluster],
					message: `On ${cluster} the namespace "${desired!}" is still being deleted${blocked[0]?.message === undefined ? '' : ` (${blocked[0].message})`}.`,
					consequence: `Until it is gone nothing can be created in it, though the mapping says ${current?.phase ?? 'nothing'}.`,
					evidence: [
						fact(
							twin,
							'metadata.deletionTimestamp',
							twin.metadata.deletionTimestamp,
							'none',
							provider.key,
						),
						...blocked.map(({type}) =>
							fact(
								twin,
								`status.conditions[${type}]`,
								conditionOf(twin.status.conditions, type)?.message,
								undefined,
								provider.key,
							),
						),
					],
					offers: [
						instruct(
							'Let the deletion end',
							`the owner of ${cluster}`,
							`On ${cluster}: kubectl get namespace ${desired!} -o yaml, and remove what its conditions name.`,
							'The mapping heals by itself once the namespace is gone.',
						),
					],
				},
			];
		});
	},
};
