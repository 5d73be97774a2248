import {type AnyObject} from '../core/model.js';
import {type WatchEvent} from './decoders.js';
import {createSeen, type Seen} from './seen.js';
import {type Sink} from './sink.js';

/**
What a sink holds of one kind, and up to which version of the server. Rows stay while a list is done again; what is gone is removed at its end.
*/
export type Replica = {
	/**
	Where a watch goes on; empty: list first.
	*/
	version(): string;
	/**
	Objects since the list began.
	*/
	count(): number;
	begin(): void;
	deliver(object: AnyObject): void;
	/**
	The list is complete as of this version.
	*/
	end(resourceVersion: string): void;
	/**
	Takes over an event of a watch. The bookmark that ends a first list is left to `end`.
	*/
	apply(event: WatchEvent): void;
	/**
	The version is no longer good: list again.
	*/
	restart(): void;
	/**
	Drops everything: it may not be seen any more, or is not served.
	*/
	forget(): void;
};

export const createReplica = (
	sink: Sink,
	isOwned: (namespace: string, name: string) => boolean,
): Replica => {
	let version = '';
	let hasDelivered = false;
	let seen: Seen | undefined;
	let count = 0;

	const deliver = (object: AnyObject): void => {
		seen?.add(object.metadata.namespace, object.metadata.name);
		hasDelivered = true;
		count++;
		sink.upsert(object);
	};

	return {
		version: () => version,
		count: () => count,
		begin() {
			count = 0;
			// The first list has nothing to compare with.
			seen = hasDelivered ? createSeen() : undefined;
		},
		deliver,
		end(resourceVersion) {
			const kept = seen;
			seen = undefined;
			if (kept) {
				sink.retain(
					(namespace, name) =>
						!isOwned(namespace, name) || kept.has(namespace, name),
				);
			}

			version = resourceVersion;
		},
		apply(event) {
			switch (event.type) {
				case 'upsert': {
					deliver(event.object);
					version &&= event.object.metadata.resourceVersion;
					break;
				}

				case 'remove': {
					const {namespace, name, resourceVersion} = event.object.metadata;
					seen?.drop(namespace, name);
					sink.remove(namespace, name);
					version &&= resourceVersion;
					break;
				}

				case 'bookmark': {
					version &&= event.resourceVersion;
					break;
				}

				case 'error': {
					break;
				}
			}
		},
		restart() {
			version = '';
		},
		forget() {
			version = '';
			seen = undefined;
			if (hasDelivered) {
				hasDelivered = false;
				sink.retain((namespace, name) => !isOwned(namespace, name));
			}
		},
	};
};
