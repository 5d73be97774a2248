import {type FailureMode} from './failure-mode.js';
import {liqoVersion} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const namespacemapCountMismatch: FailureMode = {
	id: 'namespacemap-count-mismatch',
	title: 'A left-over NamespaceMap blocks all offloadings',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 130,
	explains: [
		'selector-not-in-force',
		'scheduling-label-missing',
		'status-stale',
		'pod-remote-no-match',
		'selector-matches-nothing',
	],
	reads: ['NamespaceMap', 'Node', 'VirtualNode', 'NamespaceOffloading'],
	symptom: 'New offloadings stay NoClusterSelected; no event.',
	cause:
		'Versions before 1.2.0 refuse to work unless there are as many NamespaceMaps as virtual nodes; a dead peering leaves one behind.',
	proof:
		'The number of virtual nodes differs from that of the clusters with a NamespaceMap.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const [major = 0, minor = 0] = all.isFirst
			? [0, 3]
			: (liqoVersion(all) ?? [9, 9]);
		if (major > 1 || (major === 1 && minor >= 2) || all.maps.length === 0) {
			return [];
		}

		const mapped = new Map(all.maps.map((map) => [clusterIdOf(map), map]));
		if (all.candidates.length === mapped.size) {
			return [];
		}

		const known = new Set(all.candidates.map(({cluster}) => cluster));
		const left = [...mapped].filter(([cluster]) => !known.has(cluster));
		const doubled = all.candidates.find(({cluster, name}) =>
			all.candidates.some(
				(other) => other.cluster === cluster && other.name !== name,
			),
		);
		const object = left[0]?.[1] ?? doubled?.node ?? all.candidates[0]?.node;
		if (!object) {
			return [];
		}

		const clusters = left.map(([cluster]) => cluster);
		return [
			{
				object: refOf(object),
				clusters,
				namespaces: [...all.home.list('NamespaceOffloading')].map(
					({metadata}) => metadata.namespace,
				),
				message:
					left.length > 0
						? `There is a NamespaceMap for ${join(clusters)}, but no virtual node: ${all.candidates.length} virtual nodes against ${mapped.size} maps.`
						: `There are ${all.candidates.length} virtual nodes against ${mapped.size} maps.`,
				consequence:
					'This version of Liqo then maps no namespace anywhere: new offloadings stay NoClusterSelected.',
				evidence: left.map(([cluster, map]) =>
					fact(
						map,
						'metadata.labels["liqo.io/remote-cluster-id"]',
						cluster,
						'a cluster with a virtual node',
					),
				),
				offers: [
					instruct(
						'Finish the unpeering',
						'whoever administers the peerings of this cluster',
						...left.map(
							([, map]) =>
								`kubectl delete namespacemap ${map.metadata.name} -n ${map.metadata.namespace} (its finalizer waits until the provider has deleted the twins)`,
						),
						'Where the provider is gone for good, remove the finalizer of that map; its twins stay behind there.',
					),
				],
			},
		];
	},
};
