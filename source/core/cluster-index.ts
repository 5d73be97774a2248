import {type Generation} from './generations/generation.js';
import {keys, virtualNodeType} from './keys.js';
import {
	type AnyObject,
	type KindMap,
	type KindName,
	type NamespaceMap,
	type Node,
	type Pod,
	type VirtualNode,
} from './model.js';
import {createPodIndex} from './pod-index.js';
import {remoteClusterIdOf} from './remote-clusters.js';
import {type ClusterSummaries} from './summaries.js';
import {type Access, type ClusterView} from './world.js';

/**
Which cluster an index is of. The fields that discovery finds out later may be set later.
*/
export type ClusterIdentity = {
	/**
	`home`, or the provider's cluster-id.
	*/
	readonly key: string;
	readonly role: 'consumer' | 'provider';
	readonly title: string;
	readonly clusterId?: string | undefined;
	readonly clusterName?: string | undefined;
	readonly generation?: Generation | undefined;
	/**
	@default 'liqo'
	*/
	readonly liqoNamespace?: string | undefined;
};

/**
A cluster's view together with the hands that change it.
*/
export type ClusterIndex = {
	readonly view: ClusterView & {readonly summaries: ClusterSummaries};
	/**
	Holds an object; returns the one that was held under the name before.
	*/
	put(object: AnyObject): AnyObject | undefined;
	/**
	Holds a newer copy that says the same: no version grows.
	*/
	refresh(object: AnyObject): void;
	remove(
		kind: KindName,
		namespace: string,
		name: string,
	): AnyObject | undefined;
	setAccess(kind: KindName, access: Access): void;
	identify(identity: Partial<ClusterIdentity>): void;
};

type Bucket = {
	readonly objects: Map<string, AnyObject>;
	version: number;
};

type KindIndex = {
	readonly namespaces: Map<string, Bucket>;
	count: number;
	version: number;
	access: Access;
};

const idle: Access = {state: 'idle'};

const nothing: readonly never[] = [];

const isVirtual = (node: Node): boolean =>
	node.metadata.labels[keys.type] === virtualNodeType;

type Grouping<T> = {
	replace(before: T | undefined, after: T | undefined): void;
	get(key: string): Iterable<T>;
};

/**
Objects by a key of their own, replaced by identity.
*/
const createGrouping = <T>(
	keyOf: (object: T) => string | undefined,
): Grouping<T> => {
	const groups = new Map<string, Set<T>>();

	const drop = (object: T): void => {
		const key = keyOf(object);
		const group = key === undefined ? undefined : groups.get(key);
		if (key === undefined || group === undefined) {
			return;
		}

		group.delete(object);
		if (group.size === 0) {
			groups.delete(key);
		}
	};

	const add = (object: T): void => {
		const key = keyOf(object);
		if (key === undefined) {
			return;
		}

		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, new Set([object]));
		} else {
			group.add(object);
		}
	};

	return {
		replace(before, after) {
			if (before !== undefined) {
				drop(before);
			}

			if (after !== undefined) {
				add(after);
			}
		},
		get: (key) => groups.get(key) ?? nothing,
	};
};

/**
Builds an empty index of one cluster. What one change costs does not depend on how many objects are held.
*/
export const createClusterIndex = (initial: ClusterIdentity): ClusterIndex => {
	let identity = initial;
	const kinds = new Map<KindName, KindIndex>();
	const pods = createPodIndex();
	const virtualNodes = createGrouping<Node>((node) =>
		isVirtual(node) ? '' : undefined,
	);
	const maps = createGrouping<NamespaceMap>(remoteClusterIdOf);
	const resources = createGrouping<VirtualNode>(
		(resource) => resource.spec.clusterID,
	);

	const kindIndex = (kind: KindName): KindIndex => {
		let index = kinds.get(kind);
		if (index === undefined) {
			index = {namespaces: new Map(), count: 0, version: 0, access: idle};
			kinds.set(kind, index);
		}

		return index;
	};

	const bucketOf = (index: KindIndex, namespace: string): Bucket => {
		let bucket = index.namespaces.get(namespace);
		if (bucket === undefined) {
			bucket = {objects: new Map(), version: 0};
			index.namespaces.set(namespace, bucket);
		}

		return bucket;
	};

	const regroup: Partial<
		Record<
			KindName,
			(before: AnyObject | undefined, after: AnyObject | undefined) => void
		>
	> = {
		Pod(before, after) {
			pods.replace(before as Pod | undefined, after as Pod | undefined);
		},
		Node(before, after) {
			virtualNodes.replace(
				before as Node | undefined,
				after as Node | undefined,
			);
		},
		NamespaceMap(before, after) {
			maps.replace(
				before as NamespaceMap | undefined,
				after as NamespaceMap | undefined,
			);
		},
		VirtualNode(before, after) {
			resources.replace(
				before as VirtualNode | undefined,
				after as VirtualNode | undefined,
			);
		},
	};

	const touch = (index: KindIndex, bucket: Bucket): void => {
		index.version++;
		bucket.version++;
	};

	const hold = (object: AnyObject, isNews: boolean): AnyObject | undefined => {
		const index = kindIndex(object.kind);
		const bucket = bucketOf(index, object.metadata.namespace);
		const before = bucket.objects.get(object.metadata.name);
		bucket.objects.set(object.metadata.name, object);
		if (before === undefined) {
			index.count++;
		}

		regroup[object.kind]?.(before, object);
		if (isNews) {
			touch(index, bucket);
		}

		return before;
	};

	/**
	May be iterated any number of times, as a Map's own iterators may not.
	*/
	const listed = (kind: KindName, namespace?: string): Iterable<AnyObject> => {
		const index = kinds.get(kind);
		if (index === undefined) {
			return nothing;
		}

		if (namespace !== undefined) {
			const objects = index.namespaces.get(namespace)?.objects;
			return objects === undefined
				? nothing
				: {[Symbol.iterator]: () => objects.values()};
		}

		return {
			*[Symbol.iterator]() {
				for (const {objects} of index.namespaces.values()) {
					yield* objects.values();
				}
			},
		};
	};

	const view: ClusterIndex['view'] = {
		get key() {
			return identity.key;
		},
		get role() {
			return identity.role;
		},
		get clusterId() {
			return identity.clusterId;
		},
		get clusterName() {
			return identity.clusterName;
		},
		get title() {
			return identity.title;
		},
		get generation() {
			return identity.generation;
		},
		get liqoNamespace() {
			return identity.liqoNamespace ?? 'liqo';
		},
		summaries: pods.summaries,
		access: (kind) => kinds.get(kind)?.access ?? idle,
		get: <K extends KindName>(kind: K, namespace: string, name: string) =>
			kinds.get(kind)?.namespaces.get(namespace)?.objects.get(name) as
				KindMap[K] | undefined,
		list: <K extends KindName>(kind: K, namespace?: string) =>
			listed(kind, namespace) as Iterable<KindMap[K]>,
		count(kind, namespace) {
			const index = kinds.get(kind);
			return namespace === undefined
				? (index?.count ?? 0)
				: (index?.namespaces.get(namespace)?.objects.size ?? 0);
		},
		podsOnNode: (node) => pods.onNode(node),
		virtualNodes: () => virtualNodes.get(''),
		mapsOfCluster: (clusterId) => maps.get(clusterId),
		virtualNodeResourcesOfCluster: (clusterId) => resources.get(clusterId),
		version(kind, namespace) {
			const index = kinds.get(kind);
			return namespace === undefined
				? (index?.version ?? 0)
				: (index?.namespaces.get(namespace)?.version ?? 0);
		},
	};

	return {
		view,
		put: (object) => hold(object, true),
		refresh(object) {
			hold(object, false);
		},
		remove(kind, namespace, name) {
			const index = kinds.get(kind);
			const bucket = index?.namespaces.get(namespace);
			const before = bucket?.objects.get(name);
			if (index === undefined || bucket === undefined || before === undefined) {
				return undefined;
			}

			bucket.objects.delete(name);
			index.count--;
			regroup[kind]?.(before, undefined);
			touch(index, bucket);
			return before;
		},
		setAccess(kind, access) {
			kindIndex(kind).access = access;
		},
		identify(known) {
			identity = {...identity, ...known};
		},
	};
};
