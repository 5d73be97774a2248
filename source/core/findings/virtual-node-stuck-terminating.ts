import {keys} from '../keys.js';
import {type FailureMode} from './failure-mode.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {count, instruct} from './words.js';

export const virtualNodeStuckTerminating: FailureMode = {
	id: 'virtual-node-stuck-terminating',
	title: 'A virtual node does not go away',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 268,
	explains: [
		'virtual-node-deletion-blocked',
		'last-virtual-node-deleted',
		'virtual-node-cordoned',
	],
	reads: ['Node', 'VirtualNode', 'NamespaceMap', 'Pod'],
	symptom: 'Node or VirtualNode deleted more than a minute ago, still there.',
	cause:
		'Pods that may not be evicted, a NamespaceMap that is not gone, or an unreachable provider.',
	proof:
		'Offloaded pods on it that are not ending; the NamespaceMap with a deletionTimestamp.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		return all.candidates.flatMap(({name, cluster, node, resource}) => {
			const object = resource ?? node;
			const since = all.since(object?.metadata.deletionTimestamp);
			if (!object || since === undefined || since <= 60) {
				return [];
			}

			const pods = [...all.home.podsOnNode(name)].filter(
				(pod) =>
					pod.metadata.labels[keys.shadowPod] === 'true' &&
					pod.metadata.deletionTimestamp === undefined,
			);
			const maps = all.maps.filter((map) => clusterIdOf(map) === cluster);
			return [
				{
					object: refOf(object),
					clusters: [cluster],
					namespaces: [
						...new Set(pods.map(({metadata}) => metadata.namespace)),
					],
					message:
						pods.length > 0
							? `Virtual node ${name} waits for ${count(pods.length, 'pod')} to leave it.`
							: `Virtual node ${name} waits for the namespaces of ${cluster} to be deleted.`,
					consequence: `The peering with ${cluster} does not end.`,
					evidence: [
						fact(
							object,
							'metadata.deletionTimestamp',
							object.metadata.deletionTimestamp,
						),
						...pods
							.slice(0, 10)
							.map((pod) =>
								fact(pod, 'metadata.deletionTimestamp', undefined, 'set'),
							),
						...maps.map((map) =>
							fact(
								map,
								'metadata.deletionTimestamp',
								map.metadata.deletionTimestamp,
							),
						),
					],
					offers: [
						instruct(
							'Let it end',
							'whoever administers the peerings of this cluster',
							pods.length > 0
								? 'Find the disruption budget that keeps them: kubectl get pdb -A; relax it, or move the pods.'
								: `Check that ${cluster} answers, and what its namespaces wait for.`,
							...(all.isFirst
								? [
										'Where the provider is gone for good: remove the finalizer of the NamespaceMap, then that of the Node.',
									]
								: [
										`Where the provider is gone for good (v1.1 and later): kubectl annotate foreigncluster ${cluster} ${keys.permanentlyUnreachable}=true`,
										'In older versions remove the finalizers by hand: NamespaceMap first, then ResourceSlice.',
									]),
						),
					],
				},
			];
		});
	},
};
