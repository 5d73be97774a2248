import {describe, expect, it} from 'vitest';
import {createController} from '../../source/controller/controller.js';
import {type Writer} from '../../source/controller/writer.js';
import {createFakeClock} from './fake-clock.js';
import {fakeOffloading} from './fake-reconciler.js';
import {createFakeServer, type FakeServer} from './fake-server.js';
import {createMortalWriter} from './mortal-writer.js';
import {map, offload, stateOf} from './objects.js';

const start = (
	server: FakeServer,
	clock: ReturnType<typeof createFakeClock>,
	writer: Writer,
	isDead: () => boolean,
) => {
	const controller = createController({
		store: server.store,
		writer,
		clock,
		rules: 'corrected',
		reconcilers: [fakeOffloading],
		canWrite: () => !isDead(),
	});
	controller.lead();
	return controller;
};

const life = async (
	deathAt: number,
	moment: 'before' | 'after',
): Promise<{states: string[]; writes: number; deaths: number}> => {
	const clock = createFakeClock();
	const server = createFakeServer({clock});
	for (const cluster of ['milan', 'turin']) {
		server.put('home', map(cluster));
	}

	const states: string[] = [];
	const process = createMortalWriter(server.writer, deathAt, moment);
	let controller = start(server, clock, process.writer, process.isDead);
	let deaths = 0;
	const pass = async () => {
		await clock.advance(2000);
		if (deaths === 0 && process.isDead()) {
			deaths++;
			controller.follow();
			controller = start(server, clock, server.writer, () => false);
			await clock.advance(2000);
		}

		expect(controller.isSettled()).toBe(true);
		states.push(stateOf(server));
	};

	offload(server, 'shop');
	offload(server, 'bank');
	await pass();
	server.put('home', map('rome'));
	server.merge('home', 'NamespaceOffloading', 'shop', 'offloading', {
		metadata: {labels: {touched: 'yes'}},
	});
	await pass();
	server.delete('home', 'NamespaceOffloading', 'shop', 'offloading');
	await pass();
	server.delete('home', 'NamespaceOffloading', 'bank', 'offloading');
	await pass();
	expect(server.list('home', 'NamespaceOffloading')).toEqual([]);
	return {states, writes: server.writes.length, deaths};
};

describe('crash', () => {
	it('ends in the same state whenever the process is killed', async () => {
		const undisturbed = await life(0, 'before');
		expect(undisturbed.deaths).toBe(0);
		expect(undisturbed.writes).toBeGreaterThan(12);
		for (let deathAt = 1; deathAt <= undisturbed.writes; deathAt++) {
			for (const moment of ['before', 'after'] as const) {
				const {states, deaths} = await life(deathAt, moment);
				expect(deaths, `${moment} write ${deathAt}`).toBe(1);
				expect(states, `${moment} write ${deathAt}`).toEqual(
					undisturbed.states,
				);
			}
		}
	});
});
