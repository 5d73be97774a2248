import {
	type ItemOutcome,
	type ItemStatus,
	type Queue,
	type QueueEntry,
	type QueueItem,
	type QueueOptions,
} from './queue-item.js';

export type {
	ItemOutcome,
	ItemStatus,
	Queue,
	QueueItem,
	QueueOptions,
} from './queue-item.js';

// A failing item that was touched while it ran does not wait longer than this.
const longestImpatience = 1000;

// So many stuck attempts in a row, about a second of them, count as settled: waiting longer changes nothing.
const attemptsUntilGivenUp = 8;

export const createQueue = <Item extends QueueItem>(
	options: QueueOptions<Item>,
): Queue<Item> => {
	const {clock, workers = 256, firstDelay = 5} = options;
	const longestDelay = options.longestDelay ?? 1_000_000;
	const entries = new Map<string, QueueEntry<Item>>();
	const ready = new Set<QueueEntry<Item>>();
	const held = new Set<QueueEntry<Item>>();
	const paused = new Set<string>();
	let isAllPaused = false;
	let isStopped = false;
	let running = 0;
	let waiting = 0;
	let failing = 0;
	let givenUp = 0;
	let restless = 0;
	const idleListeners: Array<() => void> = [];

	const isHeld = (namespace: string): boolean =>
		isAllPaused || paused.has(namespace);

	const changed = () => {
		options.onChange?.();
	};

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

	const setRetries = (entry: QueueEntry<Item>, retries: number) => {
		failing += Number(retries > 0) - Number(entry.retries > 0);
		entry.retries = retries;
	};

	const setStuck = (entry: QueueEntry<Item>, count: number) => {
		givenUp +=
			Number(count >= attemptsUntilGivenUp) -
			Number(entry.stuck >= attemptsUntilGivenUp);
		entry.stuck = count;
	};

	const makeReady = (entry: QueueEntry<Item>) => {
		unwait(entry);
		entry.state = 'queued';
		(isHeld(entry.item.namespace) ? held : ready).add(entry);
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
			makeReady(entry);
			changed();
			pump();
		});
	};

	const delayOf = (retries: number): number => {
		const factor = 2 ** Math.min(retries, 60);
		return Math.min(firstDelay * factor, longestDelay);
	};

	const finish = (entry: QueueEntry<Item>, outcome: ItemOutcome) => {
		running--;
		entry.state = 'idle';
		let delay: number | undefined;
		switch (outcome.state) {
			case 'done': {
				setRetries(entry, 0);
				setStuck(entry, 0);
				entry.lastError = undefined;
				delay = outcome.requeueAfter;
				break;
			}

			case 'waiting': {
				delay = outcome.requeueAfter;
				break;
			}

			case 'failed': {
				delay = Math.max(delayOf(entry.retries), outcome.retryAfter ?? 0);
				setRetries(entry, entry.retries + 1);
				setStuck(entry, outcome.isStuck === true ? entry.stuck + 1 : 0);
				entry.lastError = outcome.error;
				break;
			}
		}

		if (entry.isDirty) {
			entry.isDirty = false;
			if (outcome.state === 'failed') {
				// Its own writes may be what touched it: news shortens the delay, but must not make a busy loop.
				wait(entry, Math.min(delay ?? 0, longestImpatience));
			} else {
				makeReady(entry);
			}
		} else if (delay !== undefined) {
			wait(entry, delay);
		} else if (entry.lastError === undefined) {
			entries.delete(entry.item.key);
		}

		changed();
		pump();
		if (running === 0) {
			for (const listener of idleListeners.splice(0)) {
				listener();
			}
		}
	};

	const run = async (entry: QueueEntry<Item>) => {
		let outcome: ItemOutcome;
		try {
			outcome = await options.process(entry.item);
		} catch (error) {
			// A programmer's error in one object must not stop the others.
			outcome = {state: 'failed', error: String(error)};
		}

		finish(entry, outcome);
	};

	const pump = () => {
		for (const entry of ready) {
			if (isStopped || running >= workers || options.canStart?.() === false) {
				return;
			}

			ready.delete(entry);
			entry.state = 'running';
			running++;
			changed();
			void run(entry);
		}
	};

	const entryOf = (item: Item): QueueEntry<Item> => {
		const known = entries.get(item.key);
		if (known !== undefined) {
			known.item = item;
			return known;
		}

		const entry: QueueEntry<Item> = {
			item,
			state: 'idle',
			isDirty: false,
			retries: 0,
			stuck: 0,
			lastError: undefined,
			nextTry: undefined,
			restlessSince: undefined,
			cancel: undefined,
		};
		entries.set(item.key, entry);
		return entry;
	};

	const moveHeld = () => {
		for (const entry of [...ready, ...held]) {
			const isNowHeld = isHeld(entry.item.namespace);
			(isNowHeld ? ready : held).delete(entry);
			(isNowHeld ? held : ready).add(entry);
		}

		changed();
		pump();
	};

	const add = (item: Item) => {
		if (isStopped) {
			return;
		}

		const entry = entryOf(item);
		if (entry.state === 'queued') {
			return;
		}

		if (entry.state === 'running') {
			entry.isDirty = true;
			return;
		}

		makeReady(entry);
		changed();
		pump();
	};

	const addAfter = (item: Item, milliseconds: number) => {
		if (isStopped) {
			return;
		}

		const entry = entryOf(item);
		if (!(entry.state === 'idle' || entry.state === 'waiting')) {
			return;
		}

		wait(entry, milliseconds);
		changed();
	};

	const addWhenQuiet = (item: Item, quiet: number, longest: number) => {
		const known = entries.get(item.key);
		if (known?.state === 'running' || known?.state === 'queued') {
			add(item);
			return;
		}

		if (isStopped || (known?.state === 'waiting' && known.retries > 0)) {
			add(item);
			return;
		}

		const entry = entryOf(item);
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
		changed();
	};

	const statusOf = (entry: QueueEntry<Item>): ItemStatus<Item> => ({
		item: entry.item,
		state: held.has(entry) ? 'paused' : entry.state,
		retries: entry.retries,
		...(entry.lastError !== undefined && {lastError: entry.lastError}),
		...(entry.nextTry !== undefined && {nextTry: entry.nextTry}),
	});

	const clear = () => {
		for (const [key, entry] of entries) {
			unwait(entry);
			setRetries(entry, 0);
			setStuck(entry, 0);
			entry.isDirty = false;
			if (entry.state === 'running') {
				continue;
			}

			entry.state = 'idle';
			entries.delete(key);
		}

		ready.clear();
		held.clear();
		changed();
	};

	return {
		add,
		addAfter,
		addWhenQuiet,
		pause(namespace) {
			if (namespace === undefined) {
				isAllPaused = true;
			} else {
				paused.add(namespace);
			}

			moveHeld();
		},
		resume(namespace) {
			if (namespace === undefined) {
				isAllPaused = false;
			} else {
				paused.delete(namespace);
			}

			moveHeld();
		},
		isPaused: (namespace) =>
			namespace === undefined ? isAllPaused : isHeld(namespace),
		pausedNamespaces: () => [...paused],
		status: () =>
			entries
				.values()
				.map((entry) => statusOf(entry))
				.toArray(),
		counts: () => ({queued: ready.size + held.size, running, waiting, failing}),
		isSettled: () =>
			ready.size + held.size + running + restless === 0 && failing === givenUp,
		kick() {
			pump();
		},
		clear,
		async stop() {
			isStopped = true;
			clear();
			if (running > 0) {
				await new Promise<void>((resolve) => {
					idleListeners.push(resolve);
				});
			}
		},
	};
};
