import {type FailureMode} from './failure-mode.js';
import {conditionOf, twinOf} from './remotes.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const remoteNamespaceDeleted: FailureMode = {
	id: 'remote-namespace-deleted',
	title: 'The twin was deleted and created again',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 500,
	explains: ['offloaded-pods-repatriated', 'finished-pod-reran'],
	reads: ['NamespaceOffloading', 'NamespaceMap'],
	readsOnProvider: ['Namespace', 'NamespaceMap'],
	symptom: 'Pods were started anew; what was in the remote namespace is gone.',
	cause: 'Somebody deleted the twin on the provider; Liqo created it again.',
	proof: 'The twin is younger than the Ready condition that tells of it.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, name, offloading, mappings}) {
		if (!offloading || offloading.metadata.deletionTimestamp !== undefined) {
			return [];
		}

		return mappings.flatMap(({cluster, map, desired, current}) => {
			const found =
				desired === undefined ? undefined : twinOf(all, map, desired);
			const key =
				all.generation.rules.conditionKey === 'cluster-id'
					? cluster
					: map.metadata.name;
			const ready = conditionOf(
				offloading.status.remoteNamespacesConditions[key] ?? [],
				'Ready',
			);
			const readySince = all.since(ready?.lastTransitionTime);
			const twinAge = all.since(found?.twin.metadata.creationTimestamp);
			if (
				!found?.isOurs ||
				current?.phase !== 'Accepted' ||
				ready?.status !== 'True' ||
				readySince === undefined ||
				twinAge === undefined ||
				// Both are written at the creation, by clocks of two clusters.
				twinAge > readySince - 60
			) {
				return [];
			}

			return [
				{
					object: refOf(offloading),
					clusters: [cluster],
					message: `The namespace "${desired!}" on ${cluster} is younger than its mapping: somebody deleted it there.`,
					consequence: `Liqo created it again, empty; what ${name} kept there is lost.`,
					evidence: [
						fact(
							found.twin,
							'metadata.creationTimestamp',
							found.twin.metadata.creationTimestamp,
							`before ${ready.lastTransitionTime!}`,
							found.provider.key,
						),
						fact(
							offloading,
							`status.remoteNamespacesConditions["${key}"][Ready].lastTransitionTime`,
							ready.lastTransitionTime,
						),
					],
					offers: [
						instruct(
							'Find out who deletes it',
							`the owner of ${cluster}`,
							`Look for the deletion of namespace ${desired!} in the audit log of ${cluster}, and leave namespaces of Liqo alone.`,
							`Check that the pods and volumes of ${name} are what they should be.`,
						),
					],
				},
			];
		});
	},
};
