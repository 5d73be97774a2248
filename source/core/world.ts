import {type Generation} from './generations/generation.js';
import {offloadingName} from './keys.js';
import {
	type KindMap,
	type KindName,
	type Namespace,
	type NamespaceMap,
	type NamespaceOffloading,
	type Node,
	type Pod,
	type VirtualNode,
} from './model.js';
import {type ClusterSummaries} from './summaries.js';

/**
How far a kind on a cluster can be believed.

- `idle`: nobody asked for it. `syncing`: `seen` of `total` (when the server says so) have arrived.
- `live`: complete and watched. `stale`: complete as of `since` (epoch milliseconds), the connection is lost for `reason`.
- `forbidden`: `rule` is the RBAC rule that is missing. `absent`: the server does not serve the kind.
- `saved`: read from a file; complete and never changing.
*/
export type Access =
	| {readonly state: 'idle'}
	| {readonly state: 'syncing'; readonly seen: number; readonly total?: number}
	| {
			readonly state: 'live';
			/**
			Present when only these namespaces may be read: nothing is known of the others.
			*/
			readonly namespaces?: readonly string[];
	  }
	| {readonly state: 'stale'; readonly since: number; readonly reason: string}
	| {
			readonly state: 'forbidden';
			readonly rule: string;
			readonly reason: string;
	  }
	| {readonly state: 'absent'; readonly reason: string}
	| {readonly state: 'saved'};

const completeStates: ReadonlySet<Access['state']> = new Set([
	'live',
	'saved',
	'absent',
]);

/**
Whether what is known of a kind may be used as proof that something is *not* there.
*/
export const isComplete = (access: Access): boolean =>
	completeStates.has(access.state) &&
	(access.state !== 'live' || access.namespaces === undefined);

/**
Whether nothing can be said of how many there are.
*/
export const isUnseen = ({state}: Access): boolean =>
	state === 'idle' || state === 'forbidden';

/**
Read-only view of one cluster. Iteration order is insertion order; lookups and the indexed lists cost nothing in the number of other objects.
*/
export type ClusterView = {
	/**
	Stable key of this connection: `home` for the consumer, else the provider's cluster-id.
	*/
	readonly key: string;
	readonly role: 'consumer' | 'provider';
	/**
	Liqo's cluster-id, when known.
	*/
	readonly clusterId: string | undefined;
	/**
	Liqo's name of the cluster, where names are made of it (v0.4 to v0.10).
	*/
	readonly clusterName?: string | undefined;
	/**
	Name shown to people: the kubeconfig context, or the file.
	*/
	readonly title: string;
	/**
	Absent where Liqo's API is not served.
	*/
	readonly generation: Generation | undefined;
	/**
	Namespace in which Liqo itself runs (default `liqo`).
	*/
	readonly liqoNamespace: string;
	access(kind: KindName): Access;
	get<K extends KindName>(
		kind: K,
		namespace: string,
		name: string,
	): KindMap[K] | undefined;
	/**
	All objects of a kind, or those of one namespace.
	*/
	list<K extends KindName>(kind: K, namespace?: string): Iterable<KindMap[K]>;
	count(kind: KindName, namespace?: string): number;
	podsOnNode(node: string): Iterable<Pod>;
	/**
	Nodes labelled as virtual.
	*/
	virtualNodes(): Iterable<Node>;
	/**
	NamespaceMaps by the `liqo.io/remote-cluster-id` label (or its v0.3.0 predecessor).
	*/
	mapsOfCluster(clusterId: string): Iterable<NamespaceMap>;
	virtualNodeResourcesOfCluster(clusterId: string): Iterable<VirtualNode>;
	/**
	Grows with every change of a kind (in one namespace, when given); equal numbers mean nothing changed.
	*/
	version(kind: KindName, namespace?: string): number;
	/**
	Counts kept by the event; absent where nobody keeps them (overlays).
	*/
	readonly summaries?: ClusterSummaries;
};

/**
Everything known, read-only. `providers` is keyed by cluster-id.
*/
export type World = {
	readonly consumer: ClusterView;
	readonly providers: ReadonlyMap<string, ClusterView>;
};

export const namespaceOf = (
	cluster: ClusterView,
	name: string,
): Namespace | undefined => cluster.get('Namespace', '', name);

/**
The offloading of a namespace: the one object whose name Liqo reads.
*/
export const offloadingIn = (
	cluster: ClusterView,
	namespace: string,
): NamespaceOffloading | undefined =>
	cluster.get('NamespaceOffloading', namespace, offloadingName);
