import {type ApiObject} from '../value.js';
import {createCollection, type Collection} from './collection.js';
import {decodeBody, encodeBody} from './encoding.js';
import {type Entry} from './entry.js';

/**
One write. `resource` is the collection's key, `previous` what the write replaced.
*/
export type Write = {
	readonly resource: string;
	readonly revision: number;
	readonly entry: Entry | undefined;
	readonly previous: Entry | undefined;
	/**
	Of a deletion: the object as it was last, with the revision of the deletion.
	*/
	readonly last: Entry | undefined;
};

export type Storage = ReturnType<typeof createStorage>;

type Fields = (
	object: ApiObject,
) => Readonly<Record<string, string>> | undefined;

/**
One cluster's objects in the order of their writes: a counter that is every object's resourceVersion, the present state by resource,
namespace and name, and as much of the past as is kept for watches, consistent paging and exact reads.

@param historyLimit how many writes are remembered; older resourceVersions are "too old" (410)
*/
export const createStorage = (historyLimit = 10_000) => {
	const collections = new Map<string, Collection>();
	let revision = 1;
	let history: Write[] = [];
	let compacted = 0;
	const listeners = new Map<string, Set<(write: Write) => void>>();
	const observers = new Set<(write: Write) => void>();

	const collection = (resource: string): Collection => {
		let found = collections.get(resource);
		if (!found) {
			found = createCollection();
			collections.set(resource, found);
		}

		return found;
	};

	const forget = (): void => {
		// In bulk: shifting an array for each write would cost its length each time.
		if (!(history.length > historyLimit * 1.25)) {
			return;
		}

		const surplus = history.length - historyLimit;
		compacted = history[surplus - 1]?.revision ?? compacted;
		history = history.slice(surplus);
	};

	const record = (write: Write): void => {
		history.push(write);
		forget();
		for (const listener of listeners.get(write.resource) ?? []) {
			listener(write);
		}

		for (const observer of observers) {
			observer(write);
		}
	};

	const indexAfter = (since: number): number => {
		let low = 0;
		let high = history.length;
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			if (history[middle]!.revision > since) {
				high = middle;
			} else {
				low = middle + 1;
			}
		}

		return low;
	};

	return {
		/**
		The resourceVersion of the latest write.
		*/
		get revision(): number {
			return revision;
		},
		/**
		Up to which revision the past is forgotten.
		*/
		get compacted(): number {
			return compacted;
		},
		collection,
		get: (resource: string, namespace: string, name: string) =>
			collections.get(resource)?.get(namespace, name),
		/**
		Writes the object under the next revision and sets it in the object's metadata.
		*/
		put(resource: string, object: ApiObject, fieldsOf: Fields): Entry {
			revision++;
			object.metadata.resourceVersion = String(revision);
			const {
				name,
				namespace = '',
				labels,
				uid,
				ownerReferences,
			} = object.metadata;
			const entry: Entry = {
				namespace,
				name,
				revision,
				bytes: encodeBody(object),
				labels,
				fields: fieldsOf(object),
				owners: ownerReferences?.map((owner) => owner.uid),
				uid,
				isTerminating: object.metadata.deletionTimestamp !== undefined,
			};
			const target = collection(resource);
			const previous = target.get(namespace, name);
			target.set(entry);
			record({resource, revision, entry, previous, last: undefined});
			return entry;
		},
		/**
		@returns the object as it was, with the revision of its deletion
		*/
		remove(
			resource: string,
			namespace: string,
			name: string,
		): Entry | undefined {
			const target = collection(resource);
			const previous = target.get(namespace, name);
			if (!previous) {
				return undefined;
			}

			revision++;
			target.delete(namespace, name);
			const body = decodeBody(previous.bytes);
			body.metadata.resourceVersion = String(revision);
			const last = {...previous, revision, bytes: encodeBody(body)};
			record({resource, revision, entry: undefined, previous, last});
			return last;
		},
		/**
		Calls back for every write to the resource from now on.

		@returns a function that ends it
		*/
		listen(resource: string, listener: (write: Write) => void): () => void {
			const group = listeners.get(resource) ?? new Set();
			listeners.set(resource, group.add(listener));
			return () => {
				group.delete(listener);
			};
		},
		/**
		Calls back for every write at all.

		@returns a function that ends it
		*/
		observe(observer: (write: Write) => void): () => void {
			observers.add(observer);
			return () => {
				observers.delete(observer);
			};
		},
		resources: (): string[] => [...collections.keys()],
		/**
		The remembered writes to a resource after a revision; undefined when some of them are forgotten.
		*/
		writesSince(resource: string, since: number): Write[] | undefined {
			return since < compacted
				? undefined
				: history
						.slice(indexAfter(since))
						.filter((write) => write.resource === resource);
		},
		/**
		What the resource held at an earlier revision, as differences from now: by key, the entry of then or undefined when there was none.
		*/
		differencesAt(
			resource: string,
			then: number,
		): Map<string, Entry | undefined> | undefined {
			const writes = this.writesSince(resource, then);
			if (!writes) {
				return undefined;
			}

			const differences = new Map<string, Entry | undefined>();
			for (const {entry, previous} of writes) {
				const {namespace, name} = (entry ?? previous)!;
				const key = `${namespace}/${name}`;
				if (!differences.has(key)) {
					differences.set(key, previous);
				}
			}

			return differences;
		},
		/**
		Forgets the past, as etcd's compaction does every five minutes.
		*/
		compact(): void {
			compacted = revision;
			history = [];
		},
	};
};
