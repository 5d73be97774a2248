import {
	type ClusterIdentity,
	type ClusterIndex,
	createClusterIndex,
} from '../core/cluster-index.js';
import {type AnyObject, type KindName} from '../core/model.js';
import {type ClusterView, type World} from '../core/world.js';
import {isSameContent} from './same-content.js';
import {type Store, type Touch} from './store.js';

/**
How the store waits for its next flush; replaced in tests.
*/
export type Timer = {
	/**
	Milliseconds, of any origin.
	*/
	now(): number;
	/**
	Calls back once after some milliseconds; returns the function that prevents it.
	*/
	after(milliseconds: number, callback: () => void): () => void;
};

export type StoreOptions = {
	readonly consumer: ClusterIdentity;
	readonly providers?: readonly ClusterIdentity[];
	/**
	Least time between two flushes, in milliseconds.

	@default 100
	*/
	readonly flushInterval?: number;
	readonly timer?: Timer;
};

const realTimer: Timer = {
	now: () => performance.now(),
	after(milliseconds, callback) {
		const timeout = setTimeout(callback, milliseconds);
		return () => {
			clearTimeout(timeout);
		};
	},
};

/**
A change after a quiet time is shown this soon (milliseconds): long enough to take in the rest of a burst.
*/
const shortestDelay = 10;

/**
A flush that carried more changes than this is one of a list that arrives: nobody reads along, and frames and sorting would take the time in which it could.
The next one comes after the longer interval, in milliseconds.
*/
const burst = 1000;
const burstInterval = 250;

/**
Builds an empty store over the given clusters.
*/
export const createStore = ({
	consumer,
	providers = [],
	flushInterval = 100,
	timer = realTimer,
}: StoreOptions): Store => {
	const indexes = new Map<string, ClusterIndex>();
	const views = new Map<string, ClusterView>();
	const listeners = new Set<() => void>();
	const touchListeners = new Set<(touch: Touch) => void>();
	let version = 0;
	let isChanged = false;
	let isClosed = false;
	let lastFlush = -Infinity;
	let interval = flushInterval;
	let touches = 0;
	let cancel: (() => void) | undefined;

	const addCluster = (identity: ClusterIdentity): void => {
		const index = createClusterIndex(identity);
		indexes.set(identity.key, index);
		if (identity.role === 'provider') {
			views.set(identity.key, index.view);
		}
	};

	addCluster(consumer);
	for (const provider of providers) {
		addCluster(provider);
	}

	const indexOf = (cluster: string): ClusterIndex => {
		const index = indexes.get(cluster);
		if (index === undefined) {
			throw new Error(`The store holds no cluster called ${cluster}.`);
		}

		return index;
	};

	const world: World = {
		consumer: indexOf(consumer.key).view,
		providers: views,
	};

	const flush = (): void => {
		cancel?.();
		cancel = undefined;
		if (!isChanged || isClosed) {
			return;
		}

		isChanged = false;
		lastFlush = timer.now();
		interval =
			touches > burst ? Math.max(burstInterval, flushInterval) : flushInterval;
		touches = 0;
		version++;
		for (const listener of listeners) {
			listener();
		}
	};

	const changed = (): void => {
		isChanged = true;
		if (cancel !== undefined || isClosed) {
			return;
		}

		const rest = lastFlush + interval - timer.now();
		cancel = timer.after(Math.max(shortestDelay, rest), flush);
	};

	const touched = (touch: Touch): void => {
		touches++;
		for (const listener of touchListeners) {
			listener(touch);
		}

		changed();
	};

	const remove = (
		cluster: string,
		kind: KindName,
		namespace: string,
		name: string,
	): void => {
		const before = indexOf(cluster).remove(kind, namespace, name);
		if (before !== undefined) {
			touched({cluster, kind, namespace, name, before});
		}
	};

	return {
		world,
		upsert(cluster: string, object: AnyObject) {
			const index = indexOf(cluster);
			const {
				kind,
				metadata: {namespace, name, resourceVersion, uid},
			} = object;
			const before = index.view.get(kind, namespace, name);
			if (before === undefined) {
				index.put(object);
				touched({cluster, kind, namespace, name, after: object});
				return;
			}

			if (
				resourceVersion !== '' &&
				before.metadata.resourceVersion === resourceVersion &&
				before.metadata.uid === uid
			) {
				return;
			}

			if (isSameContent(before, object)) {
				index.refresh(object);
				return;
			}

			index.put(object);
			touched({cluster, kind, namespace, name, before, after: object});
		},
		remove,
		retain(cluster, kind, isKept) {
			const gone: AnyObject[] = [];
			for (const object of indexOf(cluster).view.list(kind)) {
				if (!isKept(object.metadata.namespace, object.metadata.name)) {
					gone.push(object);
				}
			}

			for (const {metadata} of gone) {
				remove(cluster, kind, metadata.namespace, metadata.name);
			}
		},
		setAccess(cluster, kind, access) {
			const index = indexOf(cluster);
			if (isSameContent(index.view.access(kind), access)) {
				return;
			}

			index.setAccess(kind, access);
			if (access.state !== 'syncing') {
				// The list is complete, and that is waited for.
				interval = flushInterval;
				cancel?.();
				cancel = undefined;
			}

			changed();
		},
		addCluster(identity) {
			if (identity.role !== 'provider' || indexes.has(identity.key)) {
				throw new Error(`The store already holds ${identity.key}.`);
			}

			addCluster(identity);
			changed();
		},
		identify(cluster, known) {
			indexOf(cluster).identify(known);
			changed();
		},
		version: () => version,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		onTouch(listener) {
			touchListeners.add(listener);
			return () => {
				touchListeners.delete(listener);
			};
		},
		flush,
		close() {
			isClosed = true;
			cancel?.();
			cancel = undefined;
			listeners.clear();
			touchListeners.clear();
		},
	};
};
