import {type FailureMode} from './failure-mode.js';
import {namespacesOfMaps} from './remotes.js';
import {clusterIdOf, fact, refOf} from './facts.js';
import {instruct, join} from './words.js';

export const lastVirtualNodeDeleted: FailureMode = {
	id: 'last-virtual-node-deleted',
	title: 'The last virtual node of a cluster takes the twins along',
	severity: 'error',
	generations: ['v1alpha1', 'v1beta1'],
	order: 272,
	explains: [
		'virtual-node-cordoned',
		'unoffload-data-loss',
		'namespacemap-missing',
	],
	reads: ['VirtualNode', 'Node', 'NamespaceMap'],
	symptom: 'All twins on a provider are being deleted.',
	cause: 'Its only VirtualNode was deleted, and with it goes the NamespaceMap.',
	proof:
		'Every VirtualNode of the cluster, or its NamespaceMap, has a deletionTimestamp while namespaces are mapped.',
	remedies: ['instruct'],
	scope: 'world',
	find(all) {
		const byCluster = Map.groupBy(all.candidates, ({cluster}) => cluster);
		return all.maps.flatMap((map) => {
			const cluster = clusterIdOf(map);
			const nodes = byCluster.get(cluster) ?? [];
			const isLast =
				nodes.length > 0 &&
				nodes.every(
					({resource}) => resource?.metadata.deletionTimestamp !== undefined,
				);
			const names = namespacesOfMaps([map]);
			if (
				names.length === 0 ||
				!(
					isLast ||
					(map.metadata.deletionTimestamp !== undefined && nodes.length === 0)
				)
			) {
				return [];
			}

			const object = nodes[0]?.resource ?? map;
			return [
				{
					object: refOf(object),
					clusters: [cluster],
					namespaces: names,
					message: `The last virtual node of ${cluster} is being deleted, and with it the twins of ${join(names.slice(0, 5))}${names.length > 5 ? ' and others' : ''}.`,
					consequence:
						'Everything in these twins is deleted, volumes included.',
					evidence: [
						...nodes.map(({resource}) =>
							fact(
								resource!,
								'metadata.deletionTimestamp',
								resource!.metadata.deletionTimestamp,
								'none',
							),
						),
						fact(
							map,
							'metadata.deletionTimestamp',
							map.metadata.deletionTimestamp,
							'none',
						),
					],
					offers: [
						instruct(
							'Save what can be saved',
							`the owners of ${join(names.slice(0, 5))}`,
							`Back up what the twins on ${cluster} hold, as long as they are there.`,
							'A deletion cannot be taken back. Next time create a second VirtualNode for the cluster before deleting the only one.',
						),
					],
				},
			];
		});
	},
};
