import {type ClusterIndex, createClusterIndex} from './cluster-index.js';
import {
	type AnyObject,
	type KindMap,
	type KindName,
	type NamespaceMap,
	type Node,
	type Pod,
	type VirtualNode,
} from './model.js';
import {type ClusterView} from './world.js';

/**
A view of a cluster with some objects put in, replaced or taken away; the cluster itself is not touched.
*/
export type Overlay = {
	readonly view: ClusterView;
	put(object: AnyObject): void;
	remove(kind: KindName, namespace: string, name: string): void;
};

const keyOf = (kind: string, namespace: string, name: string): string =>
	`${kind}/${namespace}/${name}`;

const keyOfObject = ({kind, metadata}: AnyObject): string =>
	keyOf(kind, metadata.namespace, metadata.name);

/**
Lays an empty overlay over a cluster. What a question costs grows with the objects put in, not with those of the cluster.
*/
export const createOverlay = (base: ClusterView): Overlay => {
	const index: ClusterIndex = createClusterIndex(base);
	/**
	Names that no longer mean the object of the cluster below.
	*/
	const hidden = new Set<string>();
	const hiddenCounts = new Map<string, number>();

	const hide = (kind: KindName, namespace: string, name: string): void => {
		const key = keyOf(kind, namespace, name);
		if (hidden.has(key) || base.get(kind, namespace, name) === undefined) {
			return;
		}

		hidden.add(key);
		for (const scope of [kind, `${kind}/${namespace}`]) {
			hiddenCounts.set(scope, (hiddenCounts.get(scope) ?? 0) + 1);
		}
	};

	const both = <T extends AnyObject>(
		below: Iterable<T>,
		above: Iterable<T>,
	): Iterable<T> => ({
		*[Symbol.iterator]() {
			for (const object of below) {
				if (!hidden.has(keyOfObject(object))) {
					yield object;
				}
			}

			yield* above;
		},
	});

	const {view: above} = index;
	const view: ClusterView = {
		key: base.key,
		role: base.role,
		clusterId: base.clusterId,
		title: base.title,
		generation: base.generation,
		liqoNamespace: base.liqoNamespace,
		access: (kind) => base.access(kind),
		get: <K extends KindName>(kind: K, namespace: string, name: string) =>
			above.get(kind, namespace, name) ??
			(hidden.has(keyOf(kind, namespace, name))
				? undefined
				: base.get(kind, namespace, name)),
		list: <K extends KindName>(
			kind: K,
			namespace?: string,
		): Iterable<KindMap[K]> =>
			both(base.list(kind, namespace), above.list(kind, namespace)),
		count: (kind, namespace) =>
			base.count(kind, namespace) +
			above.count(kind, namespace) -
			(hiddenCounts.get(
				namespace === undefined ? kind : `${kind}/${namespace}`,
			) ?? 0),
		podsOnNode: (node): Iterable<Pod> =>
			both(base.podsOnNode(node), above.podsOnNode(node)),
		virtualNodes: (): Iterable<Node> =>
			both(base.virtualNodes(), above.virtualNodes()),
		mapsOfCluster: (id): Iterable<NamespaceMap> =>
			both(base.mapsOfCluster(id), above.mapsOfCluster(id)),
		virtualNodeResourcesOfCluster: (id): Iterable<VirtualNode> =>
			both(
				base.virtualNodeResourcesOfCluster(id),
				above.virtualNodeResourcesOfCluster(id),
			),
		version: (kind, namespace) =>
			base.version(kind, namespace) + above.version(kind, namespace),
	};
	return {
		view,
		put(object) {
			const {namespace, name} = object.metadata;
			hide(object.kind, namespace, name);
			index.put(object);
		},
		remove(kind, namespace, name) {
			hide(kind, namespace, name);
			index.remove(kind, namespace, name);
		},
	};
};
