import {type FailureMode} from './failure-mode.js';
import {isFinished, offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const finishedPodRecreatedOnProvider: FailureMode = {
	id: 'finished-pod-recreated-on-provider',
	title: 'A finished pod runs again on its provider',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 540,
	explains: [],
	reads: ['NamespaceOffloading', 'NamespaceMap', 'Pod', 'Node', 'VirtualNode'],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom:
		'The pod is finished here, but its copy is Pending or Running on the provider.',
	cause:
		'The node it ran on went away, and the provider made the pod anew from its ShadowPod.',
	proof: 'The copy is younger than the pod here, and not finished.',
	remedies: ['delete-pod', 'instruct'],
	scope: 'namespace',
	find(scope) {
		const {all} = scope;
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			const side = isFinished(pod) ? remoteSideOf(scope, entry) : undefined;
			const remote = side?.remote;
			const age = all.since(pod.metadata.creationTimestamp);
			const remoteAge = all.since(remote?.metadata.creationTimestamp);
			if (
				!side ||
				!remote ||
				isFinished(remote) ||
				age === undefined ||
				remoteAge === undefined ||
				remoteAge > age - 60
			) {
				return [];
			}

			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					message: `Pod ${pod.metadata.name} is ${pod.status.phase!}, but ${cluster} made its copy anew and it is ${remote.status.phase ?? 'there'}.`,
					consequence: 'The work is done a second time, unseen from here.',
					evidence: [
						fact(pod, 'status.phase', pod.status.phase),
						fact(
							remote,
							'status.phase',
							remote.status.phase,
							pod.status.phase,
							side.provider.key,
						),
						fact(
							remote,
							'metadata.creationTimestamp',
							remote.metadata.creationTimestamp,
							`near ${pod.metadata.creationTimestamp!}`,
							side.provider.key,
						),
					],
					offers: [
						{
							remedy: 'delete-pod',
							title: 'Delete the pod here, and its copy with it',
							given: {pods: pod.metadata.name, running: 'yes'},
						},
						instruct(
							'Upgrade Liqo',
							'whoever administers Liqo',
							'Later versions do not make finished pods anew.',
						),
					],
				},
			];
		});
	},
};
