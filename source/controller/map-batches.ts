import {type Change} from '../core/change.js';
import {isJsonObject, type JsonObject} from '../core/json.js';
import {type Cancel, type Clock} from './clock.js';
import {objectKey, type WriteAnswer} from './writer.js';

/**
Patches of one NamespaceMap that are sent as one.
*/
export type Batch = {
	readonly key: string;
	readonly cluster: string;
	readonly members: ReadonlyArray<{
		readonly change: Change;
		settle(answer: WriteAnswer): void;
	}>;
	/**
	When it was complete, epoch milliseconds.
	*/
	readonly since: number;
};

export type MapBatches = {
	/**
	Adds a change to the batch of its map.
	*/
	add(change: Change): Promise<WriteAnswer>;
	/**
	The oldest batch of a cluster that may be sent now: none of the same map is under way. It is under way until `finish`.
	*/
	take(cluster: string): Batch | undefined;
	/**
	When the oldest batch of a cluster that may be sent was complete.
	*/
	oldest(cluster: string): number | undefined;
	finish(batch: Batch): void;
};

type OpenBatch = {
	key: string;
	cluster: string;
	members: Array<{change: Change; settle(answer: WriteAnswer): void}>;
	openedAt: number;
	since: number;
	isReady: boolean;
	cancel: Cancel | undefined;
};

/**
Whether a change only sets or removes keys of `spec.desiredMapping`, so that it can be sent together with others of its map.
*/
export const isMapEntry = (change: Change): boolean => {
	if (
		change.verb !== 'patch' ||
		change.patchType !== 'merge' ||
		change.object.kind !== 'NamespaceMap' ||
		change.subresource !== undefined ||
		change.precondition !== undefined ||
		!isJsonObject(change.body) ||
		Object.keys(change.body).join(',') !== 'spec'
	) {
		return false;
	}

	const {spec} = change.body;
	return (
		isJsonObject(spec) &&
		Object.keys(spec).join(',') === 'desiredMapping' &&
		isJsonObject(spec.desiredMapping)
	);
};

const entriesOf = (change: Change): JsonObject => {
	const spec = isJsonObject(change.body) ? change.body.spec : undefined;
	const mapping = isJsonObject(spec) ? spec.desiredMapping : undefined;
	return isJsonObject(mapping) ? mapping : {};
};

/**
One change for all the changes of a batch; of two that set the same key the later one counts.
*/
export const mergeMapEntries = (changes: readonly Change[]): Change => {
	const [first] = changes;
	if (first === undefined) {
		throw new RangeError('A batch has at least one change.');
	}

	if (changes.length === 1) {
		return first;
	}

	const desiredMapping: JsonObject = Object.fromEntries(
		changes.flatMap((change) => Object.entries(entriesOf(change))),
	);
	return {
		...first,
		body: {spec: {desiredMapping}},
		reason: `${first.reason} (and ${changes.length - 1} more)`,
	};
};

/**
Gathers changes of one NamespaceMap into one patch: until none has come for `quiet` milliseconds, at most for `longest`; further ones join
while it waits for a connection. Every patch of a map makes the server store and send the whole map again.
*/
export const createMapBatches = ({
	clock,
	onReady,
	quiet = 10,
	longest = 50,
}: {
	readonly clock: Clock;
	onReady(cluster: string): void;
	readonly quiet?: number;
	readonly longest?: number;
}): MapBatches => {
	const open = new Map<string, OpenBatch>();
	const underWay = new Set<string>();

	const next = (cluster: string): OpenBatch | undefined => {
		let oldest: OpenBatch | undefined;
		for (const batch of open.values()) {
			if (
				batch.isReady &&
				batch.cluster === cluster &&
				!underWay.has(batch.key) &&
				(oldest === undefined || batch.since < oldest.since)
			) {
				oldest = batch;
			}
		}

		return oldest;
	};

	const complete = (batch: OpenBatch) => {
		batch.isReady = true;
		batch.since = clock.now();
		onReady(batch.cluster);
	};

	const startTimer = (batch: OpenBatch) => {
		const left = batch.openedAt + longest - clock.now();
		batch.cancel = clock.after(Math.min(quiet, left), () => {
			complete(batch);
		});
	};

	const join = (change: Change, settle: (answer: WriteAnswer) => void) => {
		const key = objectKey(change.cluster, change.object);
		const known = open.get(key);
		if (known === undefined) {
			const batch: OpenBatch = {
				key,
				cluster: change.cluster,
				members: [{change, settle}],
				openedAt: clock.now(),
				since: 0,
				isReady: false,
				cancel: undefined,
			};
			open.set(key, batch);
			startTimer(batch);
			return;
		}

		known.members.push({change, settle});
		if (known.isReady) {
			return;
		}

		known.cancel?.();
		startTimer(known);
	};

	return {
		async add(change) {
			return new Promise((resolve) => {
				join(change, resolve);
			});
		},
		take(cluster) {
			const batch = next(cluster);
			if (batch !== undefined) {
				open.delete(batch.key);
				underWay.add(batch.key);
			}

			return batch;
		},
		oldest: (cluster) => next(cluster)?.since,
		finish(batch) {
			underWay.delete(batch.key);
			onReady(batch.cluster);
		},
	};
};
