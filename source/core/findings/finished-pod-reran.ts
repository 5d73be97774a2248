import {type FailureMode} from './failure-mode.js';
import {conditionOf} from './remotes.js';
import {isFinished, offloadedPods, remoteSideOf} from './offloaded-pods.js';
import {fact, refOf} from './facts.js';

export const finishedPodReran: FailureMode = {
	id: 'finished-pod-reran',
	title: 'A finished job is running again',
	severity: 'warning',
	generations: ['v1alpha1', 'v1beta1'],
	order: 545,
	explains: [],
	reads: [
		'NamespaceOffloading',
		'NamespaceMap',
		'Pod',
		'Node',
		'VirtualNode',
		'Job',
	],
	readsOnProvider: ['Pod', 'ShadowPod'],
	symptom: 'The Job is complete, and yet its pod is Pending or Running.',
	cause: 'The twin was deleted and made again, and the pod with it.',
	proof:
		'Condition Complete of the Job against the phase of its pod; the ShadowPod is missing or younger.',
	remedies: ['delete-pod'],
	scope: 'namespace',
	find(scope) {
		const {all, name} = scope;
		return offloadedPods(scope).flatMap((entry) => {
			const {pod, cluster} = entry;
			const reference = pod.metadata.ownerReferences.find(
				({kind}) => kind === 'Job',
			);
			const job = reference && all.home.get('Job', name, reference.name);
			if (
				!job ||
				isFinished(pod) ||
				pod.metadata.deletionTimestamp !== undefined ||
				conditionOf(job.status.conditions, 'Complete')?.status !== 'True'
			) {
				return [];
			}

			const side = remoteSideOf(scope, entry);
			const shadowAge = all.since(side?.shadow?.metadata.creationTimestamp);
			const age = all.since(pod.metadata.creationTimestamp) ?? 0;
			const isProven =
				side !== undefined && (shadowAge === undefined || shadowAge < age - 60);
			return [
				{
					object: refOf(pod),
					clusters: [cluster],
					certainty: isProven ? ('proven' as const) : ('likely' as const),
					message: `Job ${job.metadata.name} is complete, but its pod ${pod.metadata.name} is ${pod.status.phase ?? 'there'} again on ${cluster}.`,
					consequence: 'The work is done a second time.',
					evidence: [
						fact(job, 'status.conditions[Complete]', 'True'),
						fact(pod, 'status.phase', pod.status.phase, 'Succeeded'),
						...(side
							? [
									fact(
										side.shadow ?? {
											apiVersion: 'offloading.liqo.io/v1beta1',
											kind: 'ShadowPod',
											namespace: side.namespace,
											name: pod.metadata.name,
										},
										'metadata.creationTimestamp',
										side.shadow?.metadata.creationTimestamp,
										pod.metadata.creationTimestamp,
										side.provider.key,
									),
								]
							: []),
					],
					offers: [
						{
							remedy: 'delete-pod',
							title: 'Delete the pod; its Job stays complete',
							given: {pods: pod.metadata.name, running: 'yes'},
						},
					],
				},
			];
		});
	},
};
