import {type Generation} from '../generations/generation.js';
import {keys, offloadingName} from '../keys.js';
import {
	type AnyObject,
	type CurrentMapping,
	type KindName,
	type Labels,
	type Namespace,
	type NamespaceMap,
	type NamespaceOffloading,
	type Node,
	type ObjectReference,
	type Pod,
	type VirtualNode,
} from '../model.js';
import {localClusterIdOf} from '../local-cluster-id.js';
import {remoteNamespaceName} from '../names.js';
import {candidatesOf} from '../reconcilers/candidates.js';
import {
	evaluateSelector,
	selectorErrors,
	type SelectorResult,
} from '../selector.js';
import {type ClusterView, isComplete, type World} from '../world.js';
import {type Evidence} from './finding.js';

/**
A virtual node as the selector of an offloading sees it.
*/
export type Candidate = {
	readonly name: string;
	/**
	Cluster-id of the remote cluster behind it.
	*/
	readonly cluster: string;
	readonly labels: Labels;
	readonly node?: Node;
	readonly resource?: VirtualNode;
};

export type Verdict = Candidate & {
	readonly matches: boolean;
	/**
	Absent when the rule of the generation selects without looking (empty list of terms).
	*/
	readonly result?: SelectorResult;
};

/**
What one NamespaceMap says about one namespace.
*/
export type Mapping = {
	readonly cluster: string;
	readonly map: NamespaceMap;
	readonly desired?: string;
	readonly current?: CurrentMapping;
};

/**
Everything a failure mode about the whole cluster may read.
*/
export type WorldScope = {
	readonly world: World;
	readonly home: ClusterView;
	/**
	Epoch milliseconds.
	*/
	readonly now: number;
	readonly generation: Generation;
	/**
	The rules of v0.3 are in force.
	*/
	readonly isFirst: boolean;
	readonly candidates: readonly Candidate[];
	/**
	Maps of local namespaces; copies that another consumer left here are not among them.
	*/
	readonly maps: readonly NamespaceMap[];
	readonly localId: string | undefined;
	/**
	Names of the namespaces that a finding could be about.
	*/
	namespaces(): ReadonlySet<string>;
	scopeOf(namespace: string): NamespaceScope;
	/**
	Seconds since an RFC 3339 time; absent when the time is.
	*/
	since(time: string | undefined): number | undefined;
	/**
	Whether everything there is of a kind is known.
	*/
	sees(kind: KindName, cluster?: ClusterView): boolean;
	/**
	The connection to a provider, when all of these kinds can be seen on it.
	*/
	provider(
		clusterId: string,
		...kinds: readonly KindName[]
	): ClusterView | undefined;
};

/**
Everything a failure mode about one namespace may read. Computed once per namespace and pass.
*/
export type NamespaceScope = {
	readonly name: string;
	readonly all: WorldScope;
	readonly object: Namespace | undefined;
	readonly offloading: NamespaceOffloading | undefined;
	/**
	NamespaceOffloadings with a name that Liqo does not read.
	*/
	readonly others: readonly NamespaceOffloading[];
	readonly pods: readonly Pod[];
	/**
	One per virtual node; empty without an offloading.
	*/
	readonly verdicts: readonly Verdict[];
	/**
	What is wrong with the selector itself, whatever the nodes are.
	*/
	readonly errors: readonly string[];
	/**
	Cluster-ids that the selector selects now.
	*/
	readonly selected: ReadonlySet<string>;
	readonly mappings: readonly Mapping[];
	/**
	What the twins are or would be called; absent when the local cluster-id is unknown.
	*/
	readonly remoteName: string | undefined;
	readonly strategy: string | undefined;
	readonly isLabelled: boolean;
};

const memo = <T>(compute: () => T): (() => T) => {
	let held: {readonly value: T} | undefined;
	return () => {
		held ??= {value: compute()};
		return held.value;
	};
};

export const refOf = (object: AnyObject): ObjectReference => ({
	apiVersion: object.apiVersion,
	kind: object.kind,
	...(object.metadata.namespace !== '' && {
		namespace: object.metadata.namespace,
	}),
	name: object.metadata.name,
});

/**
Evidence about an object; `path` is the field, `actual` what it holds, `expected` what would be right.
*/
export const fact = (
	object: AnyObject | ObjectReference,
	path: string,
	actual?: string,
	expected?: string,
	cluster = 'home',
): Evidence => ({
	cluster,
	object: 'metadata' in object ? refOf(object) : object,
	path,
	...(actual !== undefined && {actual}),
	...(expected !== undefined && {expected}),
});

export const clusterIdOf = (object: {
	readonly metadata: {readonly labels: Labels; readonly annotations: Labels};
}): string =>
	object.metadata.labels[keys.remoteClusterId] ??
	object.metadata.labels[keys.legacyClusterId] ??
	object.metadata.annotations[keys.legacyClusterId] ??
	'';

/**
Namespaces in which Liqo or Kubernetes itself lives, or that are one end of somebody's offloading.
*/
export const reservedBecause = (
	namespace: Namespace,
	liqoNamespace: string,
): string | undefined => {
	const {name, labels, annotations} = namespace.metadata;
	if (name === liqoNamespace) {
		return 'Liqo itself runs in it';
	}

	if (
		['default', 'kube-system', 'kube-public', 'kube-node-lease'].includes(name)
	) {
		return 'it belongs to Kubernetes';
	}

	if (keys.tenantNamespace in labels || keys.legacyTenantNamespace in labels) {
		return 'it holds a peering';
	}

	return keys.managedByNamespaceMap in annotations ||
		keys.remoteNamespace in annotations
		? "it is the twin of another cluster's namespace"
		: undefined;
};

const candidatesIn = (home: ClusterView): readonly Candidate[] => {
	const resources = new Map(
		Array.from(home.list('VirtualNode'), (resource) => [
			resource.metadata.name,
			resource,
		]),
	);
	return candidatesOf(home, 'upstream').map(({name, labels, clusterId}) => {
		const node = home.get('Node', '', name);
		const resource = resources.get(name);
		return {
			name,
			labels,
			cluster: clusterId,
			// A Node of that name may also belong to somebody else.
			...(node && clusterIdOf(node) === clusterId && {node}),
			...(resource && {resource}),
		};
	});
};

const verdictsOf = (
	offloading: NamespaceOffloading | undefined,
	{candidates, isFirst}: WorldScope,
): readonly Verdict[] => {
	if (!offloading) {
		return [];
	}

	const selector = offloading.spec.clusterSelector;
	// V0.3 fills an empty list at its first pass only.
	const isDefaulted = !isFirst || offloading.metadata.finalizers.length === 0;
	if (
		!selector ||
		(isDefaulted && selector.nodeSelectorTerms.length === 0)
	) {
		return candidates.map((candidate) => ({...candidate, matches: true}));
	}

	return candidates.map((candidate) => {
		const result = evaluateSelector(
			selector,
			candidate,
			isFirst ? 'v0.3' : 'v1',
		);
		return {...candidate, matches: result.matches, result};
	});
};

const namespaceScope = (all: WorldScope, name: string): NamespaceScope => {
	const {home, generation, isFirst, localId} = all;
	const found = memo(() => [...home.list('NamespaceOffloading', name)]);
	const verdicts = memo(() => verdictsOf(scope.offloading, all));
	const pods = memo(() => [...home.list('Pod', name)]);
	const mappings = memo(() =>
		all.maps.flatMap((map): readonly Mapping[] => {
			const desired = map.spec.desiredMapping[name];
			const current = map.status.currentMapping[name];
			return [
				{
					cluster: clusterIdOf(map),
					map,
					...(desired !== undefined && {desired}),
					...(current !== undefined && {current}),
				},
			];
		}),
	);
	const scope: NamespaceScope = {
		name,
		all,
		get object() {
			return home.get('Namespace', '', name);
		},
		get offloading() {
			return found().find(({metadata}) => metadata.name === offloadingName);
		},
		get others() {
			return found().filter(({metadata}) => metadata.name !== offloadingName);
		},
		get pods() {
			return pods();
		},
		get verdicts() {
			return verdicts();
		},
		get errors() {
			const selector = scope.offloading?.spec.clusterSelector;
			return selector ? selectorErrors(selector, isFirst ? 'v0.3' : 'v1') : [];
		},
		get selected() {
			return new Set(
				verdicts()
					.filter(({matches}) => matches)
					.map(({cluster}) => cluster),
			);
		},
		get mappings() {
			return mappings();
		},
		get remoteName() {
			const spec = scope.offloading?.spec;
			return spec && localId !== undefined
				? remoteNamespaceName(name, spec, {id: localId}, generation)
				: scope.offloading?.status.remoteNamespaceName;
		},
		get strategy() {
			return scope.offloading?.spec.podOffloadingStrategy;
		},
		get isLabelled() {
			return scope.object?.metadata.labels[keys.schedulingEnabled] === 'true';
		},
	};
	return scope;
};

const namespacesOf = (home: ClusterView): ReadonlySet<string> => {
	const names = new Set<string>();
	for (const {metadata} of home.list('NamespaceOffloading')) {
		names.add(metadata.namespace);
	}

	for (const {metadata} of home.list('Namespace')) {
		if (
			keys.schedulingEnabled in metadata.labels ||
			keys.enabled in metadata.labels
		) {
			names.add(metadata.name);
		}
	}

	for (const {metadata} of home.virtualNodes()) {
		for (const pod of home.podsOnNode(metadata.name)) {
			names.add(pod.metadata.namespace);
		}
	}

	return names;
};

/**
The facts of one pass over a world; nothing when the consumer does not serve Liqo's API.
*/
export const worldScope = (
	world: World,
	now: number,
): WorldScope | undefined => {
	const home = world.consumer;
	const {generation} = home;
	if (!generation) {
		return undefined;
	}

	const isFirst = generation.rules.controllers === 'v0.3';
	const candidates = memo(() => candidatesIn(home));
	const maps = memo(() =>
		[...home.list('NamespaceMap')].filter(
			({metadata: {labels}}) =>
				isFirst ||
				(labels[keys.replication] !== 'false' && !(keys.originId in labels)),
		),
	);
	const localId = memo(
		() =>
			home.clusterId ??
			localClusterIdOf(home.list('ConfigMap'), home.liqoNamespace),
	);
	const scopes = new Map<string, NamespaceScope>();
	const sees = (kind: KindName, cluster = home) =>
		isComplete(cluster.access(kind));
	const scope: WorldScope = {
		world,
		home,
		now,
		generation,
		isFirst,
		get candidates() {
			return candidates();
		},
		get maps() {
			return maps();
		},
		get localId() {
			return localId();
		},
		namespaces: () => namespacesOf(home),
		scopeOf(namespace) {
			const held = scopes.get(namespace) ?? namespaceScope(scope, namespace);
			scopes.set(namespace, held);
			return held;
		},
		since(time) {
			const at = time === undefined ? NaN : Date.parse(time);
			return Number.isNaN(at) ? undefined : (now - at) / 1000;
		},
		sees,
		provider(clusterId, ...kinds) {
			const view = world.providers.get(clusterId);
			return view && kinds.every((kind) => sees(kind, view)) ? view : undefined;
		},
	};
	return scope;
};
