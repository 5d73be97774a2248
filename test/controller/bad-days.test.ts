import {describe, expect, it} from 'vitest';
import {generationById} from '../../source/core/generations/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import {createController} from '../../source/controller/controller.js';
import {createFakeClock} from './fake-clock.js';
import {createFakeServer, type Fault} from './fake-server.js';
import {
	apiVersionOf,
	capsuleBindings,
	type GenerationUnderTest,
	peeredClusters,
} from './peered.js';

const providers = ['milan', 'turin'];

const regions = (...values: string[]): JsonObject => ({
	nodeSelectorTerms: [
		{matchExpressions: [{key: 'region', operator: 'In', values}]},
	],
});

/**
A consumer and two providers with the controllers at work; `shop` is to be on milan, where things go wrong, `bank` on turin.
*/
const begin = (
	generation: GenerationUnderTest,
	rules: 'corrected' | 'upstream' = 'corrected',
) => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, generation, providers});
	for (const [cluster, objects] of peeredClusters(generation, providers, [
		'shop',
		'bank',
		'blog',
	])) {
		for (const object of objects) {
			server.put(cluster, object);
		}
	}

	const controller = createController({
		store: server.store,
		writer: server.writer,
		clock,
		rules,
		reconcilers: createReconcilers(generationById(generation), rules),
		longestDelay: 20_000,
	});
	controller.lead();

	const offload = (
		name: string,
		clusterSelector: unknown,
		as = 'offloading',
	) => {
		server.put('home', {
			apiVersion: apiVersionOf(generation),
			kind: 'NamespaceOffloading',
			metadata: {name: as, namespace: name, generation: 1},
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				clusterSelector: clusterSelector as JsonObject,
			},
		});
	};

	const pass = async (seconds: number) => {
		for (let second = 0; second < seconds; second++) {
			await clock.advance(1000);
			server.collect();
			if (generation === 'v0.3') {
				const twins = providers.flatMap((id) =>
					server
						.list(id, 'Namespace')
						.filter(
							({metadata}) =>
								metadata.annotations?.['liqo.io/remote-namespace'] !==
									undefined && metadata.deletionTimestamp === undefined,
						)
						.map(({metadata}) => ({id, name: metadata.name})),
				);
				for (const {id, name} of twins) {
					for (const binding of capsuleBindings(name)) {
						server.put(id, binding);
					}
				}
			}
		}
	};

	const phaseOf = (name: string) =>
		(
			server.get('home', 'NamespaceOffloading', name, 'offloading') as
				{status?: {offloadingPhase?: string}} | undefined
		)?.status?.offloadingPhase;

	const reasons = () =>
		controller.queue
			.status()
			.flatMap(({lastError}) => lastError ?? [])
			.join('\n');

	const mapOf = (id: string) =>
		server
			.list('home', 'NamespaceMap')
			.find(
				({metadata}) => metadata.labels?.['liqo.io/remote-cluster-id'] === id,
			)!;

	return {
		clock,
		server,
		controller,
		offload,
		pass,
		phaseOf,
		reasons,
		mapOf,
	};
};

// In a minute, retries of a handful of objects with backoff up to 20 s; a busy loop asks thousands of times.
const mostAsked = 250;

describe.each(['v1beta1', 'v0.3'] as const)('a bad day, %s', (generation) => {
	it.each<[string, Fault, RegExp]>([
		['hangs', {kind: 'hang'}, /did not answer within|not answer/v],
		[
			'refuses connections',
			{
				kind: 'refuse',
				status: 0,
				reason: 'Unreachable',
				message: 'connection refused',
			},
			/connection refused/v,
		],
		[
			'answers 500',
			{kind: 'refuse', status: 500, message: 'etcd is out of space'},
			/etcd is out of space/v,
		],
		[
			'answers 403',
			{
				kind: 'refuse',
				status: 403,
				reason: 'Forbidden',
				message: 'home may not write here',
			},
			/home may not write here/v,
		],
	])(
		'a provider that %s holds up nobody else, says why, and is caught up with',
		async (_name, fault, reason) => {
			const {server, controller, offload, pass, phaseOf, reasons} =
				begin(generation);
			await pass(2);
			server.fault = ({cluster}) => (cluster === 'milan' ? fault : undefined);
			offload('shop', regions('milan'));
			offload('bank', regions('turin'));
			await pass(60);
			expect(phaseOf('bank')).toBe('Ready');
			expect(phaseOf('shop')).not.toBe('Ready');
			expect(
				`${reasons()}\n${JSON.stringify([...controller.blocked()])}`,
			).toMatch(reason);
			expect(
				server.asked.filter(({cluster}) => cluster === 'milan').length,
			).toBeLessThan(mostAsked);
			server.fault = () => undefined;
			await pass(90);
			expect(phaseOf('shop')).toBe('Ready');
			expect(reasons()).toBe('');
		},
		60_000,
	);

	it('a provider that loses a twin gets it again', async () => {
		const {server, offload, pass, phaseOf} = begin(generation);
		offload('shop', regions('milan'));
		offload('bank', regions('turin'));
		await pass(20);
		expect(phaseOf('shop')).toBe('Ready');
		server.delete('milan', 'Namespace', '', 'shop-home-id');
		await pass(60);
		expect(
			server
				.list('milan', 'Namespace')
				.filter(({metadata}) => metadata.deletionTimestamp === undefined)
				.map(({metadata}) => metadata.name),
		).toContain('shop-home-id');
		expect(phaseOf('shop')).toBe('Ready');
		expect(phaseOf('bank')).toBe('Ready');
	}, 60_000);

	it('a map that is gone is made again', async () => {
		const {server, offload, pass, phaseOf, mapOf} = begin(generation);
		offload('shop', regions('milan'));
		offload('bank', regions('turin'));
		await pass(20);
		const {metadata} = mapOf('milan');
		server.merge(
			'home',
			'NamespaceMap',
			metadata.namespace ?? '',
			metadata.name,
			{metadata: {finalizers: []}},
		);
		server.delete(
			'home',
			'NamespaceMap',
			metadata.namespace ?? '',
			metadata.name,
		);
		await pass(90);
		expect(mapOf('milan').spec.desiredMapping).toEqual({
			shop: 'shop-home-id',
		});
		expect(phaseOf('shop')).toBe('Ready');
		expect(phaseOf('bank')).toBe('Ready');
	}, 60_000);

	it('keys that nobody asked for do not stop the others', async () => {
		const {server, offload, pass, phaseOf, mapOf} = begin(generation);
		offload('shop', regions('milan'));
		offload('bank', regions('turin'));
		await pass(20);
		const {metadata} = mapOf('milan');
		server.merge(
			'home',
			'NamespaceMap',
			metadata.namespace ?? '',
			metadata.name,
			{spec: {desiredMapping: {'not-offloaded': 'Not A Name', blog: ''}}},
		);
		offload('blog', regions('turin'));
		await pass(60);
		expect(phaseOf('blog')).toBe('Ready');
		expect(phaseOf('bank')).toBe('Ready');
		expect(mapOf('milan').spec.desiredMapping.shop).toBe('shop-home-id');
		expect(
			server
				.list('milan', 'Namespace')
				.map(({metadata: {name}}) => name)
				.filter((name) => !/^[0-9a-z]/v.test(name)),
		).toEqual([]);
		expect(server.asked.length).toBeLessThan(2 * mostAsked);
	}, 60_000);

	it('objects edited into nonsense do not stop the others', async () => {
		const {server, controller, offload, pass, phaseOf, mapOf} =
			begin(generation);
		offload('bank', regions('turin'));
		await pass(20);
		const passes = controller.queue.counts();
		expect(passes.failing).toBe(0);
		for (const [index, nonsense] of [
			'all of them',
			7,
			{nodeSelectorTerms: 'x'},
			{nodeSelectorTerms: [5, {matchExpressions: [{key: 3, operator: []}]}]},
		].entries()) {
			const name = `odd-${index}`;
			server.put('home', {
				apiVersion: 'v1',
				kind: 'Namespace',
				metadata: {name},
			});
			offload(name, nonsense);
		}

		const {metadata} = mapOf('milan');
		server.merge(
			'home',
			'NamespaceMap',
			metadata.namespace ?? '',
			metadata.name,
			{status: {currentMapping: {shop: 'here', bank: {phase: 12}}}},
		);
		offload('blog', regions('turin'));
		await pass(60);
		expect(phaseOf('bank')).toBe('Ready');
		expect(phaseOf('blog')).toBe('Ready');
		expect(
			controller.queue
				.status()
				.filter(({lastError}) => /TypeError|RangeError/v.test(lastError ?? '')),
		).toEqual([]);
		expect(server.asked.length).toBeLessThan(2 * mostAsked);
	}, 60_000);

	it('of two offloadings in a namespace the one with the right name counts', async () => {
		const {server, offload, pass, phaseOf, mapOf} = begin(generation);
		offload('shop', regions('milan'));
		offload('shop', regions('turin'), 'another');
		await pass(30);
		expect(phaseOf('shop')).toBe('Ready');
		expect(mapOf('turin').spec.desiredMapping ?? {}).toEqual({});
		server.delete('home', 'NamespaceOffloading', 'shop', 'another');
		await pass(30);
		expect(phaseOf('shop')).toBe('Ready');
		expect(mapOf('milan').spec.desiredMapping.shop).toBe('shop-home-id');
	}, 60_000);
});

describe('a clock that is set back', () => {
	it('does not keep a provider from being asked again', async () => {
		const {clock, server, offload, pass, phaseOf} = begin('v1beta1');
		await pass(2);
		server.fault = ({cluster}) =>
			cluster === 'milan'
				? {
						kind: 'refuse',
						status: 0,
						reason: 'Unreachable',
						message: 'connection refused',
					}
				: undefined;
		offload('shop', regions('milan'));
		await pass(20);
		server.fault = () => undefined;
		clock.setBack(24 * 3_600_000);
		await pass(90);
		expect(phaseOf('shop')).toBe('Ready');
	}, 60_000);
});

describe('a webhook that is down while an offloading is deleted', () => {
	const deleted = async (rules: 'corrected' | 'upstream') => {
		const day = begin('v1beta1', rules);
		const {server, offload, pass} = day;
		offload('shop', regions('milan'));
		await pass(20);
		server.fault = ({object, verb, subresource}) =>
			object.kind === 'NamespaceOffloading' &&
			verb === 'patch' &&
			subresource === undefined
				? {
						kind: 'refuse',
						status: 500,
						reason: 'InternalError',
						message: 'failed calling webhook "nsoff.validate.liqo.io"',
					}
				: undefined;
		server.delete('home', 'NamespaceOffloading', 'shop', 'offloading');
		await pass(30);
		server.fault = () => undefined;
		await pass(90);
		return {
			...day,
			left: () => server.list('home', 'NamespaceOffloading'),
		};
	};

	it('holds it up no longer than it is down', async () => {
		const {left} = await deleted('corrected');
		expect(left()).toEqual([]);
	}, 60_000);

	it("makes an installed Liqo forget it until it is touched, as Liqo's rules have it", async () => {
		const {server, pass, left, controller} = await deleted('upstream');
		expect(left()).toHaveLength(1);
		expect(controller.queue.counts().failing).toBe(0);
		server.merge('home', 'NamespaceOffloading', 'shop', 'offloading', {
			metadata: {annotations: {seen: 'yes'}},
		});
		await pass(5);
		expect(left()).toEqual([]);
	}, 60_000);
});
