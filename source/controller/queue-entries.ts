import {type Cancel, type Clock} from './clock.js';
import {type Crowd, type QueueItem} from './queue-item.js';

/**
What a queue remembers of an item.
*/
export type QueueEntry<Item> = {
	item: Item;
	state: 'queued' | 'running' | 'waiting' | 'idle';
	/**
	That it was added while it ran: to be run again at once, or when the crowd is quiet.
	*/
	again: Crowd | 'at-once' | undefined;
	retries: number;
	/**
	Attempts in a row that were stuck.
	*/
	stuck: number;
	lastError: string | undefined;
	nextTry: number | undefined;
	/**
	Since when it waits for quiet.
	*/
	restlessSince: number | undefined;
	cancel: Cancel | undefined;
};

/**
The entries of a queue with their timers, counted as they change.
*/
export type QueueEntries<Item> = {
	find(key: string): QueueEntry<Item> | undefined;
	findOrAdd(item: Item): QueueEntry<Item>;
	all(): Iterable<QueueEntry<Item>>;
	delete(entry: QueueEntry<Item>): void;
	/**
	Calls `onDue` for it after so many milliseconds, or earlier when it was due earlier.
	*/
	wait(entry: QueueEntry<Item>, milliseconds: number): void;
	/**
	Calls `onDue` for it when the crowd is quiet; a periodic look that is due earlier stays.
	*/
	waitForQuiet(entry: QueueEntry<Item>, crowd: Crowd): void;
	/**
	Takes its timer away.
	*/
	unwait(entry: QueueEntry<Item>): void;
	setRetries(entry: QueueEntry<Item>, retries: number): void;
	setStuck(entry: QueueEntry<Item>, count: number): void;
	waiting(): number;
	failing(): number;
	/**
	Whether one waits for quiet, or fails and may still succeed by itself.
	*/
	isRestless(): boolean;
};

// So many stuck attempts in a row, about a second of them, count as settled: waiting longer changes nothing.
const attemptsUntilGivenUp = 8;

export const createQueueEntries = <Item extends QueueItem>({
	clock,
	onDue,
}: {
	readonly clock: Clock;
	onDue(entry: QueueEntry<Item>): void;
}): QueueEntries<Item> => {
	const entries = new Map<string, QueueEntry<Item>>();
	let waiting = 0;
	let failing = 0;
	let givenUp = 0;
	let restless = 0;

	const unwait = (entry: QueueEntry<Item>) => {
		if (entry.state === 'waiting') {
			waiting--;
		}

		entry.cancel?.();
		entry.cancel = undefined;
		entry.nextTry = undefined;
		restless -= Number(entry.restlessSince !== undefined);
		entry.restlessSince = undefined;
	};

	const wait = (entry: QueueEntry<Item>, milliseconds: number) => {
		const due = clock.now() + milliseconds;
		if (entry.state === 'waiting' && (entry.nextTry ?? due) <= due) {
			return;
		}

		unwait(entry);
		entry.state = 'waiting';
		entry.nextTry = due;
		waiting++;
		entry.cancel = clock.after(milliseconds, () => {
			onDue(entry);
		});
	};

	return {
		find: (key) => entries.get(key),
		findOrAdd(item) {
			const known = entries.get(item.key);
			if (known !== undefined) {
				known.item = item;
				return known;
			}

			const entry: QueueEntry<Item> = {
				item,
				state: 'idle',
				again: undefined,
				retries: 0,
				stuck: 0,
				lastError: undefined,
				nextTry: undefined,
				restlessSince: undefined,
				cancel: undefined,
			};
			entries.set(item.key, entry);
			return entry;
		},
		all: () => entries.values(),
		delete(entry) {
			entries.delete(entry.item.key);
		},
		wait,
		waitForQuiet(entry, {quiet, longest}) {
			const now = clock.now();
			const since = entry.restlessSince ?? now;
			const due = Math.min(now + quiet, since + longest);
			const isPeriodic =
				entry.state === 'waiting' && entry.restlessSince === undefined;
			if (isPeriodic && (entry.nextTry ?? due) <= due) {
				return;
			}

			unwait(entry);
			entry.state = 'idle';
			wait(entry, due - now);
			entry.restlessSince = since;
			restless++;
		},
		unwait,
		setRetries(entry, retries) {
			failing += Number(retries > 0) - Number(entry.retries > 0);
			entry.retries = retries;
		},
		setStuck(entry, count) {
			givenUp +=
				Number(count >= attemptsUntilGivenUp) -
				Number(entry.stuck >= attemptsUntilGivenUp);
			entry.stuck = count;
		},
		waiting: () => waiting,
		failing: () => failing,
		isRestless: () => restless > 0 || failing !== givenUp,
	};
};
