import {isCorrected, type Rules} from '../divergences.js';
import {keys, virtualNodeType} from '../keys.js';
import {
	type Labels,
	type NamespaceMap,
	type Node,
	type VirtualNode,
} from '../model.js';
import {type SelectableNode} from '../selector.js';
import {type ClusterView} from '../world.js';

/**
A virtual node as the selector of an offloading sees it.
*/
export type Candidate = SelectableNode & {readonly clusterId: string};

const remoteIdOf = ({metadata}: Node | NamespaceMap): string =>
	metadata.labels[keys.remoteClusterId] ??
	metadata.labels[keys.legacyClusterId] ??
	metadata.annotations[keys.legacyClusterId] ??
	'';

/**
Labels of a virtual node whose Node does not exist (Liqo: selector evaluation, synthetic node).
*/
const syntheticLabels = ({spec}: VirtualNode, rules: Rules): Labels => {
	const hasStorage = spec.storageClasses.length > 0;
	const isExact = isCorrected(rules, 'nodeless-labels-wrong');
	return {
		...spec.labels,
		[keys.remoteClusterId]: spec.clusterID,
		[keys.storageAvailable]: String(isExact ? hasStorage : !hasStorage),
		...(isExact && {[keys.type]: virtualNodeType}),
	};
};

const labelsOf = (
	virtualNode: VirtualNode,
	view: ClusterView,
	rules: Rules,
): Labels => {
	const node = view.get('Node', '', virtualNode.metadata.name);
	return node?.metadata.labels[keys.remoteClusterId] ===
		virtualNode.spec.clusterID
		? node.metadata.labels
		: syntheticLabels(virtualNode, rules);
};

/**
What a selector chooses among: VirtualNodes where the generation has them, else virtual Nodes.
*/
export const candidatesOf = (
	view: ClusterView,
	rules: Rules,
): readonly Candidate[] =>
	view.generation?.rules.hasVirtualNodeResource === true
		? Array.from(view.list('VirtualNode'), (virtualNode) => ({
				name: virtualNode.metadata.name,
				clusterId: virtualNode.spec.clusterID,
				labels: labelsOf(virtualNode, view, rules),
			}))
		: Array.from(view.virtualNodes(), (node) => ({
				name: node.metadata.name,
				clusterId: remoteIdOf(node),
				labels: node.metadata.labels,
			}));

/**
Whether a map is one of this cluster's own namespaces, as against one that a consumer replicated here (Liqo: local NamespaceMaps).
*/
export const isOwnMap = (map: NamespaceMap, view: ClusterView): boolean =>
	view.generation?.id === 'v0.3' ||
	(map.metadata.labels[keys.replication] === 'true' &&
		map.metadata.labels[keys.remoteId] !== undefined);

/**
Whether a map is the copy of a consumer's map, kept on its provider.
*/
export const isReplicatedMap = ({metadata: {labels}}: NamespaceMap): boolean =>
	labels[keys.replicated] === 'true' && labels[keys.originId] !== undefined;

/**
The cluster's own maps by remote cluster-id. Of several for one cluster the canonical one counts (its name is the cluster-id), else the last.
In v0.3 a map without cluster-id is kept under the empty one.
*/
export const ownMaps = (
	view: ClusterView,
	rules: Rules,
): ReadonlyMap<string, NamespaceMap> => {
	const maps = new Map<string, NamespaceMap>();
	const isLegacy = view.generation?.id === 'v0.3';
	for (const map of view.list('NamespaceMap')) {
		const id = remoteIdOf(map);
		const isCanonicalThere =
			rules === 'corrected' && maps.get(id)?.metadata.name === id;
		const isCounted = isLegacy || id !== '';
		if (isCounted && !isCanonicalThere && isOwnMap(map, view)) {
			maps.set(id, map);
		}
	}

	return maps;
};

/**
Looks up an entry by a key that comes from outside.
*/
export const entryOf = <T>(
	record: Readonly<Record<string, T>>,
	key: string,
): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);
