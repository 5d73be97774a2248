import {createQueueEntries, type QueueEntry} from './queue-entries.js';
import {
	type Crowd,
	type ItemOutcome,
	type ItemStatus,
	type Queue,
	type QueueItem,
	type QueueOptions,
} from './queue-item.js';

export type {
	Crowd,
	ItemOutcome,
	ItemStatus,
	Queue,
	QueueItem,
	QueueOptions,
} from './queue-item.js';

// A failing item that was touched while it ran does not wait longer than this.
const longestImpatience = 1000;

export const createQueue = <Item extends QueueItem>(
	options: QueueOptions<Item>,
): Queue<Item> => {
	const {clock, workers = 256, firstDelay = 5} = options;
	const longestDelay = options.longestDelay ?? 1_000_000;
	const entries = createQueueEntries<Item>({
		clock,
		onDue(entry) {
			makeReady(entry);
			changed();
			pump();
		},
	});
	const ready = new Set<QueueEntry<Item>>();
	const held = new Set<QueueEntry<Item>>();
	const paused = new Set<string>();
	let isAllPaused = false;
	let isStopped = false;
	let running = 0;
	const idleListeners: Array<() => void> = [];

	const isHeld = (namespace: string): boolean =>
		isAllPaused || paused.has(namespace);

	const changed = () => {
		options.onChange?.();
	};

	const makeReady = (entry: QueueEntry<Item>) => {
		entries.unwait(entry);
		entry.state = 'queued';
		(isHeld(entry.item.namespace) ? held : ready).add(entry);
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
				entries.setRetries(entry, 0);
				entries.setStuck(entry, 0);
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
				entries.setRetries(entry, entry.retries + 1);
				entries.setStuck(entry, outcome.isStuck === true ? entry.stuck + 1 : 0);
				entry.lastError = outcome.error;
				break;
			}
		}

		const {again} = entry;
		entry.again = undefined;
		if (again !== undefined) {
			if (outcome.state === 'failed') {
				// Its own writes may be what touched it: news shortens the delay, but must not make a busy loop.
				entries.wait(entry, Math.min(delay ?? 0, longestImpatience));
			} else if (again === 'at-once') {
				makeReady(entry);
			} else {
				entries.waitForQuiet(entry, again);
			}
		} else if (delay !== undefined) {
			entries.wait(entry, delay);
		} else if (entry.lastError === undefined) {
			entries.delete(entry);
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

		const entry = entries.findOrAdd(item);
		if (entry.state === 'queued') {
			return;
		}

		if (entry.state === 'running') {
			entry.again = 'at-once';
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

		const entry = entries.findOrAdd(item);
		if (!(entry.state === 'idle' || entry.state === 'waiting')) {
			return;
		}

		entries.wait(entry, milliseconds);
		changed();
	};

	const addWhenQuiet = (item: Item, crowd: Crowd) => {
		const known = entries.find(item.key);
		const isRetried = known?.state === 'waiting' && known.retries > 0;
		if (isStopped || isRetried || known?.state === 'queued') {
			add(item);
			return;
		}

		const entry = entries.findOrAdd(item);
		if (entry.state === 'running') {
			entry.again ??= crowd;
			return;
		}

		entries.waitForQuiet(entry, crowd);
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
		for (const entry of entries.all()) {
			entries.unwait(entry);
			entries.setRetries(entry, 0);
			entries.setStuck(entry, 0);
			entry.again = undefined;
			if (entry.state === 'running') {
				continue;
			}

			entry.state = 'idle';
			entries.delete(entry);
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
		status: () => Array.from(entries.all(), (entry) => statusOf(entry)),
		counts: () => ({
			queued: ready.size + held.size,
			running,
			waiting: entries.waiting(),
			failing: entries.failing(),
		}),
		isSettled: () =>
			ready.size + held.size + running === 0 && !entries.isRestless(),
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
