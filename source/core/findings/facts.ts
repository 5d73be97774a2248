import {type Generation} from '../generations/generation.js';
import {keys} from '../keys.js';
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
import {type SelectorResult} from '../selector.js';
import {type ClusterView, type World} from '../world.js';
import {type Evidence} from './finding.js';

/**
A virtual node as the selector of an offloading canSee it.
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
	canSee(kind: KindName, cluster?: ClusterView): boolean;
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

/**
Keeps what was computed from a scope for as long as the scope is.
*/
export const memoPerScope = <S extends WorldScope | NamespaceScope, T>(
	compute: (scope: S) => T,
): ((scope: S) => T) => {
	const held = new WeakMap<S, {readonly value: T}>();
	return (scope) => {
		const known = held.get(scope);
		if (known) {
			return known.value;
		}

		const value = compute(scope);
		held.set(scope, {value});
		return value;
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

	if (
		Object.hasOwn(labels, keys.tenantNamespace) ||
		Object.hasOwn(labels, keys.legacyTenantNamespace)
	) {
		return 'it holds a peering';
	}

	return Object.hasOwn(annotations, keys.managedByNamespaceMap) ||
		Object.hasOwn(annotations, keys.remoteNamespace)
		? "it is the twin of another cluster's namespace"
		: undefined;
};
