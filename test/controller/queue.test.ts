import {describe, expect, it} from 'vitest';
import {
	createQueue,
	type ItemOutcome,
	type QueueItem,
} from '../../source/controller/queue.js';
import {createFakeClock} from './fake-clock.js';

const item = (name: string, namespace = 'shop'): QueueItem => ({
	key: `${namespace}/${name}`,
	namespace,
});

const done: ItemOutcome = {state: 'done'};

const build = (
	process: (item: QueueItem) => Promise<ItemOutcome>,
	options: {workers?: number; longestDelay?: number} = {},
) => {
	const clock = createFakeClock();
	const queue = createQueue({clock, process, ...options});
	return {clock, queue};
};

const buildGated = (workers?: number) => {
	const started: string[] = [];
	const gates: Array<(outcome: ItemOutcome) => void> = [];
	const {clock, queue} = build(
		async ({key}) => {
			started.push(key);
			return new Promise((resolve) => {
				gates.push(resolve);
			});
		},
		{workers},
	);
	return {clock, queue, started, gates};
};

describe('queue', () => {
	it('runs an item that is added many times while queued only once', async () => {
		const {clock, queue, started, gates} = buildGated(1);
		queue.add(item('blocker'));
		queue.add(item('a'));
		queue.add(item('a'));
		queue.add(item('a'));
		gates[0]!(done);
		await clock.settle();
		gates[1]!(done);
		await clock.settle();
		expect(started).toEqual(['shop/blocker', 'shop/a']);
		expect(queue.isSettled()).toBe(true);
		expect(queue.status()).toEqual([]);
	});

	it('runs an item once more when it was added while it ran, never twice at a time', async () => {
		const {clock, queue, started, gates} = buildGated();
		queue.add(item('a'));
		queue.add(item('a'));
		queue.add(item('a'));
		expect(started).toHaveLength(1);
		gates[0]!(done);
		await clock.settle();
		expect(started).toHaveLength(2);
		gates[1]!(done);
		await clock.settle();
		expect(started).toHaveLength(2);
	});

	it('keeps to the number of workers', async () => {
		const {clock, queue, started, gates} = buildGated(2);
		for (const name of ['a', 'b', 'c', 'd']) {
			queue.add(item(name));
		}

		expect(started).toHaveLength(2);
		expect(queue.counts()).toMatchObject({queued: 2, running: 2});
		gates[0]!(done);
		await clock.settle();
		expect(started).toEqual(['shop/a', 'shop/b', 'shop/c']);
	});

	it('retries after 5 ms, doubling up to the cap, and starts over after a success', async () => {
		const times: number[] = [];
		let isFailing = true;
		const {clock, queue} = build(
			async () => {
				times.push(clock.now());
				return isFailing ? {state: 'failed', error: 'no'} : done;
			},
			{longestDelay: 40},
		);
		queue.add(item('a'));
		await clock.advance(5 + 10 + 20 + 40 + 40);
		const gaps = times.slice(1).map((time, index) => time - times[index]!);
		expect(gaps).toEqual([5, 10, 20, 40, 40]);
		isFailing = false;
		await clock.advance(40);
		expect(queue.status()).toEqual([]);
		isFailing = true;
		queue.add(item('a'));
		await clock.advance(5);
		expect(times.at(-1)! - times.at(-2)!).toBe(5);
	});

	it('caps the delay at 1000 s unless told otherwise', async () => {
		const {clock, queue} = build(async () => ({state: 'failed', error: 'no'}));
		queue.add(item('a'));
		await clock.advance(10_000_000);
		const [status] = queue.status();
		expect(status!.retries).toBeGreaterThan(18);
		expect(status!.nextTry! - clock.now()).toBeLessThanOrEqual(1_000_000);
	});

	it('waits at least as long as the server asked', async () => {
		const {clock, queue} = build(async () => ({
			state: 'failed',
			error: 'slow down',
			retryAfter: 3000,
		}));
		queue.add(item('a'));
		await clock.settle();
		expect(queue.status()[0]!.nextTry).toBe(clock.now() + 3000);
	});

	it('says per object what happened and what comes', async () => {
		const {clock, queue} = build(async ({key}) =>
			key === 'shop/bad'
				? {state: 'failed', error: 'refused'}
				: {state: 'done', requeueAfter: 10_000},
		);
		queue.add(item('bad'));
		queue.add(item('good'));
		await clock.settle();
		expect(queue.status()).toEqual([
			{
				item: item('bad'),
				state: 'waiting',
				retries: 1,
				lastError: 'refused',
				nextTry: clock.now() + 5,
			},
			{
				item: item('good'),
				state: 'waiting',
				retries: 0,
				nextTry: clock.now() + 10_000,
			},
		]);
		expect(queue.isSettled()).toBe(false);
	});

	it('is settled when only periodic looks are left', async () => {
		const {clock, queue} = build(async () => ({
			state: 'done',
			requeueAfter: 10_000,
		}));
		queue.add(item('a'));
		await clock.settle();
		expect(queue.isSettled()).toBe(true);
	});

	it('runs a waiting item at once when it is added', async () => {
		let runs = 0;
		const {clock, queue} = build(async () => {
			runs++;
			return {state: 'done', requeueAfter: 10_000};
		});
		queue.add(item('a'));
		await clock.settle();
		queue.add(item('a'));
		await clock.settle();
		expect(runs).toBe(2);
		expect(clock.pending()).toBe(1);
	});

	it('keeps the earlier of two delays', async () => {
		let runs = 0;
		const {clock, queue} = build(async () => {
			runs++;
			return done;
		});
		queue.addAfter(item('a'), 100);
		queue.addAfter(item('a'), 5000);
		queue.addAfter(item('b'), 5000);
		queue.addAfter(item('b'), 100);
		await clock.advance(100);
		expect(runs).toBe(2);
		await clock.advance(10_000);
		expect(runs).toBe(2);
	});

	it('does not loop when a failing item touches itself', async () => {
		let runs = 0;
		const {clock, queue} = build(async (own) => {
			runs++;
			queue.add(own);
			return {state: 'failed', error: 'no'};
		});
		queue.add(item('a'));
		await clock.advance(60_000);
		expect(runs).toBeGreaterThan(50);
		expect(runs).toBeLessThan(80);
	});

	it('holds one namespace while the others run', async () => {
		const runs: string[] = [];
		const {clock, queue} = build(async ({key}) => {
			runs.push(key);
			return done;
		});
		queue.pause('shop');
		queue.add(item('a', 'shop'));
		queue.add(item('a', 'bank'));
		await clock.settle();
		expect(runs).toEqual(['bank/a']);
		expect(queue.status()).toMatchObject([{state: 'paused'}]);
		expect(queue.isSettled()).toBe(false);
		expect(queue.pausedNamespaces()).toEqual(['shop']);
		queue.resume('shop');
		await clock.settle();
		expect(runs).toEqual(['bank/a', 'shop/a']);
	});

	it('holds everything, and a namespace stays held when only all is resumed', async () => {
		const runs: string[] = [];
		const {clock, queue} = build(async ({key}) => {
			runs.push(key);
			return done;
		});
		queue.pause();
		queue.pause('shop');
		queue.add(item('a', 'shop'));
		queue.add(item('a', 'bank'));
		await clock.settle();
		expect(runs).toEqual([]);
		queue.resume();
		await clock.settle();
		expect(runs).toEqual(['bank/a']);
	});

	it('holds an item whose delay ends while it is paused', async () => {
		let runs = 0;
		const {clock, queue} = build(async () => {
			runs++;
			return done;
		});
		queue.addAfter(item('a'), 100);
		queue.pause('shop');
		await clock.advance(1000);
		expect(runs).toBe(0);
		queue.resume('shop');
		await clock.settle();
		expect(runs).toBe(1);
	});

	it('survives a process that throws', async () => {
		const {clock, queue} = build(async () => {
			throw new Error('bug');
		});
		queue.add(item('a'));
		await clock.settle();
		expect(queue.status()[0]!.lastError).toBe('Error: bug');
	});

	it('finishes what runs before it has stopped, and starts nothing more', async () => {
		const {clock, queue, started, gates} = buildGated(1);
		queue.add(item('a'));
		queue.add(item('b'));
		let isStopped = false;
		const stopping = queue.stop().then(() => {
			isStopped = true;
		});
		await clock.settle();
		expect(isStopped).toBe(false);
		gates[0]!({state: 'done', requeueAfter: 5});
		await stopping;
		await clock.advance(1000);
		expect(started).toEqual(['shop/a']);
	});
});

describe('queue in a crowd', () => {
	it('waits until the crowd is quiet, and no longer than asked', async () => {
		const times: number[] = [];
		const {clock, queue} = build(async () => {
			times.push(clock.now());
			return done;
		});
		const startedAt = clock.now();
		for (let index = 0; index < 5; index++) {
			queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
			await clock.advance(100);
		}

		expect(times).toEqual([]);
		expect(queue.isSettled()).toBe(false);
		await clock.advance(100);
		expect(times).toEqual([startedAt + 600]);
		expect(queue.isSettled()).toBe(true);
		const again = clock.now();
		for (let index = 0; index < 25; index++) {
			queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
			await clock.advance(100);
		}

		expect(times[1]).toBe(again + 2000);
	});

	it('does not hold back what is due or asked for at once', async () => {
		let runs = 0;
		const {clock, queue} = build(async () => {
			runs++;
			return done;
		});
		queue.addAfter(item('a'), 50);
		queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
		await clock.advance(50);
		expect(runs).toBe(1);
		queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
		queue.add(item('a'));
		await clock.settle();
		expect(runs).toBe(2);
		await clock.advance(5000);
		expect(runs).toBe(2);
		expect(queue.isSettled()).toBe(true);
	});

	it('waits for the crowd again when it grew while the item ran', async () => {
		const {clock, queue, started, gates} = buildGated();
		queue.add(item('a'));
		queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
		gates[0]!(done);
		await clock.settle();
		expect(started).toHaveLength(1);
		expect(queue.isSettled()).toBe(false);
		await clock.advance(200);
		expect(started).toHaveLength(2);
		queue.addWhenQuiet(item('a'), {quiet: 200, longest: 2000});
		queue.add(item('a'));
		gates[1]!(done);
		await clock.settle();
		expect(started).toHaveLength(3);
	});
});
