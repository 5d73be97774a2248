import {type FailureMode} from './failure-mode.js';
import {offloadedPods} from './offloaded-pods.js';
import {virtualKubeletRestart} from './virtual-kubelet.js';
import {fact, refOf} from './facts.js';
import {count, instruct} from './words.js';

export const offloadedPodsRepatriated: FailureMode = {
	id: 'offloaded-pods-repatriated',
	title: 'Offloaded pods were given up',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 520,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	symptom:
		'Pods are Failed with reason OffloadingAborted, and were replaced by new ones.',
	cause:
		'The mapping left Accepted for a moment (v0.3: any hiccup of the provider), or was removed.',
	proof: "The pods' reason, and when the Ready condition last changed.",
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name, offloading} = scope;
		const aborted = offloadedPods(scope).filter(
			({pod}) =>
				pod.status.phase === 'Failed' &&
				pod.status.reason === 'OffloadingAborted',
		);
		return [...Map.groupBy(aborted, ({cluster}) => cluster)].flatMap(
			([cluster, entries]) => {
				if (virtualKubeletRestart(all, cluster)) {
					return [];
				}

				const {pod, mapping} = entries[0]!;
				const key =
					all.generation.rules.conditionKey === 'cluster-id'
						? cluster
						: (mapping?.map.metadata.name ?? cluster);
				const ready = (
					offloading?.status.remoteNamespacesConditions[key] ?? []
				).find(({type}) => type === 'Ready');
				return [
					{
						object: refOf(pod),
						clusters: [cluster],
						certainty: 'likely' as const,
						message: `${count(entries.length, 'pod')} on ${cluster} ${entries.length === 1 ? 'was' : 'were'} given up, because the namespace was not usable there for a while.`,
						consequence:
							'Their owners made new ones; what they were doing was interrupted.',
						evidence: [
							...entries
								.slice(0, 10)
								.map((entry) =>
									fact(entry.pod, 'status.reason', entry.pod.status.reason),
								),
							...(offloading && ready
								? [
										fact(
											offloading,
											`status.remoteNamespacesConditions["${key}"][Ready].lastTransitionTime`,
											ready.lastTransitionTime,
										),
									]
								: []),
						],
						offers: [
							instruct(
								'Prevent it',
								`whoever administers Liqo, or the owner of ${cluster}`,
								all.isFirst
									? 'Upgrade Liqo: this version gives pods up at any hiccup of the provider.'
									: 'Keep the provider reachable; do not deselect a cluster whose pods matter.',
								`The failed pods may be deleted: kubectl delete pods -n ${name} --field-selector status.phase=Failed`,
							),
						],
					},
				];
			},
		);
	},
};
