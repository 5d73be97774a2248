import {type GenerationId} from '../../core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {applyMergePatch} from '../../core/merge-patch.js';

/**
A remote cluster of the draft, under a short handle (`eu`).
*/
export type Peer = {
	readonly handle: string;
	/**
	Liqo's cluster-id.
	*/
	readonly id: string;
	/**
	Name of the virtual node at home.
	*/
	readonly node: string;
	/**
	Tenant namespace at home.
	*/
	readonly tenantNamespace: string;
	/**
	NamespaceMap at home.
	*/
	readonly map: string;
	/**
	Labels that tell this cluster from the others.
	*/
	readonly labels: Readonly<Record<string, string>>;
};

/**
Raw API objects of several clusters while they are being put together. `home` is the consumer; providers go by their handle.
*/
export type Draft = {
	readonly generation: GenerationId;
	/**
	Cluster-id of the consumer.
	*/
	readonly localId: string;
	/**
	RFC 3339.
	*/
	readonly now: string;
	readonly peers: ReadonlyMap<string, Peer>;
	peer(handle: string): Peer;
	addPeer(peer: Peer): void;
	/**
	The time so many seconds before `now`, RFC 3339.
	*/
	ago(seconds: number): string;
	/**
	Adds or replaces; fills in uid and creation time.
	*/
	put(cluster: string, object: JsonObject): void;
	has(cluster: string, kind: string, name: string): boolean;
	/**
	`name` is `namespace/name` for namespaced objects. Throws when there is none: a scenario that misses its object is a mistake.
	*/
	get(cluster: string, kind: string, name: string): JsonObject;
	/**
	Applies a merge patch (RFC 7386).
	*/
	edit(cluster: string, kind: string, name: string, patch: JsonObject): void;
	drop(cluster: string, kind: string, name: string): void;
	objects(cluster: string): readonly JsonObject[];
};

export const mergeInto = (target: unknown, patch: JsonObject): JsonObject => {
	const merged = applyMergePatch(isJsonObject(target) ? target : {}, patch);
	return isJsonObject(merged) ? merged : {};
};

export const text = (value: unknown): string =>
	typeof value === 'string' ? value : '';

export const createDraft = (
	generation: GenerationId,
	{localId, now}: {readonly localId: string; readonly now: string},
): Draft => {
	const clusters = new Map<string, Map<string, JsonObject>>();
	const peers = new Map<string, Peer>();
	const at = (cluster: string) => {
		let objects = clusters.get(cluster);
		if (!objects) {
			objects = new Map();
			clusters.set(cluster, objects);
		}

		return objects;
	};

	const draft: Draft = {
		generation,
		localId,
		now,
		peers,
		peer(handle) {
			const peer = peers.get(handle);
			if (!peer) {
				throw new Error(`the draft has no cluster "${handle}"`);
			}

			return peer;
		},
		addPeer(peer) {
			peers.set(peer.handle, peer);
		},
		ago: (seconds) =>
			new Date(Date.parse(now) - seconds * 1000)
				.toISOString()
				.replace('.000Z', 'Z'),
		put(cluster, object) {
			const metadata = isJsonObject(object.metadata) ? object.metadata : {};
			const name = [text(metadata.namespace), text(metadata.name)]
				.filter((part) => part !== '')
				.join('/');
			const key = `${text(object.kind)} ${name}`;
			at(cluster).set(key, {
				...object,
				metadata: {
					uid: `${cluster}.${key}`
						.replaceAll(/[^\da-z]+/giv, '-')
						.toLowerCase(),
					resourceVersion: '1',
					creationTimestamp: draft.ago(7200),
					...metadata,
				},
			});
		},
		has: (cluster, kind, name) => at(cluster).has(`${kind} ${name}`),
		get(cluster, kind, name) {
			const object = at(cluster).get(`${kind} ${name}`);
			if (!object) {
				throw new Error(`the draft has no ${kind} ${name} on ${cluster}`);
			}

			return object;
		},
		edit(cluster, kind, name, patch) {
			const key = `${kind} ${name}`;
			at(cluster).set(key, mergeInto(draft.get(cluster, kind, name), patch));
		},
		drop(cluster, kind, name) {
			draft.get(cluster, kind, name);
			at(cluster).delete(`${kind} ${name}`);
		},
		objects: (cluster) => at(cluster).values().toArray(),
	};
	return draft;
};
