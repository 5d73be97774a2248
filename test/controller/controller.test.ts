import {describe, expect, it} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {generationById} from '../../source/core/generations/index.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import {
	type Reconciler,
	type ReconcileContext,
	type ReconcileResult,
} from '../../source/core/reconcilers/reconciler.js';
import {
	type ControllerOptions,
	createController,
	type Pass,
} from '../../source/controller/controller.js';
import {createTakeoverGuard} from '../../source/controller/takeover-guard.js';
import {createFakeClock} from './fake-clock.js';
import {fakeOffloading} from './fake-reconciler.js';
import {createFakeServer, type FakeServer} from './fake-server.js';
import {map, namespace, offload} from './objects.js';

const build = (
	options: Partial<ControllerOptions> = {},
	providers: string[] = [],
) => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, providers});
	const passes: Pass[] = [];
	const controller = createController({
		store: server.store,
		writer: server.writer,
		clock,
		rules: 'corrected',
		reconcilers: [fakeOffloading],
		onPass(pass) {
			passes.push(pass);
		},
		...options,
	});
	return {clock, server, controller, passes};
};

const kindsOf = (changes: readonly Change[]) =>
	changes.map(
		({object, reason}) => `${object.kind} ${reason.split(' ', 1)[0]}`,
	);

/**
A reconciler with one request, for what the relative of Liqo's does not do.
*/
const single = (
	reconcile: (context: ReconcileContext) => ReconcileResult,
): Reconciler => ({
	id: 'single',
	title: 'single',
	requests: () => [{cluster: 'home', namespace: 'shop', name: 'x'}],
	requestsFor: () => [],
	reconcile: (_request, _world, context) => reconcile(context),
});

const createNamespace = (cluster: string, name: string): Change => ({
	cluster,
	verb: 'create',
	object: {apiVersion: 'v1', kind: 'Namespace', name},
	body: namespace(name),
	reason: `twin ${name}`,
});

describe('controller', () => {
	it('brings an offloading to its end state and then writes nothing more', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		offload(server, 'shop');
		controller.lead();
		await clock.advance(1000);
		expect(kindsOf(server.writes)).toEqual([
			'NamespaceOffloading finalizer',
			'NamespaceMap entry',
			'Namespace label',
			'NamespaceOffloading status',
		]);
		expect(
			server.get('home', 'NamespaceMap', 'liqo-tenant-milan', 'milan').spec,
		).toEqual({desiredMapping: {shop: 'shop-x'}});
		expect(controller.isSettled()).toBe(true);
		await clock.advance(3_600_000);
		expect(server.writes).toHaveLength(4);
	});

	it('does not repeat a write whose echo is late', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		offload(server, 'shop');
		await clock.settle();
		server.echo = 2000;
		controller.lead();
		await clock.advance(60_000);
		expect(server.asked).toHaveLength(4);
		expect(controller.isSettled()).toBe(true);
	});

	it('is not settled while an echo is missing', async () => {
		const {clock, server, controller} = build();
		offload(server, 'shop');
		await clock.advance(10);
		server.isSilent = true;
		controller.lead();
		await clock.advance(1000);
		expect(server.writes.length).toBeGreaterThan(0);
		expect(controller.isSettled()).toBe(false);
		server.flushSilence();
		await clock.advance(1000);
		expect(controller.isSettled()).toBe(true);
	});

	it('gathers the entries of one map into one patch', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		server.put('home', map('turin'));
		for (let index = 0; index < 100; index++) {
			offload(server, `n${index}`);
		}

		controller.lead();
		await clock.advance(5000);
		const patches = server.asked.filter(
			({object}) => object.kind === 'NamespaceMap',
		);
		expect(patches).toHaveLength(2);
		expect(server.asked).toHaveLength(100 * 3 + 2);
		expect(
			Object.keys(
				server.get('home', 'NamespaceMap', 'liqo-tenant-turin', 'turin').spec
					.desiredMapping,
			),
		).toHaveLength(100);
	});

	it('sends a lone entry within 50 ms', async () => {
		const {clock, server, controller} = build();
		server.latency = 0;
		server.echo = 0;
		server.put('home', map('milan'));
		controller.lead();
		await clock.advance(1000);
		offload(server, 'shop');
		await clock.advance(50);
		expect(kindsOf(server.asked)).toContain('NamespaceMap entry');
	});

	it('keeps one bad entry from holding up the others of its map', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		for (const name of ['a', 'bad', 'c']) {
			offload(server, name);
		}

		server.fault = (change) =>
			change.object.kind === 'NamespaceMap' &&
			JSON.stringify(change.body).includes('bad')
				? {kind: 'refuse', status: 422, reason: 'Invalid', message: 'bad entry'}
				: undefined;
		controller.lead();
		await clock.advance(2000);
		expect(
			server.get('home', 'NamespaceMap', 'liqo-tenant-milan', 'milan').spec
				.desiredMapping,
		).toEqual({a: 'a-x', c: 'c-x'});
		expect(controller.queue.status()).toMatchObject([
			{item: {namespace: 'bad'}, lastError: 'bad entry', state: 'waiting'},
		]);
	});

	it('reads and plans again after a conflict, without losing what others wrote', async () => {
		const {clock, server, controller} = build();
		offload(server, 'shop');
		await clock.settle();
		server.echo = 50;
		controller.lead();
		// Between the plan and its arrival somebody else adds a finalizer of his own.
		server.merge('home', 'NamespaceOffloading', 'shop', 'offloading', {
			metadata: {finalizers: ['example.com/other']},
		});
		await clock.advance(5000);
		const object = server.get(
			'home',
			'NamespaceOffloading',
			'shop',
			'offloading',
		);
		expect(object.metadata.finalizers).toEqual([
			'example.com/other',
			'namespaceoffloading-controller.liqo.io/finalizer',
		]);
		expect(object.status!.offloadingPhase).toBe('InProgress');
		expect(controller.queue.status()).toEqual([]);
	});

	it.each([429, 500, 503, 0])(
		'retries with backoff after status %i until it converges',
		async (status) => {
			const {clock, server, controller} = build();
			server.put('home', map('milan'));
			offload(server, 'shop');
			let refusals = 6;
			const times: number[] = [];
			server.fault = () => {
				times.push(clock.now());
				return refusals-- > 0 ? {kind: 'refuse', status} : undefined;
			};

			controller.lead();
			await clock.advance(30_000);
			expect(server.writes).toHaveLength(4);
			expect(controller.isSettled()).toBe(true);
			const gaps = times.slice(1, 7).map((time, index) => time - times[index]!);
			expect(gaps.at(-1)!).toBeGreaterThan(gaps[0]!);
		},
	);

	it('waits as long as the server asks with 429', async () => {
		const {clock, server, controller} = build();
		offload(server, 'shop');
		let isFirst = true;
		server.fault = () => {
			const fault = isFirst
				? ({
						kind: 'refuse',
						status: 429,
						reason: 'TooManyRequests',
						retryAfter: 7000,
					} as const)
				: undefined;
			isFirst = false;
			return fault;
		};

		controller.lead();
		await clock.advance(6900);
		expect(server.asked).toHaveLength(1);
		await clock.advance(2000);
		expect(server.writes).toHaveLength(3);
	});

	it('converges when answers are lost after the write was made', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		offload(server, 'shop');
		let lost = 0;
		server.fault = () => (lost++ % 2 === 0 ? {kind: 'lose-answer'} : undefined);
		controller.lead();
		await clock.advance(60_000);
		expect(controller.isSettled()).toBe(true);
		expect(
			server.get('home', 'NamespaceOffloading', 'shop', 'offloading').status,
		).toEqual({offloadingPhase: 'InProgress'});
	});

	it('tells the reconciler what was refused, in the same attempt, and does not send it again', async () => {
		const seen: ReconcileContext[] = [];
		const {clock, server, controller} = build(
			{
				reconcilers: [
					single((context) => {
						seen.push(context);
						return {
							changes: [
								createNamespace('milan', 'twin-1'),
								...(context.failures.length > 0
									? []
									: [createNamespace('milan', 'twin-2')]),
							],
							...(context.failures.length > 0 && {
								error: 'one twin is missing',
							}),
						};
					}),
				],
			},
			['milan'],
		);
		server.fault = (change) =>
			change.object.name === 'twin-1'
				? {kind: 'refuse', status: 422, reason: 'Invalid', message: 'too long'}
				: undefined;
		controller.lead();
		await clock.advance(4);
		expect(seen[1]!.failures).toMatchObject([
			{status: 422, reason: 'Invalid', message: 'too long'},
		]);
		expect(server.list('milan', 'Namespace')).toHaveLength(1);
		expect(controller.queue.status()[0]!.lastError).toBe('one twin is missing');
		expect(
			server.asked.filter(({object}) => object.name === 'twin-1'),
		).toHaveLength(1);
	});

	it('counts a refusal that the reconciler ignores as a failure', async () => {
		const {clock, server, controller} = build(
			{
				reconcilers: [
					single(() => ({changes: [createNamespace('milan', 'twin')]})),
				],
			},
			['milan'],
		);
		server.fault = () => ({
			kind: 'refuse',
			status: 403,
			reason: 'Forbidden',
			message: 'not yours',
		});
		controller.lead();
		await clock.advance(1000);
		const [status] = controller.queue.status();
		expect(status).toMatchObject({state: 'waiting', lastError: 'not yours'});
		expect(server.asked.length).toBeLessThan(12);
	});

	it('goes on with the other clusters while a provider hangs, and says why', async () => {
		const perCluster: Reconciler = {
			id: 'per-cluster',
			title: 'one twin per provider',
			*requests(world) {
				for (const key of world.providers.keys()) {
					yield {cluster: 'home', namespace: key, name: 'map'};
				}
			},
			requestsFor: () => [],
			reconcile: ({namespace: key}, world) => ({
				changes:
					world.providers.get(key)!.count('Namespace') >= 30
						? []
						: Array.from({length: 30}, (_, index) =>
								createNamespace(key, `twin-${index}`),
							).filter(
								({object}) =>
									world.providers
										.get(key)!
										.get('Namespace', '', object.name) === undefined,
							),
			}),
		};
		const {clock, server, controller} = build(
			{reconcilers: [perCluster, fakeOffloading], connections: 4},
			['hangs', 'refuses', 'works'],
		);
		server.put('home', map('milan'));
		offload(server, 'shop');
		server.fault = ({cluster}) =>
			cluster === 'hangs'
				? {kind: 'hang'}
				: cluster === 'refuses'
					? {
							kind: 'refuse',
							status: 403,
							reason: 'Forbidden',
							message: 'namespaces is forbidden',
						}
					: undefined;
		controller.lead();
		await clock.advance(2000);
		expect(server.list('works', 'Namespace')).toHaveLength(30);
		expect(
			server.get('home', 'NamespaceOffloading', 'shop', 'offloading').status,
		).toEqual({offloadingPhase: 'InProgress'});
		await clock.advance(60_000);
		const errors = Object.fromEntries(
			controller.queue
				.status()
				.map(({item, lastError}) => [item.namespace, lastError]),
		);
		expect(errors).toEqual({
			hangs: 'hangs did not answer within 15 s.',
			refuses: 'namespaces is forbidden',
		});
		expect(
			server.asked.filter(({cluster}) => cluster === 'hangs').length,
		).toBeLessThan(80);
		// The provider comes back.
		server.fault = () => undefined;
		await clock.advance(200_000);
		expect(server.list('hangs', 'Namespace')).toHaveLength(30);
		expect(server.list('refuses', 'Namespace')).toHaveLength(30);
		expect(controller.isSettled()).toBe(true);
	});

	it('sends nothing from the moment the lease is lost', async () => {
		let isHeld = true;
		const {clock, server, controller} = build({canWrite: () => isHeld});
		server.put('home', map('milan'));
		for (let index = 0; index < 50; index++) {
			offload(server, `n${index}`);
		}

		server.fault = () => {
			if (server.asked.length === 10) {
				isHeld = false;
				controller.follow();
			}

			return undefined;
		};

		controller.lead();
		await clock.advance(10_000);
		expect(server.asked).toHaveLength(10);
		expect(controller.queue.status()).toEqual([]);
		isHeld = true;
		controller.lead();
		await clock.advance(10_000);
		expect(controller.isSettled()).toBe(true);
		expect(
			server
				.list('home', 'NamespaceOffloading')
				.every(({status}) => status?.offloadingPhase === 'InProgress'),
		).toBe(true);
	});

	it('sends nothing when the clock has passed the lease, though nobody told it', async () => {
		let isHeld = true;
		const {clock, server, controller} = build({canWrite: () => isHeld});
		offload(server, 'shop');
		controller.lead();
		isHeld = false;
		await clock.advance(1000);
		expect(server.writes.length).toBeLessThanOrEqual(1);
	});

	it('does nothing before everything it needs is known', async () => {
		const {clock, server, controller} = build();
		server.store.setAccess('home', 'Node', {state: 'syncing', seen: 3});
		server.store.flush();
		offload(server, 'shop');
		controller.lead();
		await clock.advance(1000);
		expect(server.asked).toEqual([]);
		expect(controller.missing()).toEqual(['Node']);
		expect(controller.isSettled()).toBe(false);
		server.store.setAccess('home', 'Node', {state: 'live'});
		await clock.advance(1000);
		expect(server.writes).toHaveLength(3);
	});

	it('does not act on a view that has gone stale', async () => {
		const {clock, server, controller} = build();
		controller.lead();
		await clock.advance(1000);
		server.store.setAccess('home', 'NamespaceMap', {
			state: 'stale',
			since: clock.now(),
			reason: 'connection lost',
		});
		await clock.advance(1000);
		offload(server, 'shop');
		await clock.advance(10_000);
		expect(server.asked).toEqual([]);
		server.store.setAccess('home', 'NamespaceMap', {state: 'live'});
		await clock.advance(1000);
		expect(server.writes).toHaveLength(3);
	});

	it('finishes what it began when it is stopped', async () => {
		const {clock, server, controller} = build();
		server.put('home', map('milan'));
		offload(server, 'shop');
		server.latency = 100;
		controller.lead();
		await clock.advance(50);
		let isStopped = false;
		const stopping = controller.stop().then(() => {
			isStopped = true;
		});
		await clock.advance(10_000);
		await stopping;
		expect(isStopped).toBe(true);
		expect(server.writes).toHaveLength(4);
		offload(server, 'bank');
		await clock.advance(10_000);
		expect(server.writes).toHaveLength(4);
	});

	it('survives a reconciler that throws on one object', async () => {
		const {clock, server, controller} = build({
			reconcilers: [
				{
					...fakeOffloading,
					reconcile(request, world, context) {
						if (request.namespace === 'nonsense') {
							throw new TypeError('undefined is not an object');
						}

						return fakeOffloading.reconcile(request, world, context);
					},
				},
			],
		});
		offload(server, 'nonsense');
		offload(server, 'shop');
		controller.lead();
		await clock.advance(1000);
		expect(server.writes).toHaveLength(3);
		expect(controller.queue.status()[0]!.lastError).toMatch('undefined is not');
	});

	it('records an event once and counts its repeats', async () => {
		const {clock, server, controller} = build({
			reconcilers: [
				single(() => ({
					changes: [
						{
							cluster: 'home',
							verb: 'event',
							object: {
								apiVersion: 'v1',
								kind: 'Event',
								namespace: 'shop',
								name: '',
							},
							body: {
								involvedObject: {
									kind: 'NamespaceOffloading',
									namespace: 'shop',
									name: 'offloading',
									uid: 'u1',
								},
								type: 'Warning',
								reason: 'Invalid',
								message: 'Invalid ClusterSelector: nonsense',
							},
							reason: 'the selector is invalid',
						},
					],
					error: 'invalid ClusterSelector: nonsense',
				})),
			],
			longestDelay: 1000,
		});
		controller.lead();
		await clock.advance(1000);
		expect(server.list('home', 'Event')).toMatchObject([
			{
				count: 1,
				reason: 'Invalid',
				type: 'Warning',
				source: {component: 'liqoscope'},
			},
		]);
		await clock.advance(119_000);
		const [event, ...others] = server.list('home', 'Event');
		expect(others).toEqual([]);
		expect(event!.count).toBeGreaterThan(50);
		expect(event!.lastTimestamp > event!.firstTimestamp).toBe(true);
		expect(server.writes.length).toBeLessThan(8);
	});

	it('pauses one namespace', async () => {
		const {clock, server, controller} = build();
		offload(server, 'shop');
		offload(server, 'bank');
		controller.queue.pause('shop');
		controller.lead();
		await clock.advance(1000);
		expect(
			new Set(server.asked.map(({object}) => object.namespace ?? object.name)),
		).toEqual(new Set(['bank']));
		controller.queue.resume('shop');
		await clock.advance(1000);
		expect(server.writes).toHaveLength(6);
	});

	it('stops when another program keeps turning the same field back', async () => {
		const fights: string[] = [];
		const clock = createFakeClock();
		const server = createFakeServer({clock});
		const controller = createController({
			store: server.store,
			writer: server.writer,
			clock,
			rules: 'corrected',
			reconcilers: [fakeOffloading],
			guard: createTakeoverGuard({
				world: server.store.world,
				clock,
				ownManager: 'liqoscope',
			}),
			onFight({manager, path}) {
				fights.push(`${manager} ${path}`);
			},
		});
		offload(server, 'shop');
		controller.lead();
		await clock.advance(100);
		for (let round = 0; round < 10; round++) {
			server.merge('home', 'Namespace', '', 'shop', {
				metadata: {
					labels: {'liqo.io/scheduling-enabled': null},
					managedFields: [
						{
							manager: 'liqo-controller-manager',
							operation: 'Update',
							time: new Date(clock.now()).toISOString(),
						},
					],
				},
			});
			await clock.advance(1000);
		}

		expect(fights).toEqual([
			'liqo-controller-manager /metadata/labels/liqo.io/scheduling-enabled',
		]);
		expect(controller.isLeading()).toBe(false);
		const labels = server.writes.filter(({reason}) => reason === 'label');
		expect(labels).toHaveLength(5);
	});

	it('does not take people who change their mind for a fight', async () => {
		const fights: unknown[] = [];
		const clock = createFakeClock();
		const server = createFakeServer({clock});
		const controller = createController({
			store: server.store,
			writer: server.writer,
			clock,
			rules: 'corrected',
			reconcilers: [fakeOffloading],
			guard: createTakeoverGuard({
				world: server.store.world,
				clock,
				ownManager: 'liqoscope',
			}),
			onFight(fight) {
				fights.push(fight);
			},
		});
		controller.lead();
		for (let round = 0; round < 10; round++) {
			offload(server, 'shop');
			await clock.advance(500);
			server.delete('home', 'NamespaceOffloading', 'shop', 'offloading');
			await clock.advance(500);
			server.merge('home', 'Namespace', '', 'shop', {
				metadata: {
					labels: {'liqo.io/scheduling-enabled': 'true'},
					managedFields: [
						{
							manager: 'kubectl-label',
							operation: 'Update',
							time: new Date(clock.now()).toISOString(),
						},
					],
				},
			});
		}

		expect(fights).toEqual([]);
		expect(server.list('home', 'NamespaceOffloading')).toEqual([]);
	});
});

describe('answers of many clusters', () => {
	const clusters = ['milan', 'turin', 'rome', 'bari'];
	const names = ['shop', 'bank', 'blog'];

	const buildReal = async () => {
		const built = build({
			reconcilers: createReconcilers(generationById('v1beta1'), 'corrected'),
		});
		const {clock, server, controller} = built;
		for (const id of clusters) {
			server.put('home', namespace(`liqo-tenant-${id}`));
			server.put('home', {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'VirtualNode',
				metadata: {name: id, namespace: `liqo-tenant-${id}`},
				spec: {clusterID: id, createNode: false},
			});
			server.put('home', {
				...map(id),
				metadata: {
					name: id,
					namespace: `liqo-tenant-${id}`,
					labels: {
						'liqo.io/remote-cluster-id': id,
						'liqo.io/remoteID': id,
						'liqo.io/replication': 'true',
					},
				},
			});
		}

		for (const name of names) {
			offload(server, name);
		}

		controller.lead();
		await clock.advance(10_000);
		expect(phases(server)).toEqual(names.map(() => 'InProgress'));
		return built;
	};

	const phases = (server: FakeServer) =>
		server
			.list('home', 'NamespaceOffloading')
			.map(({status}) => status?.offloadingPhase);

	const answer = (server: FakeServer, id: string) => {
		server.merge('home', 'NamespaceMap', `liqo-tenant-${id}`, id, {
			status: {
				currentMapping: Object.fromEntries(
					names.map((name) => [
						name,
						{remoteNamespace: `${name}-home-id`, phase: 'Accepted'},
					]),
				),
			},
		});
	};

	const statusWrites = (server: FakeServer) =>
		server.writes.filter(({subresource}) => subresource === 'status').length;

	it('cost one status write for each offloading, made as soon as the last one is there', async () => {
		const {clock, server} = await buildReal();
		const before = statusWrites(server);
		for (const id of clusters) {
			await clock.advance(600);
			answer(server, id);
		}

		await clock.advance(50);
		expect(phases(server)).toEqual(names.map(() => 'Ready'));
		expect(statusWrites(server) - before).toBe(names.length);
		await clock.advance(60_000);
		expect(statusWrites(server) - before).toBe(names.length);
	});

	it('show after a second though one never comes', async () => {
		const {clock, server} = await buildReal();
		answer(server, 'milan');
		await clock.advance(1500);
		const {status} = server.get(
			'home',
			'NamespaceOffloading',
			'shop',
			'offloading',
		);
		expect(JSON.stringify(status)).toContain('Namespace correctly offloaded');
		expect(status?.offloadingPhase).toBe('InProgress');
	});

	it('show after five seconds though they never end', async () => {
		const {clock, server} = await buildReal();
		const before = statusWrites(server);
		for (let index = 0; index < 12; index++) {
			for (const id of clusters.slice(0, 2)) {
				server.merge('home', 'NamespaceMap', `liqo-tenant-${id}`, id, {
					status: {
						currentMapping: {
							shop: {
								remoteNamespace: 'shop-home-id',
								phase: index % 2 === 0 ? 'Accepted' : 'CreationLoopBackOff',
							},
						},
					},
				});
				await clock.advance(250);
			}
		}

		expect(statusWrites(server) - before).toBe(1);
	});
});
