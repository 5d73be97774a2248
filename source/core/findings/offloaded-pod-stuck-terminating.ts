import {type FailureMode} from './failure-mode.js';
import {offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';
import {instruct, joinOr} from './words.js';

export const offloadedPodStuckTerminating: FailureMode = {
	id: 'offloaded-pod-stuck-terminating',
	title: 'An offloaded pod does not end',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 365,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom: 'The pod is Terminating for longer than its grace period.',
	cause:
		'Its copy on the provider cannot end, or the provider does not answer.',
	proof:
		'deletionTimestamp, grace period and finalizers of the pod; the copy is still there.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		const {all, name} = scope;
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			// The timestamp already includes the grace period.
			const since = all.since(pod.metadata.deletionTimestamp);
			if (since === undefined || since < 60) {
				return [];
			}

			const side = remoteSideOf(scope, entry);
			const remote = side?.remote;
			if (side && !remote && pod.metadata.finalizers.length === 0) {
				return [];
			}

			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					certainty: side ? ('proven' as const) : ('likely' as const),
					message: remote
						? `Pod ${pod.metadata.name} waits for its copy on ${cluster}, which does not end.`
						: `Pod ${pod.metadata.name} should have ended ${Math.floor(since / 60)} minutes ago.`,
					consequence:
						'It stays Terminating, and whatever waits for it waits too.',
					evidence: [
						fact(
							pod,
							'metadata.deletionTimestamp',
							pod.metadata.deletionTimestamp,
						),
						...(pod.metadata.finalizers.length > 0
							? [
									fact(
										pod,
										'metadata.finalizers',
										pod.metadata.finalizers.join(', '),
										'none',
									),
								]
							: []),
						...(remote
							? [
									fact(
										remote,
										'metadata.finalizers',
										joinOr(remote.metadata.finalizers, 'none'),
										'the pod gone',
										side.provider.key,
									),
								]
							: []),
					],
					offers: [
						instruct(
							'Free the copy on the provider',
							`the owner of ${cluster}`,
							...(side
								? [
										`On ${cluster}: kubectl describe pod ${pod.metadata.name} -n ${side.namespace}`,
									]
								: [`Check that ${cluster} answers.`]),
							`Only when the copy is gone: kubectl delete pod ${pod.metadata.name} -n ${name} --grace-period=0 --force`,
						),
					],
				},
			];
		});
	},
};
