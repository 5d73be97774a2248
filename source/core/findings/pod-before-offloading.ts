import {type Pod} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {offerRecreation, offerRestart} from './pod-offers.js';
import {blockedOnlyBy, pendingPods} from './pending-pods.js';
import {
	byOwner,
	describePods,
	podNames,
	isToleratingVirtualNodes,
	isWantingVirtual,
} from './pods.js';
import {fact, type NamespaceScope, refOf} from './facts.js';

/**
Created before admission could know of the offloading, and not touched by it.
*/
export const isOlderThanOffloading = (
	{all, offloading}: NamespaceScope,
	pod: Pod,
): boolean => {
	const pods = all.since(pod.metadata.creationTimestamp);
	const offloadings = all.since(offloading?.metadata.creationTimestamp);
	return (
		pods !== undefined &&
		offloadings !== undefined &&
		pods > offloadings &&
		!isToleratingVirtualNodes(pod.spec)
	);
};

export const podBeforeOffloading: FailureMode = {
	id: 'pod-before-offloading',
	title: 'Pods are older than the offloading',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 300,
	explains: [
		'pod-missing-toleration',
		'restrictive-strategy-change',
		'pod-terms-frozen',
		'pod-outside-selector',
	],
	reads: ['NamespaceOffloading', 'Pod', 'Node', 'Namespace'],
	symptom:
		'Pods stay Pending, or run locally, although the offloading is Ready.',
	cause:
		'Admission changes pods only when they are created; these were created before.',
	proof:
		'The pod was created before the offloading and lacks the toleration of virtual nodes.',
	remedies: ['add-toleration', 'delete-pod', 'restart-workload', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, offloading, strategy, selected} = scope;
		if (
			!offloading ||
			strategy === 'Local' ||
			selected.size === 0 ||
			offloading.metadata.deletionTimestamp !== undefined
		) {
			return [];
		}

		const waiting = pendingPods(scope).filter(({pods}) =>
			isOlderThanOffloading(scope, pods[0]!),
		);
		const local =
			strategy === 'Remote'
				? byOwner(
						all.home,
						scope.pods.filter(
							(pod) =>
								isOlderThanOffloading(scope, pod) &&
								pod.spec.nodeName !== undefined &&
								pod.spec.nodeName !== '' &&
								pod.status.phase === 'Running' &&
								pod.metadata.deletionTimestamp === undefined &&
								all.candidates.every(({name}) => name !== pod.spec.nodeName),
						),
					).filter(({owner}) => owner?.kind !== 'DaemonSet')
				: [];
		const evidenceOf = (pod: Pod) => [
			fact(
				pod,
				'metadata.creationTimestamp',
				pod.metadata.creationTimestamp,
				`after ${offloading.metadata.creationTimestamp ?? 'the offloading'}`,
			),
			fact(
				pod,
				'spec.tolerations',
				'none for virtual nodes',
				'virtual-node.liqo.io/not-allowed Exists NoExecute',
			),
		];
		return [
			...waiting.map((group) => {
				const {pods, owner} = group;
				const isEnough =
					isWantingVirtual(pods[0]!.spec) &&
					blockedOnlyBy(group, 'taints').some(({isVirtual}) => isVirtual);
				return {
					object: refOf(pods[0]!),
					message: `${describePods(pods, owner)} ${pods.length === 1 ? 'was' : 'were'} created before the namespace was offloaded.`,
					consequence:
						'Admission has not let them onto virtual nodes, and no other node takes them.',
					evidence: evidenceOf(pods[0]!),
					offers: [
						...(isEnough
							? [
									{
										remedy: 'add-toleration' as const,
										title: 'Let them onto virtual nodes as they are',
										given: {pods: podNames(pods)},
									},
								]
							: []),
						offerRecreation(pods, owner),
					],
				};
			}),
			...local.map(({pods, owner}) => ({
				object: refOf(pods[0]!),
				severity: 'warning' as const,
				message: `${describePods(pods, owner)} ${pods.length === 1 ? 'was' : 'were'} created before the namespace was offloaded.`,
				consequence:
					'They run on local nodes, which strategy Remote forbids to new pods.',
				evidence: [
					...evidenceOf(pods[0]!),
					fact(
						pods[0]!,
						'spec.nodeName',
						pods[0]!.spec.nodeName,
						'a virtual node',
					),
				],
				offers: [offerRestart(pods, owner)],
			})),
		];
	},
};
