import {offloadingName} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {isAvailable, liqoDeployment} from './remotes.js';
import {fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const controllersNotRunning: FailureMode = {
	id: 'controllers-not-running',
	title: "Liqo's controllers do not run",
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 20,
	explains: [
		'status-stale',
		'offloading-stuck-terminating',
		'local-namespace-stuck-terminating',
		'namespacemap-missing',
		'namespacemap-not-replicated',
		'scheduling-label-missing',
		'selector-omitted',
		'selector-not-in-force',
		'finalizer-left-by-webhook-outage',
		'virtual-node-stuck-terminating',
		'premature-ready',
		'quick-label-stale',
	],
	reads: ['Deployment', 'NamespaceOffloading'],
	symptom:
		'Offloadings without finalizer and status, or Terminating without progress.',
	cause:
		"Liqo's controller manager or replicator is missing, scaled down or crashing.",
	proof: 'The Deployment is absent or has no available replica.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const {home} = all;
		const offloadings = [...home.list('NamespaceOffloading')];
		const waiting = offloadings.filter(
			({metadata, status}) =>
				metadata.name === offloadingName &&
				((metadata.finalizers.length === 0 &&
					status.offloadingPhase === undefined &&
					(all.since(metadata.creationTimestamp) ?? 0) > 10) ||
					(all.since(metadata.deletionTimestamp) ?? 0) > 60),
		);
		const names = [
			'controller-manager',
			...(all.isFirst ? [] : ['crd-replicator']),
		];
		return names.flatMap((name) => {
			const deployment = liqoDeployment(all, name);
			// Somebody else may do their work where they are not installed at all.
			if (
				deployment
					? isAvailable(deployment)
					: name !== 'controller-manager' || waiting.length === 0
			) {
				return [];
			}

			const object = deployment
				? refOf(deployment)
				: {
						apiVersion: 'apps/v1',
						kind: 'Deployment',
						namespace: home.liqoNamespace,
						name: `liqo-${name}`,
					};
			const pods = [...home.list('Pod', home.liqoNamespace)].filter((pod) =>
				pod.metadata.name.startsWith(`${object.name}-`),
			);
			const where = `-n ${home.liqoNamespace} ${object.name}`;
			return [
				{
					object,
					namespaces: offloadings.map(({metadata}) => metadata.namespace),
					certainty: deployment ? ('proven' as const) : ('likely' as const),
					message: deployment
						? `Liqo's ${name} has no running replica.`
						: `Liqo's ${name} is not installed in namespace ${home.liqoNamespace}.`,
					consequence: `Nothing that offloading needs is done: ${waiting.length > 0 ? join(waiting.slice(0, 5).map(({metadata}) => metadata.namespace)) + (waiting.length === 1 ? ' waits for it' : ' wait for it') : 'changes have no effect'}.`,
					evidence: [
						fact(
							object,
							'status.availableReplicas',
							deployment
								? String(deployment.status.availableReplicas ?? 0)
								: undefined,
							'1',
						),
						...pods.flatMap((pod) =>
							pod.status.containerStatuses
								.filter(({ready}) => !ready)
								.map(({name: container, state}) =>
									fact(
										pod,
										`status.containerStatuses[${container}].state`,
										state,
										'running',
									),
								),
						),
					],
					offers: [
						instruct(
							'Bring it back',
							'whoever administers Liqo on this cluster',
							`kubectl describe deployment ${where}`,
							`kubectl logs deployment/${object.name} -n ${home.liqoNamespace} --previous`,
							deployment?.spec.replicas === 0
								? `kubectl scale deployment ${where} --replicas=1`
								: `Repair what these show; then kubectl rollout restart deployment ${where}`,
						),
					],
				},
			];
		});
	},
};
