import {type FailureMode} from './failure-mode.js';
import {conditionOf, namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const virtualNodeNetworkUnavailable: FailureMode = {
	id: 'virtual-node-network-unavailable',
	title: 'The tunnel to a cluster is down',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 115,
	explains: ['virtual-node-not-ready', 'remote-cluster-unreachable'],
	reads: ['Node', 'VirtualNode'],
	symptom:
		'The virtual node has the taint node.kubernetes.io/network-unavailable.',
	cause:
		"Liqo's tunnel is down; or a cloud's route controller sets the condition on a node it does not know.",
	proof: 'Condition NetworkUnavailable is True; its reason tells who set it.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		return all.candidates.flatMap(({name, cluster, node, resource}) => {
			const condition =
				node && conditionOf(node.status.conditions, 'NetworkUnavailable');
			if (
				!node ||
				condition?.status !== 'True' ||
				resource?.spec.disableNetworkCheck
			) {
				return [];
			}

			const isLiqo = condition.reason?.startsWith('LiqoNetworking') ?? false;
			return [
				{
					object: refOf(node),
					clusters: [cluster],
					namespaces: namespacesOfMaps(
						all.maps.filter((map) => clusterIdOf(map) === cluster),
					),
					message: isLiqo
						? `The network to ${cluster} is down (${condition.reason!}).`
						: `Something other than Liqo marked the network of ${name} as unavailable (${condition.reason ?? 'no reason'}).`,
					consequence: `No new pod is sent to ${cluster}.`,
					evidence: [
						fact(
							node,
							'status.conditions[NetworkUnavailable]',
							`True (${condition.reason ?? 'no reason'})`,
							'False',
						),
						...node.spec.taints
							.filter(
								({key}) => key === 'node.kubernetes.io/network-unavailable',
							)
							.map(({key, effect}) =>
								fact(node, 'spec.taints', `${key}:${effect}`),
							),
					],
					offers: [
						isLiqo
							? instruct(
									'Repair the tunnel',
									'whoever runs the network between the clusters',
									all.isFirst
										? 'kubectl get tunnelendpoints -A; look at liqo-gateway'
										: 'kubectl get connections.networking.liqo.io -A; look at the gateway pods',
									...(all.isFirst
										? []
										: [
												`If the peering is meant to have no network: kubectl patch virtualnode ${name} -n ${resource?.metadata.namespace ?? 'TENANT-NAMESPACE'} --type merge -p '{"spec":{"disableNetworkCheck":true}}'`,
											]),
								)
							: instruct(
									'Keep the cloud controller away from virtual nodes',
									'whoever administers this cluster',
									"Exclude nodes with liqo.io/type=virtual-node from the cloud's route controller.",
								),
					],
				},
			];
		});
	},
};
