import {type FailureMode} from './failure-mode.js';
import {fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const noVirtualNode: FailureMode = {
	id: 'no-virtual-node',
	title: 'No remote cluster to offload to',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 200,
	explains: [
		'pod-remote-no-match',
		'selector-matches-nothing',
		'no-cluster-labels',
		'selector-label-typo',
		'pod-outside-selector',
		'status-stale',
	],
	reads: ['NamespaceOffloading', 'Node', 'VirtualNode'],
	symptom: 'The phase stays NoClusterSelected and there is no virtual node.',
	cause: 'No peering, or the peering has not produced a virtual node.',
	proof:
		'No Node has the label liqo.io/type=virtual-node, and no VirtualNode exists.',
	remedies: ['instruct'],
	scope: 'namespace',
	find({all, offloading}) {
		if (
			!offloading ||
			offloading.metadata.deletionTimestamp !== undefined ||
			all.candidates.length > 0
		) {
			return [];
		}

		const foreign = [...all.home.list('ForeignCluster')];
		const broken = foreign.find(({status}) =>
			status.conditions.some(
				({status: state}) => state === 'False' || state === 'Error',
			),
		);
		const why =
			foreign.length === 0
				? 'this cluster is not peered with any other'
				: broken
					? `the peering with ${broken.metadata.name} is not established`
					: 'the peerings have not produced a virtual node yet';
		return [
			{
				object: refOf(offloading),
				message: `There is no virtual node: ${why}.`,
				consequence:
					offloading.spec.podOffloadingStrategy === 'Remote'
						? 'The namespace is offloaded nowhere, and its new pods cannot run.'
						: 'The namespace is offloaded nowhere; its pods run only on local nodes.',
				evidence: [
					fact(
						{apiVersion: 'v1', kind: 'Node', name: '*'},
						'metadata.labels["liqo.io/type"]',
						undefined,
						'virtual-node',
					),
					...foreign.map((one) =>
						fact(
							one,
							'status.conditions',
							one.status.conditions
								.map(({type, status}) => `${type}=${status}`)
								.join(', '),
						),
					),
				],
				offers: [
					instruct(
						'Peer with a cluster',
						'whoever administers the peerings of this cluster',
						...(all.isFirst
							? [
									'On the provider: liqoctl generate-add-command',
									'Here: run the command that it prints, and wait for the node (kubectl get nodes -l liqo.io/type=virtual-node)',
								]
							: [
									'liqoctl peer --remote-kubeconfig PROVIDER-KUBECONFIG',
									'Then wait for the node: kubectl get nodes -l liqo.io/type=virtual-node',
								]),
					),
				],
			},
		];
	},
};
