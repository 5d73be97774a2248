import {keys, virtualNodeType} from '../../core/keys.js';
import {
	type AnyObject,
	type KindName,
	type Namespace,
	type NamespaceMap,
	type NamespaceOffloading,
	type Node,
	type Pod,
} from '../../core/model.js';
import {type World} from '../../core/world.js';
import {type Touch} from '../../store/store.js';
import {type Scope} from '../reducer/state.js';
import {type PaneRules} from './pane-model.js';

/**
Cluster-id behind a virtual node.
*/
export const clusterIdOf = (node: Node): string | undefined =>
	node.metadata.labels[keys.remoteClusterId] ??
	node.metadata.labels[keys.legacyClusterId];

const mapsOf = (touch: Touch): readonly NamespaceMap[] =>
	[touch.before, touch.after].filter(
		(object: AnyObject | undefined): object is NamespaceMap =>
			object?.kind === 'NamespaceMap',
	);

/**
Namespaces whose entry differs between a NamespaceMap before and after.
*/
export const namespacesChanged = (touch: Touch): readonly string[] => {
	const names = new Set<string>();
	for (const map of mapsOf(touch)) {
		for (const name of Object.keys(map.spec.desiredMapping)) {
			names.add(name);
		}

		for (const name of Object.keys(map.status.currentMapping)) {
			names.add(name);
		}
	}

	const [before, after] = mapsOf(touch);
	if (!before || !after) {
		return [...names];
	}

	return [...names].filter(
		(name) =>
			before.spec.desiredMapping[name] !== after.spec.desiredMapping[name] ||
			before.status.currentMapping[name]?.phase !==
				after.status.currentMapping[name]?.phase,
	);
};

const isMappedTo = (
	world: World,
	clusterId: string | undefined,
	namespace: string,
): boolean => {
	if (clusterId === undefined) {
		return false;
	}

	for (const map of world.consumer.mapsOfCluster(clusterId)) {
		if (
			Object.hasOwn(map.spec.desiredMapping, namespace) ||
			Object.hasOwn(map.status.currentMapping, namespace)
		) {
			return true;
		}
	}

	return false;
};

const isNamespaceInScope = (
	namespace: string,
	scope: Scope,
	world: World,
): boolean =>
	scope.kind === 'namespace'
		? scope.namespace === namespace
		: isMappedTo(world, scope.clusterId, namespace);

/**
Rows of the consumer's own objects; what happens on providers is read when a row is painted.
*/
const isHome = (touch: Touch, world: World): boolean =>
	touch.cluster === world.consumer.key;

export const offloadingRules: PaneRules<NamespaceOffloading> = {
	touched(touch, world) {
		if (!isHome(touch, world)) {
			return [];
		}

		if (touch.kind === 'NamespaceOffloading') {
			return [`${touch.namespace}/${touch.name}`];
		}

		return touch.kind === 'NamespaceMap'
			? namespacesChanged(touch).map((name) => `${name}/offloading`)
			: [];
	},
	isInScope: (object, scope, world) =>
		isNamespaceInScope(object.metadata.namespace, scope, world),
	scopeOf: (object) => ({
		kind: 'namespace',
		namespace: object.metadata.namespace,
	}),
};

const isVirtual = (world: World, node: string): boolean =>
	world.consumer.get('Node', '', node)?.metadata.labels[keys.type] ===
	virtualNodeType;

const nodeOf = (object: AnyObject | undefined): string | undefined =>
	object?.kind === 'Pod' ? object.spec.nodeName : undefined;

/**
Few objects, each of which may change every cluster's row.
*/
const widelyRead: ReadonlySet<KindName> = new Set<KindName>([
	'NamespaceMap',
	'VirtualNode',
	'ForeignCluster',
]);

export const clusterRules: PaneRules<Node> = {
	touched(touch, world) {
		if (!isHome(touch, world)) {
			return [];
		}

		if (touch.kind === 'Node') {
			return [touch.name];
		}

		if (touch.kind === 'Pod') {
			const names = new Set([nodeOf(touch.before), nodeOf(touch.after)]);
			return names.size === 1 && touch.before && touch.after
				? []
				: [...names].filter(
						(name): name is string =>
							name !== undefined && isVirtual(world, name),
					);
		}

		return widelyRead.has(touch.kind) ? 'all' : [];
	},
	isInScope: (object, scope, world) =>
		scope.kind === 'cluster'
			? scope.node === object.metadata.name
			: isMappedTo(world, clusterIdOf(object), scope.namespace),
	scopeOf: (object) => ({
		kind: 'cluster',
		node: object.metadata.name,
		clusterId: clusterIdOf(object),
	}),
};

export const namespaceRules: PaneRules<Namespace> = {
	touched(touch, world) {
		if (touch.kind === 'NamespaceMap') {
			return isHome(touch, world) ? namespacesChanged(touch) : [];
		}

		if (touch.kind === 'NamespaceOffloading') {
			return isHome(touch, world) ? [touch.namespace] : [];
		}

		return touch.kind === 'Namespace' ? [touch.name] : [];
	},
	isInScope: (object, scope, world) =>
		isNamespaceInScope(object.metadata.name, scope, world),
	scopeOf: (object) => ({kind: 'namespace', namespace: object.metadata.name}),
};

export const podRules: PaneRules<Pod> = {
	touched: (touch, world) =>
		touch.kind === 'Pod' && isHome(touch, world)
			? [`${touch.namespace}/${touch.name}`]
			: [],
	isInScope: (object, scope) =>
		scope.kind === 'namespace'
			? object.metadata.namespace === scope.namespace
			: object.spec.nodeName === scope.node,
	scopeOf: (object) => ({
		kind: 'namespace',
		namespace: object.metadata.namespace,
	}),
};
