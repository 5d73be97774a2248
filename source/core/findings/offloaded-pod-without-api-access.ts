import {type FailureMode} from './failure-mode.js';
import {offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const offloadedPodWithoutApiAccess: FailureMode = {
	id: 'offloaded-pod-without-api-access',
	title: 'An offloaded pod cannot talk to the API server',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1'],
	order: 372,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom: 'The container crashes again and again on the provider.',
	cause: 'This version gives offloaded pods no service-account token.',
	proof:
		'The pod here uses a service account; its copy mounts no token; its container is in CrashLoopBackOff.',
	remedies: ['instruct'],
	scope: 'namespace',
	find(scope) {
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			const side = remoteSideOf(scope, entry);
			const remote = side?.remote;
			const crashing = remote?.status.containerStatuses.find(
				({state}) => state === 'CrashLoopBackOff',
			);
			if (
				!side ||
				!remote ||
				!crashing ||
				remote.spec.automountServiceAccountToken !== false ||
				pod.spec.automountServiceAccountToken === false ||
				(pod.spec.serviceAccountName ?? 'default') === 'default'
			) {
				return [];
			}

			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					certainty: 'likely' as const,
					message: `Pod ${pod.metadata.name} uses service account "${pod.spec.serviceAccountName!}", but its copy on ${cluster} has no token.`,
					consequence: `Its container "${crashing.name}" crashes when it asks the API server.`,
					evidence: [
						fact(pod, 'spec.serviceAccountName', pod.spec.serviceAccountName),
						fact(
							remote,
							'spec.automountServiceAccountToken',
							'false',
							'true',
							side.provider.key,
						),
						fact(
							remote,
							`status.containerStatuses[${crashing.name}].state`,
							crashing.state,
							'running',
							side.provider.key,
						),
					],
					offers: [
						instruct(
							'Keep it local, or upgrade',
							'the owner of the workload, or whoever administers Liqo',
							'Give the workload a required node affinity "liqo.io/type DoesNotExist", or',
							'upgrade Liqo: later versions carry service-account tokens over.',
						),
					],
				},
			];
		});
	},
};
