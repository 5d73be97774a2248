import {type AnyObject, type KindName} from '../core/model.js';
import {type Access} from '../core/world.js';

/**
Where a list-watch delivers one kind. An object that is already held in this resourceVersion is to be ignored.
*/
export type Sink = {
	upsert(object: AnyObject): void;
	remove(namespace: string, name: string): void;
	/**
	Removes what a finished list did not contain.
	*/
	retain(isKept: (namespace: string, name: string) => boolean): void;
	setAccess(access: Access): void;
};

/**
The part of a store that takes what watches say, for several clusters.
*/
export type SinkStore = {
	upsert(cluster: string, object: AnyObject): void;
	remove(
		cluster: string,
		kind: KindName,
		namespace: string,
		name: string,
	): void;
	retain(
		cluster: string,
		kind: KindName,
		isKept: (namespace: string, name: string) => boolean,
	): void;
	setAccess(cluster: string, kind: KindName, access: Access): void;
};

/**
The sink of one kind of one cluster.
*/
export const sinkOf = (
	store: SinkStore,
	cluster: string,
	kind: KindName,
): Sink => ({
	upsert(object) {
		store.upsert(cluster, object);
	},
	remove(namespace, name) {
		store.remove(cluster, kind, namespace, name);
	},
	retain(isKept) {
		store.retain(cluster, kind, isKept);
	},
	setAccess(access) {
		store.setAccess(cluster, kind, access);
	},
});

/**
The same sink, but what is said of its access goes another way first.
*/
export const withAccess = (
	sink: Sink,
	setAccess: (access: Access) => void,
): Sink => ({
	upsert(object) {
		sink.upsert(object);
	},
	remove(namespace, name) {
		sink.remove(namespace, name);
	},
	retain(isKept) {
		sink.retain(isKept);
	},
	setAccess,
});
