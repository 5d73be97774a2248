import {keys} from './keys.js';
import {
	type CurrentMapping,
	type NamespaceMap,
	type Node,
	type VirtualNode,
} from './model.js';
import {type ClusterView} from './world.js';

/**
The remote cluster that a virtual node, its resource or a NamespaceMap stands for: the label, else what v0.3.0 wrote instead
(Liqo: versions in between).
*/
export const remoteClusterIdOf = ({
	metadata,
}: Node | NamespaceMap | VirtualNode): string | undefined =>
	metadata.labels[keys.remoteClusterId] ??
	metadata.labels[keys.legacyClusterId] ??
	metadata.annotations[keys.legacyClusterId];

/**
Whether a NamespaceMap maps namespaces of this cluster; one that a consumer replicated here does not
(Liqo: finding the local and the remote cluster-id).
*/
export const isLocalMap = ({metadata: {labels}}: NamespaceMap): boolean =>
	labels[keys.replication] !== 'false' && !Object.hasOwn(labels, keys.originId);

/**
What one NamespaceMap says about one namespace.
*/
export type Mapping = {
	readonly clusterId: string;
	readonly map: NamespaceMap;
	/**
	Remote name asked for.
	*/
	readonly desired?: string;
	readonly current?: CurrentMapping;
};

const ownEntry = <T>(
	record: Readonly<Record<string, T>>,
	key: string,
): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

/**
The mapping of a namespace in each NamespaceMap that has one.
*/
export const mappingsOf = (
	view: ClusterView,
	namespace: string,
): readonly Mapping[] => {
	const mappings: Mapping[] = [];
	for (const map of view.list('NamespaceMap')) {
		const desired = ownEntry(map.spec.desiredMapping, namespace);
		const current = ownEntry(map.status.currentMapping, namespace);
		if ((desired ?? current) !== undefined && isLocalMap(map)) {
			mappings.push({
				clusterId: remoteClusterIdOf(map) ?? map.metadata.name,
				map,
				desired,
				current,
			});
		}
	}

	return mappings;
};

/**
Keeps a value computed from a cluster until one of the kinds it was computed from changes.
*/
export const memoByVersion = <T>(
	kinds: ReadonlyArray<Parameters<ClusterView['version']>[0]>,
	compute: (view: ClusterView) => T,
): ((view: ClusterView) => T) => {
	const held = new WeakMap<ClusterView, {versions: number[]; value: T}>();
	return (view) => {
		const versions = kinds.map((kind) => view.version(kind));
		const last = held.get(view);
		if (last?.versions.every((version, index) => version === versions[index])) {
			return last.value;
		}

		const value = compute(view);
		held.set(view, {versions, value});
		return value;
	};
};

/**
Cluster-ids of all remote clusters that a cluster offloads to or could, sorted.
*/
export const remoteClustersOf = memoByVersion(
	['Node', 'VirtualNode', 'NamespaceMap'],
	(view): readonly string[] => {
		const ids = new Set<string | undefined>();
		for (const node of view.virtualNodes()) {
			ids.add(remoteClusterIdOf(node));
		}

		for (const resource of view.list('VirtualNode')) {
			ids.add(resource.spec.clusterID);
		}

		for (const map of view.list('NamespaceMap')) {
			if (isLocalMap(map)) {
				ids.add(remoteClusterIdOf(map) ?? map.metadata.name);
			}
		}

		ids.delete(undefined);
		ids.delete('');
		return [...ids].filter((id) => id !== undefined).toSorted();
	},
);

const acceptedCounts = new WeakMap<NamespaceMap, number>();

/**
How many namespaces a remote cluster hosts: those its NamespaceMaps call `Accepted`.
*/
export const hostedNamespaces = (
	view: ClusterView,
	clusterId: string,
): number => {
	let total = 0;
	for (const map of view.mapsOfCluster(clusterId)) {
		if (!isLocalMap(map)) {
			continue;
		}

		let count = acceptedCounts.get(map);
		if (count === undefined) {
			count = Object.values(map.status.currentMapping).filter(
				({phase}) => phase === 'Accepted',
			).length;
			acceptedCounts.set(map, count);
		}

		total += count;
	}

	return total;
};
