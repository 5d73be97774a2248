import {type NamespaceMap} from '../model.js';
import {type FailureMode} from './failure-mode.js';
import {namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf, type WorldScope} from './facts.js';
import {instruct} from './words.js';

/**
The one to keep: v0.3 owns it by the node, later versions name it after the cluster; else the fullest and oldest.
*/
const canonical = (
	all: WorldScope,
	maps: readonly NamespaceMap[],
	cluster: string,
): NamespaceMap =>
	maps.find(({metadata}) =>
		all.isFirst
			? metadata.ownerReferences.length > 0
			: metadata.name === cluster,
	) ??
	[...maps].toSorted(
		(a, b) =>
			Object.keys(b.status.currentMapping).length -
			Object.keys(a.status.currentMapping).length,
	)[0]!;

export const namespacemapDuplicate: FailureMode = {
	id: 'namespacemap-duplicate',
	title: 'A cluster has two NamespaceMaps',
	severity: 'error',
	generations: ['v0.3', 'v1alpha1', 'v1beta1'],
	order: 128,
	explains: [
		'premature-ready',
		'selector-not-in-force',
		'namespacemap-not-replicated',
		'status-stale',
		'pod-reflection-disabled',
	],
	reads: ['NamespaceMap'],
	symptom:
		'Entries appear in one map only, and the virtual kubelet stops handling namespaces.',
	cause:
		'A second map was made by hand, or by a controller that did not see the first.',
	proof: 'Two maps of local namespaces carry the same cluster-id.',
	remedies: ['delete-namespacemap', 'instruct'],
	scope: 'world',
	find(all) {
		const byCluster = Map.groupBy(all.maps, (map) => clusterIdOf(map));
		return [...byCluster].flatMap(([cluster, maps]) => {
			if (maps.length < 2 || cluster === '') {
				return [];
			}

			const kept = canonical(all, maps, cluster);
			const extra = maps.filter((map) => map !== kept);
			return extra.map((map) => {
				const held = Object.keys(map.status.currentMapping);
				return {
					object: refOf(map),
					clusters: [cluster],
					namespaces: namespacesOfMaps(maps),
					message: `Cluster ${cluster} has ${maps.length} NamespaceMaps; "${kept.metadata.name}" is the right one.`,
					consequence:
						'The virtual kubelet wants exactly one, and handles no namespace of that cluster meanwhile.',
					evidence: maps.map((one) =>
						fact(
							one,
							'metadata.labels["liqo.io/remote-cluster-id"]',
							cluster,
							one === kept ? cluster : 'no second map',
						),
					),
					offers:
						held.length === 0
							? [
									{
										remedy: 'delete-namespacemap' as const,
										title: `Delete "${map.metadata.name}", which holds no outcome`,
										given: {
											namespace: map.metadata.namespace,
											name: map.metadata.name,
										},
									},
								]
							: [
									instruct(
										'Empty the second map first',
										'whoever administers the peerings of this cluster',
										`It still holds ${held.join(', ')}: deleting it now deletes these twins with their content.`,
										`End these offloadings, then: kubectl delete namespacemap ${map.metadata.name} -n ${map.metadata.namespace}`,
									),
								],
				};
			});
		});
	},
};
