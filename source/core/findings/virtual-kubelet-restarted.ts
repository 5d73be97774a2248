import {type FailureMode} from './failure-mode.js';
import {offloadedPods} from './offloaded-pods.js';
import {virtualKubeletRestart} from './virtual-kubelet.js';
import {fact, refOf} from './facts.js';
import {count, instruct} from './words.js';

export const virtualKubeletRestarted: FailureMode = {
	id: 'virtual-kubelet-restarted',
	title: 'The virtual kubelet was restarted',
	severity: 'warning',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 515,
	explains: ['offloaded-pods-repatriated'],
	reads: ['NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	symptom:
		'Pods turned OffloadingAborted although the mapping stayed Accepted.',
	cause: 'The virtual kubelet crashed or was upgraded.',
	proof: 'Restart count of its container; the mapping is Accepted throughout.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all} = scope;
		const aborted = offloadedPods(scope).filter(
			({pod, mapping}) =>
				pod.status.reason === 'OffloadingAborted' &&
				mapping?.current?.phase === 'Accepted',
		);
		return [...Map.groupBy(aborted, ({cluster}) => cluster)].flatMap(
			([cluster, entries]) => {
				const kubelet = virtualKubeletRestart(all, cluster);
				if (!kubelet) {
					return [];
				}

				const status = kubelet.status.containerStatuses.find(
					({restartCount}) => restartCount > 0,
				)!;
				return [
					{
						object: refOf(kubelet),
						clusters: [cluster],
						certainty: 'likely' as const,
						message: `The virtual kubelet of ${cluster} was restarted, and gave up ${count(entries.length, 'pod')}.`,
						consequence:
							'Their owners made new ones; what they were doing was interrupted.',
						evidence: [
							fact(
								kubelet,
								`status.containerStatuses[${status.name}].restartCount`,
								String(status.restartCount),
								'0',
							),
							...entries
								.slice(0, 10)
								.map(({pod}) => fact(pod, 'status.reason', pod.status.reason)),
						],
						offers: [
							instruct(
								'Look at why it was restarted',
								'whoever administers Liqo on this cluster',
								`kubectl logs -n ${kubelet.metadata.namespace} ${kubelet.metadata.name} --previous`,
								`kubectl describe pod -n ${kubelet.metadata.namespace} ${kubelet.metadata.name}`,
							),
						],
					},
				];
			},
		);
	},
};
