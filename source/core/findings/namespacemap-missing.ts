import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {liqoDeployment, namespacesSelecting} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct} from './words.js';

export const namespacemapMissing: FailureMode = {
	id: 'namespacemap-missing',
	title: 'A cluster has no NamespaceMap',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 125,
	explains: [
		'namespacemap-count-mismatch',
		'scheduling-label-missing',
		'selector-not-in-force',
		'status-stale',
		'pod-remote-no-match',
		'selector-matches-nothing',
	],
	reads: ['NamespaceMap', 'Node', 'VirtualNode', 'NamespaceOffloading'],
	symptom:
		'New offloadings get no mapping at all, on any cluster; no event tells why.',
	cause:
		'The map was deleted, or never made (v0.3: also when the node lacks the label liqo.io/remote-cluster-id).',
	proof: 'A virtual node whose cluster-id has no NamespaceMap.',
	remedies: ['touch-object', 'restart-workload', 'instruct'],
	scope: 'world',
	find(all) {
		const seen = new Set<string>();
		return all.candidates.flatMap(({cluster, name, node, resource}) => {
			const object = resource ?? node;
			if (
				!object ||
				seen.has(cluster) ||
				object.metadata.deletionTimestamp !== undefined ||
				all.maps.some((map) => clusterIdOf(map) === cluster && cluster !== '')
			) {
				return [];
			}

			seen.add(cluster);
			const controller = liqoDeployment(all, 'controller-manager');
			return [
				{
					object: refOf(object),
					clusters: cluster === '' ? [] : [cluster],
					namespaces:
						cluster === ''
							? [...all.namespaces()]
							: namespacesSelecting(all, cluster),
					message:
						cluster === ''
							? `Virtual node ${name} does not say which cluster it stands for.`
							: `Cluster ${cluster} has a virtual node but no NamespaceMap.`,
					consequence:
						'Namespaces cannot be mapped to it, and new offloadings are held up on every cluster.',
					evidence: [
						cluster === ''
							? fact(
									object,
									`metadata.labels["${keys.remoteClusterId}"]`,
									undefined,
									'the cluster-id',
								)
							: fact(
									{
										apiVersion: 'offloading.liqo.io',
										kind: 'NamespaceMap',
										name: cluster,
									},
									`metadata.labels["${keys.remoteClusterId}"]`,
									undefined,
									cluster,
								),
					],
					offers: [
						...(resource
							? [
									{
										remedy: 'touch-object' as const,
										title: 'Touch the VirtualNode, so that Liqo makes the map',
										given: {
											kind: 'VirtualNode',
											namespace: resource.metadata.namespace,
											name,
										},
										safety: 'automatic' as const,
									},
								]
							: controller && cluster !== ''
								? [
										{
											remedy: 'restart-workload' as const,
											title:
												"Restart Liqo's controllers, so that they make the map",
											given: {
												kind: 'Deployment',
												namespace: controller.metadata.namespace,
												name: controller.metadata.name,
											},
										},
									]
								: [
										instruct(
											'Give the node its label',
											'whoever administers the peerings of this cluster',
											`kubectl label node ${name} ${keys.remoteClusterId}=CLUSTER-ID, then restart Liqo's controller manager`,
										),
									]),
					],
				},
			];
		});
	},
};
