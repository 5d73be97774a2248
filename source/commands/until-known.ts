import {type KindName} from '../core/model.js';
import {type Store} from '../store/store.js';

/**
Kinds of one cluster of which nothing can be said yet: not arrived, and not known to be out of reach.
*/
const unknownKinds = (
	store: Store,
	wanted: ReadonlyMap<string, readonly KindName[]>,
): readonly string[] =>
	wanted
		.entries()
		.flatMap(([cluster, kinds]) => {
			const view =
				cluster === store.world.consumer.key
					? store.world.consumer
					: store.world.providers.get(cluster);
			return kinds
				.filter((kind) => {
					const state = view?.access(kind).state;
					return state === 'idle' || state === 'syncing';
				})
				.map((kind) => (cluster === 'home' ? kind : `${kind} of ${cluster}`));
		})
		.toArray();

export type Waited =
	| {readonly state: 'known'}
	| {readonly state: 'aborted'}
	| {readonly state: 'timeout'; readonly missing: readonly string[]};

/**
Waits until each of these kinds (by cluster key) has arrived, or is known to be out of reach.

`limit`: milliseconds; absent: no limit.
*/
export const waitUntilKnown = async (
	store: Store,
	wanted: ReadonlyMap<string, readonly KindName[]>,
	{signal, limit}: {readonly signal: AbortSignal; readonly limit?: number},
): Promise<Waited> =>
	new Promise((resolve) => {
		const finish = (result: Waited): void => {
			stop();
			clearTimeout(timer);
			signal.removeEventListener('abort', abort);
			resolve(result);
		};

		const look = (): void => {
			if (unknownKinds(store, wanted).length === 0) {
				finish({state: 'known'});
			}
		};

		const abort = (): void => {
			finish({state: 'aborted'});
		};

		const stop = store.subscribe(look);
		const timer =
			limit === undefined
				? undefined
				: setTimeout(() => {
						finish({state: 'timeout', missing: unknownKinds(store, wanted)});
					}, limit);
		signal.addEventListener('abort', abort);
		if (signal.aborted) {
			abort();
		} else {
			look();
		}
	});
