import {describe, expect, it} from 'vitest';
import {type ExitCode} from '../../../source/commands/exit-code.js';
import {createLog} from '../../../source/commands/reconcile/log.js';
import {createMetrics} from '../../../source/commands/reconcile/metrics.js';
import {
	runControllers,
	type RunOptions,
} from '../../../source/commands/reconcile/run-controllers.js';
import {type JsonObject} from '../../../source/core/json.js';
import {createReplicationReconciler} from '../../../source/core/reconcilers/replication.js';
import {type Access} from '../../../source/core/world.js';
import {createFakeClock} from '../../controller/fake-clock.js';
import {fakeOffloading} from '../../controller/fake-reconciler.js';
import {createFakeServer} from '../../controller/fake-server.js';
import {map, offload} from '../../controller/objects.js';

const build = (options: Partial<RunOptions> = {}, providers: string[] = []) => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, providers});
	const lines: string[] = [];
	const abort = new AbortController();
	let code: ExitCode | undefined;
	const start = () => {
		void runControllers({
			store: server.store,
			reconcilers: [fakeOffloading],
			writer: server.writer,
			reader: server.reader,
			clock,
			log: createLog({
				format: 'logfmt',
				level: 'info',
				now: clock.now,
				write(line) {
					lines.push(line);
				},
			}),
			metrics: createMetrics(),
			rules: 'corrected',
			ownManager: 'liqoscope',
			isOnce: true,
			timeout: 60_000,
			isForced: false,
			lease: {
				namespace: 'liqo',
				name: 'liqoscope',
				identity: 'me',
				duration: 30_000,
			},
			signal: abort.signal,
			...options,
		}).then((value) => {
			code = value;
		});
	};

	return {clock, server, lines, abort, start, exitCode: () => code};
};

const controllerManager = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {
		name: 'liqo-controller-manager',
		namespace: 'liqo',
		labels: {'app.kubernetes.io/name': 'controller-manager'},
	},
	spec: {replicas: 1},
};

describe('run controllers', () => {
	it('settles once, gives the lease back and ends with 0', async () => {
		const {clock, server, start, exitCode} = build();
		server.put('home', map('milan'));
		offload(server, 'shop');
		start();
		await clock.advance(5000);
		expect(exitCode()).toBe(0);
		expect(
			server.get('home', 'NamespaceOffloading', 'shop', 'offloading').status,
		).toEqual({offloadingPhase: 'InProgress'});
		expect(server.get('home', 'Lease', 'liqo', 'liqoscope').spec).toMatchObject(
			{holderIdentity: ''},
		);
	});

	it('ends with 4 and the reasons when something does not settle in time', async () => {
		const {clock, server, lines, start, exitCode} = build();
		offload(server, 'shop');
		server.fault = ({object}) =>
			object.kind === 'Namespace'
				? {
						kind: 'refuse',
						status: 403,
						reason: 'Forbidden',
						message: 'namespaces "shop" is forbidden',
					}
				: undefined;
		start();
		await clock.advance(80_000);
		expect(exitCode()).toBe(4);
		expect(lines.filter((line) => line.includes('not settled'))).toEqual([
			expect.stringMatching(
				/level=error .*namespace=shop .*error="namespaces \\"shop\\" is forbidden"/v,
			),
		]);
	});

	it('tells which provider was lost, what waits for it, and its return', async () => {
		const {clock, server, lines, abort, start} = build(
			{
				isOnce: false,
				reconcilers: [createReplicationReconciler('corrected')],
			},
			['milan'],
		);
		server.put('home', {
			...map('milan'),
			metadata: {
				...(map('milan').metadata as JsonObject),
				labels: {
					'liqo.io/remote-cluster-id': 'milan',
					'liqo.io/remoteID': 'milan',
					'liqo.io/replication': 'true',
				},
			},
		});
		start();
		await clock.advance(5000);
		expect(
			server.get('milan', 'NamespaceMap', 'liqo-tenant-home-id', 'milan'),
		).toBeDefined();
		const setState = (access: Access) => {
			for (const kind of [
				'NamespaceMap',
				'Namespace',
				'RoleBinding',
			] as const) {
				server.store.setAccess('milan', kind, access);
			}
		};

		setState({state: 'stale', since: 0, reason: 'it hangs'});
		server.merge('home', 'NamespaceMap', 'liqo-tenant-milan', 'milan', {
			spec: {desiredMapping: {shop: 'shop-rome'}},
		});
		await clock.advance(2000);
		const said = lines.filter((line) => line.includes('it hangs')).join('');
		expect(said).toContain('msg="provider lost');
		expect(said).toMatch(/not there yet.*reconciler=replication/v);

		setState({state: 'live'});
		await clock.advance(5000);
		expect(lines.join('')).toContain('provider answers again');
		expect(
			server.get('milan', 'NamespaceMap', 'liqo-tenant-home-id', 'milan').spec
				.desiredMapping,
		).toEqual({shop: 'shop-rome'});
		abort.abort();
		await clock.advance(5000);
	});

	it('does not settle once while a provider is lost', async () => {
		const {clock, server, lines, start, exitCode} = build({}, ['milan']);
		server.store.setAccess('milan', 'NamespaceMap', {
			state: 'stale',
			since: 0,
			reason: 'it hangs',
		});
		start();
		await clock.advance(50_000);
		expect(exitCode()).toBeUndefined();
		await clock.advance(30_000);
		expect(exitCode()).toBe(4);
		expect(lines.filter((line) => line.includes('not settled'))).toEqual([
			expect.stringContaining('it hangs'),
		]);
	});

	it('ends with 4 when the objects never arrive, and says which', async () => {
		const {clock, server, lines, start, exitCode} = build();
		server.store.setAccess('home', 'NamespaceMap', {
			state: 'forbidden',
			rule: 'list namespacemaps',
			reason: 'namespacemaps is forbidden',
		});
		start();
		await clock.advance(61_000);
		expect(exitCode()).toBe(4);
		expect(lines.join('')).toMatch(
			'NamespaceMap of home is forbidden: namespacemaps is forbidden',
		);
		expect(server.asked).toEqual([]);
	});

	it('refuses to run beside Liqo’s own controllers', async () => {
		const {clock, server, lines, start, exitCode} = build();
		server.put('home', controllerManager);
		offload(server, 'shop');
		await clock.advance(10);
		start();
		await clock.advance(5000);
		expect(exitCode()).toBe(3);
		expect(lines.join('')).toMatch(
			/--force\. Deployment liqo\/liqo-controller-manager wants 1 running/v,
		);
		expect(server.asked).toEqual([]);
	});

	it('runs beside them when forced', async () => {
		const {clock, server, start, exitCode} = build({isForced: true});
		server.put('home', controllerManager);
		offload(server, 'shop');
		await clock.advance(10);
		start();
		await clock.advance(5000);
		expect(exitCode()).toBe(0);
		expect(server.writes.length).toBeGreaterThan(3);
	});

	it('waits for a lease that another process holds, and acts when it is free', async () => {
		const {clock, server, lines, start} = build({isOnce: false});
		server.put('home', {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: 'liqoscope', namespace: 'liqo'},
			spec: {holderIdentity: 'other', leaseDurationSeconds: 30},
		});
		offload(server, 'shop');
		start();
		await clock.advance(20_000);
		expect(server.asked).toEqual([]);
		expect(lines.join('')).toMatch('waiting for the lease" holder=other');
		await clock.advance(20_000);
		expect(
			server.get('home', 'NamespaceOffloading', 'shop', 'offloading').status,
		).toEqual({offloadingPhase: 'InProgress'});
	});

	it('finishes what is under way when it shall end', async () => {
		const {clock, server, abort, start, exitCode} = build({isOnce: false});
		server.latency = 300;
		server.put('home', map('milan'));
		offload(server, 'shop');
		start();
		await clock.advance(700);
		const begun = server.asked.length;
		abort.abort();
		await clock.advance(12_000);
		expect(begun).toBeGreaterThan(0);
		expect(exitCode()).toBe(0);
		expect(
			server.get('home', 'NamespaceOffloading', 'shop', 'offloading').status,
		).toEqual({offloadingPhase: 'InProgress'});
		expect(
			server.get('home', 'Lease', 'liqo', 'liqoscope').spec.holderIdentity,
		).toBe('');
	});

	it('does not wait forever for a server that hangs when it shall end', async () => {
		const {clock, server, abort, start, exitCode} = build({
			isOnce: false,
			lease: undefined,
		});
		offload(server, 'shop');
		server.fault = () => ({kind: 'hang'});
		start();
		await clock.advance(1000);
		abort.abort();
		await clock.advance(11_000);
		expect(exitCode()).toBe(0);
	});
});
