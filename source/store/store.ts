import {type ClusterIdentity} from '../core/cluster-index.js';
import {type AnyObject, type KindName} from '../core/model.js';
import {type Access, type World} from '../core/world.js';

/**
What an event touched: enough for panes, reconcilers and findings to know what to look at again.
*/
export type Touch = {
	readonly cluster: string;
	readonly kind: KindName;
	readonly namespace: string;
	readonly name: string;
	/**
	Absent when the object was added.
	*/
	readonly before?: AnyObject;
	/**
	Absent when the object was removed.
	*/
	readonly after?: AnyObject;
};

/**
The mutable world fed by watches. The cost of one event does not grow with the number of objects.

An event with the resourceVersion already held does nothing, and one that changed nothing the model keeps (a heartbeat) only
renews the object held. Listeners are told at most once per flush interval; `touched`
listeners get every touch synchronously, before that.
*/
export type Store = {
	readonly world: World;
	upsert(cluster: string, object: AnyObject): void;
	remove(
		cluster: string,
		kind: KindName,
		namespace: string,
		name: string,
	): void;
	/**
	Removes objects of a kind that a finished list did not contain.
	*/
	retain(
		cluster: string,
		kind: KindName,
		isKept: (namespace: string, name: string) => boolean,
	): void;
	setAccess(cluster: string, kind: KindName, access: Access): void;
	/**
	Adds a provider that was not among the clusters the store was built with.
	*/
	addCluster(identity: ClusterIdentity): void;
	/**
	Sets what was found out about a cluster after the store was built: its cluster-id, generation, title.
	*/
	identify(cluster: string, known: Partial<ClusterIdentity>): void;
	/**
	Grows at every flush that carried a change; a cached value may be kept while it stays.
	*/
	version(): number;
	/**
	Called after a flush. Returns the function that unsubscribes.
	*/
	subscribe(listener: () => void): () => void;
	onTouch(listener: (touch: Touch) => void): () => void;
	/**
	Flushes at once (used after a key press that must see its effect, and in tests).
	*/
	flush(): void;
	close(): void;
};
