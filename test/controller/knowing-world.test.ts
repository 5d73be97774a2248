import {describe, expect, it} from 'vitest';
import {type Reconciler} from '../../source/core/reconcilers/reconciler.js';
import {createController} from '../../source/controller/controller.js';
import {createProviderSide} from '../../source/controller/provider-side.js';
import {createTakeoverGuard} from '../../source/controller/takeover-guard.js';
import {createFakeClock} from './fake-clock.js';
import {createFakeServer} from './fake-server.js';

/**
Deletes an entry's twin when it sees none: right only if it sees all there is.
*/
const gone: Reconciler = {
	id: 'gone',
	title: 'gone',
	requests: () => [{cluster: 'milan', namespace: '', name: 'twin'}],
	requestsFor: () => [],
	reconcile: (_request, {consumer, providers}) => ({
		changes:
			providers.get('milan')?.get('Namespace', '', 'twin') === undefined &&
			consumer.get('Namespace', '', 'noted') === undefined
				? [
						{
							cluster: 'home',
							verb: 'create',
							object: {apiVersion: 'v1', kind: 'Namespace', name: 'noted'},
							body: {
								apiVersion: 'v1',
								kind: 'Namespace',
								metadata: {name: 'noted'},
							},
							reason: 'the twin is gone',
						},
					]
				: [],
	}),
};

const build = (options: {isForeign?: () => boolean} = {}) => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, providers: ['milan']});
	const controller = createController({
		store: server.store,
		writer: server.writer,
		clock,
		rules: 'corrected',
		reconcilers: [gone],
		...options,
	});
	return {clock, server, controller};
};

describe('a half-known world', () => {
	it('is not acted on, and says what is missing', async () => {
		const {clock, server, controller} = build();
		server.store.setAccess('milan', 'Namespace', {
			state: 'stale',
			since: 0,
			reason: 'connection refused',
		});
		server.store.flush();
		controller.lead();
		await clock.advance(10_000);
		expect(server.asked).toEqual([]);
		expect(controller.isSettled()).toBe(false);
		expect(controller.queue.status()[0]!.lastError).toBe(
			'the Namespaces of milan are not known (stale: connection refused)',
		);
		server.store.setAccess('milan', 'Namespace', {state: 'live'});
		await clock.advance(1000);
		expect(server.writes).toHaveLength(1);
		expect(controller.isSettled()).toBe(true);
	});

	it('counts what may be read in some namespaces only as half known', async () => {
		const {clock, server, controller} = build();
		server.store.setAccess('milan', 'Namespace', {
			state: 'live',
			namespaces: ['shop'],
		});
		server.store.flush();
		controller.lead();
		await clock.advance(5000);
		expect(server.asked).toEqual([]);
	});

	it('leaves to a provider what the provider does itself', async () => {
		const {clock, server, controller} = build({isForeign: () => true});
		controller.lead();
		await clock.advance(1000);
		expect(server.asked).toEqual([]);
		expect(controller.isSettled()).toBe(true);
	});
});

describe('the side of a provider', () => {
	const item = (reconciler: string, cluster: string) => ({
		key: '',
		namespace: '',
		reconciler,
		request: {cluster, namespace: 'x', name: 'y'},
	});

	it('is ours only where nobody else is at work and we may look', async () => {
		const clock = createFakeClock();
		const server = createFakeServer({
			clock,
			providers: ['ours', 'theirs', 'hidden', 'rented'],
		});
		const {world} = server.store;
		server.put('theirs', {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {
				name: 'liqo-controller-manager',
				namespace: 'liqo',
				labels: {'app.kubernetes.io/name': 'controller-manager'},
			},
			spec: {replicas: 1},
		});
		server.store.setAccess('hidden', 'Namespace', {
			state: 'forbidden',
			rule: 'list namespaces',
			reason: 'forbidden',
		});
		await clock.advance(10);
		const isProviders = createProviderSide({
			world,
			clock,
			guard: createTakeoverGuard({world, clock, ownManager: 'liqoscope'}),
			reconcilers: new Set(['namespace-map']),
			isTenant: (cluster) => cluster === 'rented',
		});
		const answers = ['home', 'ours', 'theirs', 'hidden', 'rented'].map(
			(cluster) => isProviders(item('namespace-map', cluster)),
		);
		expect(answers).toEqual([false, false, true, true, true]);
		expect(isProviders(item('replication', 'theirs'))).toBe(false);
	});
});
