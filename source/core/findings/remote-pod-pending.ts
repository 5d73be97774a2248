import {type FailureMode} from './failure-mode.js';
import {conditionOf} from './remotes.js';
import {offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const remotePodPending: FailureMode = {
	id: 'remote-pod-pending',
	title: 'The provider cannot place the pod',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 360,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom: 'The pod is bound here, Pending, without a reason.',
	cause:
		"The provider's own scheduler or admission refuses its copy: no single node has room, taints, a policy.",
	proof:
		'The copy on the provider is Pending, or missing while its ShadowPod is there.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster, mapping} = entry;
			const age = scope.all.since(pod.metadata.creationTimestamp) ?? 0;
			if (
				pod.status.phase !== 'Pending' ||
				pod.status.reason !== undefined ||
				pod.metadata.deletionTimestamp !== undefined ||
				mapping?.current?.phase !== 'Accepted' ||
				age < 30
			) {
				return [];
			}

			const side = remoteSideOf(scope, entry);
			if (!side) {
				return [];
			}

			const {provider, namespace, remote, shadow} = side;
			const scheduled =
				remote && conditionOf(remote.status.conditions, 'PodScheduled');
			const isUnplaced = scheduled?.status === 'False';
			if (remote ? !isUnplaced : !shadow) {
				return [];
			}

			const events = [...provider.list('Event', namespace)].filter(
				({involvedObject, type}) =>
					involvedObject.name === pod.metadata.name && type === 'Warning',
			);
			const said = scheduled?.message ?? events.at(-1)?.message;
			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					message: remote
						? `${cluster} has no node for pod ${pod.metadata.name}${said === undefined ? '' : `: ${said}`}`
						: `${cluster} does not create pod ${pod.metadata.name}${said === undefined ? '' : `: ${said}`}`,
					consequence:
						'It is bound here, but waits there; nothing here can place it.',
					evidence: [
						remote
							? fact(
									remote,
									'status.conditions[PodScheduled]',
									`${scheduled!.status}${scheduled!.reason === undefined ? '' : ` (${scheduled!.reason})`}`,
									'True',
									provider.key,
								)
							: fact(
									shadow!,
									'metadata.name',
									'no pod beside it',
									'a pod of that name',
									provider.key,
								),
						...events
							.slice(-3)
							.map((event) =>
								fact(event, 'message', event.message, undefined, provider.key),
							),
					],
					offers: [
						instruct(
							'Make room on the provider',
							`the owner of ${cluster}`,
							`On ${cluster}: kubectl describe pod ${pod.metadata.name} -n ${namespace}`,
							scope.all.isFirst
								? 'Free a node there, or ask for less in the template here.'
								: 'Free a node there, or adapt pods for it here with spec.offloadingPatch of the VirtualNode (node selector, tolerations).',
						),
					],
				},
			];
		});
	},
};
