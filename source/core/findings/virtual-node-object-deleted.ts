import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {isAvailable, namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf, type WorldScope} from './facts.js';
import {instruct} from './words.js';

/**
The virtual kubelets that run, with the name of the node that each should have made.
*/
const kubelets = ({home}: WorldScope) =>
	[...home.list('Deployment')]
		.filter(
			({metadata}) =>
				metadata.labels['app.kubernetes.io/name'] === 'virtual-kubelet',
		)
		.map((deployment) => ({
			deployment,
			cluster: deployment.metadata.labels[keys.remoteClusterId] ?? '',
			node:
				deployment.metadata.labels['virtualkubelet.liqo.io/node-name'] ??
				deployment.metadata.name.replace(/^virtual-kubelet-/v, ''),
		}));

export const virtualNodeObjectDeleted: FailureMode = {
	id: 'virtual-node-object-deleted',
	title: "A virtual node's Node object is gone",
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 117,
	explains: [
		'no-virtual-node',
		'selector-not-in-force',
		'namespacemap-count-mismatch',
		'selector-label-typo',
		'no-cluster-labels',
		'pod-remote-no-match',
		'selector-matches-nothing',
		'pod-outside-selector',
		'multi-virtual-node-flap',
	],
	reads: ['Node', 'VirtualNode', 'Deployment', 'NamespaceMap'],
	symptom:
		'The virtual kubelet runs, but there is no Node; it disappears again and again.',
	cause:
		'A cloud or node-lifecycle controller deletes nodes that it does not know.',
	proof:
		'A VirtualNode with createNode (v0.3: a running virtual kubelet) without a Node of its name.',
	remedies: ['restart-workload', 'instruct'],
	scope: 'world',
	find(all) {
		const running = kubelets(all).filter(
			({deployment}) =>
				isAvailable(deployment) &&
				deployment.metadata.deletionTimestamp === undefined,
		);
		return running.flatMap(({deployment, cluster, node}) => {
			const resource = [...all.home.list('VirtualNode')].find(
				({metadata}) => metadata.name === node,
			);
			if (
				all.home.get('Node', '', node) !== undefined ||
				(resource
					? resource.spec.createNode === false ||
						resource.metadata.deletionTimestamp !== undefined
					: all.generation.rules.hasVirtualNodeResource) ||
				(all.since(deployment.metadata.creationTimestamp) ?? 0) < 60
			) {
				return [];
			}

			return [
				{
					object: {apiVersion: 'v1', kind: 'Node', name: node},
					clusters: cluster === '' ? [] : [cluster],
					namespaces: namespacesOfMaps(
						all.maps.filter((map) => clusterIdOf(map) === cluster),
					),
					message: `The Node ${node} of ${cluster} was deleted under its virtual kubelet.`,
					consequence: `No pod can be sent to ${cluster}; those that were there are lost to the scheduler.`,
					evidence: [
						fact(
							{apiVersion: 'v1', kind: 'Node', name: node},
							'metadata.name',
							undefined,
							node,
						),
						fact(
							deployment,
							'status.availableReplicas',
							String(deployment.status.availableReplicas),
						),
						...(resource
							? [
									fact(
										resource,
										'spec.createNode',
										String(resource.spec.createNode ?? true),
									),
								]
							: []),
					],
					offers: [
						{
							remedy: 'restart-workload' as const,
							title: 'Restart the virtual kubelet, which makes the node anew',
							given: {
								kind: 'Deployment',
								namespace: deployment.metadata.namespace,
								name: deployment.metadata.name,
							},
						},
						instruct(
							'Keep the other controller away from virtual nodes',
							'whoever administers this cluster',
							`Find who deletes it: kubectl get events -A --field-selector involvedObject.kind=Node,involvedObject.name=${refOf(deployment).name}`,
							'Exclude nodes with liqo.io/type=virtual-node in that controller.',
						),
					],
				},
			];
		});
	},
};
