import {type FailureMode} from './failure-mode.js';
import {offerRestart} from './pod-offers.js';
import {eventOf} from './pod-events.js';
import {offloadedPods} from './offloaded-pods.js';
import {describePods, ownerOf, podNames} from './pods.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const providerQuotaExceeded: FailureMode = {
	id: 'provider-quota-exceeded',
	title: "The provider's quota is used up",
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 352,
	explains: ['remote-pod-pending'],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Event'],
	symptom:
		'A pod is bound to a virtual node and stays Pending; event FailedReflection.',
	cause:
		'The provider enforces what it offered, and counts finished pods too; or the pod asks for a resource that is not in the offer.',
	proof:
		'Event FailedReflection with "quota usage exceeded" or "quota limit not found".',
	remedies: ['delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all} = scope;
		return offloadedPods(scope)
			.filter(({pod}) => pod.status.phase === 'Pending')
			.flatMap(({pod, cluster}) => {
				const event = eventOf(
					scope,
					pod,
					'FailedReflection',
					/quota usage exceeded|quota limit not found/v,
				);
				if (!event) {
					return [];
				}

				const finished = scope.pods.filter(
					({spec, status}) =>
						spec.nodeName === pod.spec.nodeName &&
						(status.phase === 'Succeeded' || status.phase === 'Failed'),
				);
				const isUnknown = event.message.includes('not found');
				const owner = ownerOf(all.home, pod);
				return [
					{
						object: refOf(pod),
						clusters: [cluster],
						message: `${cluster} refuses ${describePods([pod], owner)}: ${/\bpeering .+/v.exec(event.message)?.[0] ?? event.message}.`,
						consequence:
							'The pod is bound to that cluster, but cannot start there.',
						evidence: [
							fact(event, 'message', event.message),
							...finished.map((one) =>
								fact(
									one,
									'status.phase',
									one.status.phase,
									'deleted, to free its quota',
								),
							),
						],
						offers: [
							...(finished.length > 0 && !isUnknown
								? [
										{
											remedy: 'delete-pod' as const,
											title: `Delete ${finished.length} finished ${finished.length === 1 ? 'pod, which still counts' : 'pods, which still count'}`,
											given: {pods: podNames(finished), running: 'yes'},
										},
									]
								: []),
							...(owner ? [offerRestart([pod], owner)] : []),
							instruct(
								isUnknown
									? 'Ask only for what is offered'
									: 'Have the offer enlarged',
								isUnknown
									? 'the owner of the workload'
									: `the owner of ${cluster}`,
								isUnknown
									? 'Drop the request or limit of that resource from the template.'
									: 'Enlarge the ResourceSlice of this peering.',
							),
						],
					},
				];
			});
	},
};
