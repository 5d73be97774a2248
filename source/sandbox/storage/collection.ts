import {type Entry} from './entry.js';

type Bucket = {
	readonly entries: Map<string, Entry>;
	/**
	Names in order; undefined after a name came or went out of order.
	*/
	names: string[] | undefined;
};

const inOrder = (bucket: Bucket): string[] => {
	bucket.names ??= [...bucket.entries.keys()].toSorted();
	return bucket.names;
};

// Keys are compared whole: the slash behind a namespace comes after a dash in its name.
const isBefore = (left: string, right: string): boolean =>
	`${left}/` < `${right}/`;

/**
The objects of one resource by namespace and name; listed in etcd's order of keys.
*/
export const createCollection = () => {
	const buckets = new Map<string, Bucket>();
	let namespaces: string[] | undefined;
	let size = 0;

	const bucketOf = (namespace: string): Bucket => {
		let bucket = buckets.get(namespace);
		if (!bucket) {
			bucket = {entries: new Map(), names: []};
			buckets.set(namespace, bucket);
			namespaces = undefined;
		}

		return bucket;
	};

	return {
		get size(): number {
			return size;
		},
		count: (namespace: string): number =>
			buckets.get(namespace)?.entries.size ?? 0,
		get: (namespace: string, name: string): Entry | undefined =>
			buckets.get(namespace)?.entries.get(name),
		set(entry: Entry): void {
			const bucket = bucketOf(entry.namespace);
			if (!bucket.entries.has(entry.name)) {
				size++;
				const last = bucket.names?.at(-1);
				if (bucket.names && (last === undefined || last < entry.name)) {
					bucket.names.push(entry.name);
				} else {
					bucket.names = undefined;
				}
			}

			bucket.entries.set(entry.name, entry);
		},
		delete(namespace: string, name: string): void {
			const bucket = buckets.get(namespace);
			if (!bucket?.entries.delete(name)) {
				return;
			}

			size--;
			bucket.names = undefined;
			if (bucket.entries.size > 0) {
				return;
			}

			buckets.delete(namespace);
			namespaces = undefined;
		},
		/**
		All entries, or those of one namespace, beginning behind a key (`namespace/name`).
		*/
		*list(namespace?: string, after = ''): Generator<Entry, void> {
			namespaces ??= [...buckets.keys()].toSorted((left, right) =>
				isBefore(left, right) ? -1 : 1,
			);
			const slash = after.indexOf('/');
			const afterNamespace = after.slice(0, Math.max(slash, 0));
			const afterName = after.slice(slash + 1);
			for (const current of namespace === undefined
				? namespaces
				: [namespace]) {
				const bucket = buckets.get(current);
				if (!bucket || (after !== '' && isBefore(current, afterNamespace))) {
					continue;
				}

				const isResumed = after !== '' && current === afterNamespace;
				for (const name of inOrder(bucket)) {
					if (isResumed && name <= afterName) {
						continue;
					}

					const entry = bucket.entries.get(name);
					if (entry) {
						yield entry;
					}
				}
			}
		},
	};
};

export type Collection = ReturnType<typeof createCollection>;
