import {describe, expect, it} from 'vitest';
import {
	createLease,
	type Lease,
	type LeaseState,
} from '../../source/controller/lease.js';
import {type Clock} from '../../source/controller/clock.js';
import {createFakeClock, type FakeClock} from './fake-clock.js';
import {createFakeServer, type FakeServer} from './fake-server.js';

const build = () => {
	const clock = createFakeClock();
	const server = createFakeServer({clock});
	return {clock, server};
};

const candidate = (
	server: FakeServer,
	clock: Clock,
	identity: string,
): {lease: Lease; states: LeaseState[]} => {
	const states: LeaseState[] = [];
	const lease = createLease({
		writer: server.writer,
		reader: server.reader,
		clock,
		namespace: 'liqo',
		name: 'liqoscope',
		identity,
		duration: 30_000,
		onChange(state) {
			states.push(state);
		},
	});
	return {lease, states};
};

const held = (server: FakeServer) =>
	server.get('home', 'Lease', 'liqo', 'liqoscope').spec;

/**
The same passing of time, told with a wrong offset.
*/
const skewed = (clock: FakeClock, milliseconds: number): Clock => ({
	now: () => clock.now() + milliseconds,
	after: clock.after,
});

describe('lease', () => {
	it('is created by the first, and kept', async () => {
		const {clock, server} = build();
		const {lease, states} = candidate(server, clock, 'a');
		expect(lease.canWrite()).toBe(false);
		lease.start();
		await clock.advance(600_000);
		expect(states).toEqual([{state: 'leading', token: 0}]);
		expect(lease.canWrite()).toBe(true);
		expect(held(server)).toMatchObject({
			holderIdentity: 'a',
			leaseDurationSeconds: 30,
			leaseTransitions: 0,
		});
		// Renewed every five seconds, not more often.
		expect(server.writes.length).toBeLessThanOrEqual(121);
	});

	it('is held by one of two at any moment', async () => {
		const {clock, server} = build();
		const a = candidate(server, clock, 'a');
		const b = candidate(server, clock, 'b');
		a.lease.start();
		b.lease.start();
		for (let second = 0; second < 300; second++) {
			await clock.advance(1000);
			expect(Number(a.lease.canWrite()) + Number(b.lease.canWrite())).toBe(1);
		}

		expect([...b.states, ...a.states]).toContainEqual({
			state: 'standby',
			holder: held(server).holderIdentity,
		});
	});

	it('is handed over at once when released', async () => {
		const {clock, server} = build();
		const a = candidate(server, clock, 'a');
		const b = candidate(server, clock, 'b');
		a.lease.start();
		await clock.advance(1000);
		b.lease.start();
		await clock.advance(1000);
		const releasing = a.lease.release();
		await clock.advance(6000);
		await releasing;
		expect(a.lease.canWrite()).toBe(false);
		expect(b.lease.canWrite()).toBe(true);
		expect(b.lease.state()).toEqual({state: 'leading', token: 1});
	});

	it('is taken over from a holder that died, not before its duration is over', async () => {
		const {clock, server} = build();
		const a = candidate(server, clock, 'a');
		const b = candidate(server, clock, 'b');
		a.lease.start();
		await clock.advance(7000);
		// From now on nothing of a arrives any more.
		server.fault = (change) =>
			JSON.stringify(change.body).includes('"holderIdentity":"a"')
				? {kind: 'hang'}
				: undefined;
		b.lease.start();
		const startedAt = clock.now();
		let lostAt = 0;
		let takenAt = 0;
		while (takenAt === 0 && clock.now() < startedAt + 120_000) {
			await clock.advance(100);
			lostAt ||= a.lease.canWrite() ? 0 : clock.now();
			takenAt ||= b.lease.canWrite() ? clock.now() : 0;
			expect(a.lease.canWrite() && b.lease.canWrite()).toBe(false);
		}

		expect(takenAt - startedAt).toBeGreaterThanOrEqual(30_000);
		expect(takenAt - startedAt).toBeLessThanOrEqual(36_000);
		// A margin for what is under way.
		expect(takenAt - lostAt).toBeGreaterThan(9000);
		expect(a.states.at(-1)).toMatchObject({state: 'standby'});
	});

	it.each([-86_400_000, -60_000, 60_000, 86_400_000])(
		'does not mind clocks that differ by %i ms',
		async (skew) => {
			const {clock, server} = build();
			const a = candidate(server, clock, 'a');
			const b = candidate(server, skewed(clock, skew), 'b');
			a.lease.start();
			await clock.advance(1000);
			b.lease.start();
			for (let second = 0; second < 120; second++) {
				await clock.advance(1000);
				expect(a.lease.canWrite()).toBe(true);
				expect(b.lease.canWrite()).toBe(false);
			}
		},
	);

	it('may not write after the process slept through it, before any timer fires', async () => {
		const {clock, server} = build();
		const {lease} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(1000);
		clock.set(clock.now() + 25_000);
		expect(lease.canWrite()).toBe(false);
	});

	it('survives short trouble with the API server', async () => {
		const {clock, server} = build();
		const {lease, states} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(1000);
		server.fault = () => ({kind: 'refuse', status: 500});
		await clock.advance(12_000);
		expect(lease.canWrite()).toBe(true);
		server.fault = () => undefined;
		await clock.advance(60_000);
		expect(states).toEqual([{state: 'leading', token: 0}]);
	});

	it('is lost when the trouble lasts, and found again', async () => {
		const {clock, server} = build();
		const {lease, states} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(1000);
		server.fault = () => ({
			kind: 'refuse',
			status: 500,
			message: 'etcd is away',
		});
		await clock.advance(60_000);
		expect(lease.canWrite()).toBe(false);
		expect(states.at(-1)).toEqual({state: 'standby', problem: 'etcd is away'});
		server.fault = () => undefined;
		await clock.advance(10_000);
		expect(lease.canWrite()).toBe(true);
	});

	it('stays ours when the answer to a renewal is lost', async () => {
		const {clock, server} = build();
		const {lease, states} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(1000);
		let lost = 0;
		server.fault = () => (lost++ === 0 ? {kind: 'lose-answer'} : undefined);
		await clock.advance(120_000);
		expect(lease.canWrite()).toBe(true);
		expect(states).toEqual([{state: 'leading', token: 0}]);
	});

	it('is given up the moment another holder is seen', async () => {
		const {clock, server} = build();
		const {lease} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(1000);
		server.merge('home', 'Lease', 'liqo', 'liqoscope', {
			spec: {holderIdentity: 'somebody'},
		});
		await clock.advance(5500);
		expect(lease.canWrite()).toBe(false);
		expect(lease.state()).toEqual({state: 'standby', holder: 'somebody'});
	});

	it('waits for a lease it may not read, and says why', async () => {
		const {clock, server} = build();
		server.reader.read = async () => ({
			state: 'failed',
			message: 'leases is forbidden',
		});
		const {lease} = candidate(server, clock, 'a');
		lease.start();
		await clock.advance(60_000);
		expect(lease.state()).toEqual({
			state: 'standby',
			problem: 'leases is forbidden',
		});
	});

	it('does not write when it is released without having been held', async () => {
		const {clock, server} = build();
		const a = candidate(server, clock, 'a');
		const b = candidate(server, clock, 'b');
		a.lease.start();
		await clock.advance(1000);
		b.lease.start();
		await clock.advance(1000);
		const count = server.writes.length;
		await b.lease.release();
		expect(server.writes).toHaveLength(count);
		expect(held(server).holderIdentity).toBe('a');
	});
});
