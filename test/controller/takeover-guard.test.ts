import {describe, expect, it} from 'vitest';
import {type JsonObject} from '../../source/core/json.js';
import {createTakeoverGuard} from '../../source/controller/takeover-guard.js';
import {createFakeClock} from './fake-clock.js';
import {createFakeServer} from './fake-server.js';

const deployment = (
	name: string,
	component: string,
	replicas: number,
	namespace = 'liqo',
): JsonObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {
		name,
		namespace,
		labels: {'app.kubernetes.io/name': component},
	},
	spec: {
		replicas,
		template: {metadata: {}, spec: {containers: []}},
	},
	status: {},
});

const build = () => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, providers: ['milan', 'turin']});
	const guard = createTakeoverGuard({
		world: server.store.world,
		clock,
		ownManager: 'liqoscope',
	});
	return {clock, server, guard};
};

const writtenBy = (manager: string, time: number): JsonObject => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	metadata: {
		name: 'offloading',
		namespace: 'shop',
		managedFields: [
			{
				manager,
				operation: 'Update',
				subresource: 'status',
				time: new Date(time).toISOString(),
			},
		],
	},
	spec: {},
});

describe('takeover guard', () => {
	it('finds nobody on a quiet cluster', async () => {
		const {clock, server, guard} = build();
		server.put('home', deployment('liqo-webhook', 'webhook', 1));
		server.put(
			'home',
			deployment('controller-manager', 'controller-manager', 1, 'other'),
		);
		await clock.advance(10);
		expect(guard.others()).toEqual([]);
	});

	it.each(['controller-manager', 'crd-replicator'])(
		'finds the Deployment of %s unless it is scaled to zero',
		async (component) => {
			const {clock, server, guard} = build();
			server.put('home', deployment(`liqo-${component}`, component, 1));
			await clock.advance(10);
			expect(guard.others()).toMatchObject([
				{
					sign: 'deployment',
					object: {name: `liqo-${component}`, namespace: 'liqo'},
					message: `Deployment liqo/liqo-${component} wants 1 running.`,
				},
			]);
			server.put('home', deployment(`liqo-${component}`, component, 0));
			await clock.advance(10);
			expect(guard.others()).toEqual([]);
		},
	);

	it('finds a pod that still runs after its Deployment is scaled to zero', async () => {
		const {clock, server, guard} = build();
		server.put('home', {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {
				name: 'liqo-controller-manager-x',
				namespace: 'liqo',
				labels: {'app.kubernetes.io/name': 'controller-manager'},
			},
			spec: {containers: [{name: 'c'}]},
			status: {phase: 'Running'},
		});
		await clock.advance(10);
		expect(guard.others()).toMatchObject([{sign: 'pod'}]);
	});

	it('finds fresh writes of a manager outside the cluster, and forgets old ones', async () => {
		const {clock, server, guard} = build();
		server.put('home', writtenBy('liqo-controller-manager', clock.now()));
		await clock.advance(10);
		expect(guard.others()).toMatchObject([{sign: 'field-manager'}]);
		await clock.advance(61_000);
		expect(guard.others()).toEqual([]);
	});

	it.each(['liqoscope', 'kubectl-edit', 'liqoctl'])(
		'does not take the writes of %s for a controller',
		async (manager) => {
			const {clock, server, guard} = build();
			server.put('home', writtenBy(manager, clock.now()));
			await clock.advance(10);
			expect(guard.others()).toEqual([]);
		},
	);

	it('tells the providers that have controllers of their own', async () => {
		const {clock, server, guard} = build();
		server.put(
			'turin',
			deployment('liqo-controller-manager', 'controller-manager', 1),
		);
		await clock.advance(10);
		expect([...guard.foreignProviders()]).toEqual(['turin']);
		expect(guard.others()).toEqual([]);
	});
});
