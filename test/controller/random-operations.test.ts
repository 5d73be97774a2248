import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {generationById} from '../../source/core/generations/index.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {
	type Controller,
	createController,
} from '../../source/controller/controller.js';
import {createFakeClock, type FakeClock} from './fake-clock.js';
import {createFakeServer, type FakeServer, type Held} from './fake-server.js';
import {stateOf} from './objects.js';
import {
	apiVersionOf,
	capsuleBindings,
	type GenerationUnderTest,
	peeredClusters,
} from './peered.js';

const providers = ['milan', 'turin'];
const namespaces = ['shop', 'bank', 'blog', 'mail'];

/**
A small random generator (mulberry32): the same seed plays the same operations.
*/
const createRandom = (seed: number) => {
	let state = seed;
	const next = (): number => {
		/* eslint-disable no-bitwise, unicorn/prefer-math-trunc, operator-assignment, unicorn/operator-assignment -- the algorithm, as it is known */
		state = (state + 0x6d_2b_79_f5) | 0;
		let value = Math.imul(state ^ (state >>> 15), 1 | state);
		value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
		return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
		/* eslint-enable no-bitwise, unicorn/prefer-math-trunc, operator-assignment, unicorn/operator-assignment */
	};

	return {
		next,
		pick: <Item>(items: readonly Item[]): Item =>
			items[Math.floor(next() * items.length)]!,
	};
};

const prepare = (server: FakeServer, generation: GenerationUnderTest) => {
	for (const [cluster, objects] of peeredClusters(
		generation,
		providers,
		namespaces,
	)) {
		for (const object of objects) {
			server.put(cluster, object);
		}
	}
};

/**
The provider's Capsule (v0.3): gives the owner of a namespace its rights.
*/
const actAsCapsule = (server: FakeServer) => {
	for (const id of providers) {
		const twins = server
			.list(id, 'Namespace')
			.filter(
				({metadata}) =>
					metadata.annotations?.['liqo.io/remote-namespace'] !== undefined &&
					metadata.deletionTimestamp === undefined,
			);
		for (const binding of twins.flatMap(({metadata}) =>
			capsuleBindings(metadata.name),
		)) {
			const {namespace, name} = binding.metadata;
			const held = server.get(id, 'RoleBinding', namespace, name) as
				Held | undefined;
			if (held === undefined) {
				server.put(id, binding);
			}
		}
	}
};

const isOwned = ({metadata}: Held): boolean =>
	metadata.annotations?.['liqo.io/managed-by-namespace-map'] !== undefined ||
	metadata.annotations?.['liqo.io/remote-namespace'] === 'home-id';

type Run = {
	readonly clock: FakeClock;
	readonly server: FakeServer;
	readonly violations: string[];
	readonly journal: string[];
	settle(): Promise<void>;
	restart(): void;
	controller(): Controller;
};

const start = (generation: GenerationUnderTest): Run => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, generation, providers});
	const violations: string[] = [];
	const journal: string[] = [];
	prepare(server, generation);
	let serial = 0;
	const launch = () => {
		const life = ++serial;
		const controller = createController({
			store: server.store,
			clock,
			rules: 'corrected',
			reconcilers: createReconcilers(generationById(generation), 'corrected'),
			longestDelay: 2000,
			canWrite: () => life === serial,
			writer: {
				async send(change, options) {
					const {cluster, verb, object} = change;
					if (
						verb === 'delete' &&
						object.kind === 'Namespace' &&
						cluster !== 'home'
					) {
						const held = server.get(cluster, 'Namespace', '', object.name) as
							Held | undefined;
						if (held !== undefined && !isOwned(held)) {
							violations.push(`deletes foreign ${cluster}/${object.name}`);
						}
					}

					return server.writer.send(change, options);
				},
			},
		});
		controller.lead();
		return controller;
	};

	let controller = launch();
	return {
		clock,
		server,
		violations,
		journal,
		controller: () => controller,
		restart() {
			controller.follow();
			controller = launch();
		},
		async settle() {
			for (let round = 0; round < 60; round++) {
				await clock.advance(500);
				server.collect();
				if (generation === 'v0.3') {
					actAsCapsule(server);
				}
			}
		},
	};
};

const selectorOf = (regions: readonly string[]): JsonObject => ({
	nodeSelectorTerms: [
		{matchExpressions: [{key: 'region', operator: 'In', values: regions}]},
	],
});

const play = async (
	seed: number,
	generation: GenerationUnderTest,
	steps: number,
): Promise<Run> => {
	const run = start(generation);
	const {clock, server, journal} = run;
	const random = createRandom(seed);
	const apiVersion = apiVersionOf(generation);
	const isThere = (
		cluster: string,
		kind: string,
		namespace: string,
		name: string,
	) =>
		(server.get(cluster, kind, namespace, name) as Held | undefined) !==
		undefined;
	const selectors: JsonObject[] = [
		{nodeSelectorTerms: []},
		selectorOf(['milan']),
		selectorOf(['turin']),
		selectorOf(['milan', 'turin']),
		selectorOf(['nowhere']),
		{
			nodeSelectorTerms: [
				{
					matchExpressions: [
						{key: 'region', operator: 'Equals', values: ['x']},
					],
				},
			],
		},
	];

	const operations: Record<string, (name: string) => void> = {
		offload(name) {
			if (!isThere('home', 'NamespaceOffloading', name, 'offloading')) {
				server.put('home', {
					apiVersion,
					kind: 'NamespaceOffloading',
					metadata: {name: 'offloading', namespace: name, generation: 1},
					spec: {
						namespaceMappingStrategy: random.pick([
							'DefaultName',
							'EnforceSameName',
						]),
						podOffloadingStrategy: random.pick([
							'Local',
							'Remote',
							'LocalAndRemote',
						]),
						clusterSelector: random.pick(selectors),
					},
				});
			}
		},
		select(name) {
			if (isThere('home', 'NamespaceOffloading', name, 'offloading')) {
				server.merge('home', 'NamespaceOffloading', name, 'offloading', {
					spec: {clusterSelector: random.pick(selectors)},
				});
			}
		},
		unoffload(name) {
			server.delete('home', 'NamespaceOffloading', name, 'offloading');
		},
		unlabel(name) {
			server.merge('home', 'Namespace', '', name, {
				metadata: {labels: {'liqo.io/scheduling-enabled': null}},
			});
		},
		relabelNode() {
			const id = random.pick(providers);
			server.merge(
				'home',
				'Node',
				'',
				generation === 'v0.3' ? `liqo-${id}` : id,
				{
					metadata: {
						labels: {region: random.pick([...providers, 'elsewhere'])},
					},
				},
			);
		},
		deleteTwin(name) {
			server.delete(random.pick(providers), 'Namespace', '', `${name}-home-id`);
		},
		squat(name) {
			const cluster = random.pick(providers);
			const squatted = random.pick([name, `${name}-home-id`]);
			if (!isThere(cluster, 'Namespace', '', squatted)) {
				server.put(cluster, {
					apiVersion: 'v1',
					kind: 'Namespace',
					metadata: {name: squatted, labels: {foreign: 'yes'}},
				});
			}
		},
		dropEntry(name) {
			for (const {metadata, spec} of server.list('home', 'NamespaceMap')) {
				if (spec.desiredMapping?.[name] !== undefined && random.next() < 0.5) {
					server.merge(
						'home',
						'NamespaceMap',
						metadata.namespace ?? '',
						metadata.name,

						{spec: {desiredMapping: {[name]: null}}},
					);
				}
			}
		},
		kill() {
			run.restart();
		},
		blind() {
			server.isSilent = !server.isSilent;
			if (!server.isSilent) {
				server.flushSilence();
			}
		},
	};
	server.fault = () => {
		const chance = random.next();
		return chance < 0.04
			? {
					kind: 'refuse',
					status: random.pick([409, 429, 500, 503]),
					reason: 'Conflict',
				}
			: chance < 0.08
				? {kind: 'lose-answer'}
				: undefined;
	};

	for (let step = 0; step < steps; step++) {
		const operation = random.pick(Object.keys(operations));
		const name = random.pick(namespaces);
		journal.push(`${operation} ${name}`);
		operations[operation]!(name);
		await clock.advance(Math.floor(random.next() * 200));
		if (!(random.next() < 0.3)) {
			continue;
		}

		server.collect();
		if (generation === 'v0.3') {
			actAsCapsule(server);
		}
	}

	server.fault = () => undefined;
	server.flushSilence();
	await run.settle();
	return run;
};

const mappings = (server: FakeServer): string[] =>
	server
		.list('home', 'NamespaceMap')
		.flatMap(({metadata, spec}) =>
			Object.keys(spec.desiredMapping ?? {}).map(
				(name) => `${metadata.name} ${name}`,
			),
		);

const seeds =
	process.env.LIQOSCOPE_SEED === undefined
		? Array.from(
				{length: Number(process.env.LIQOSCOPE_SEEDS ?? 8)},
				(_, index) => index + 1,
			)
		: [Number(process.env.LIQOSCOPE_SEED)];

describe.each(['v1beta1', 'v0.3'] as const)(
	'random operations, %s',
	(generation) => {
		it.each(seeds)(
			'hold the invariants (LIQOSCOPE_SEED=%i)',
			async (seed) => {
				const run = await play(seed, generation, 60);
				const {clock, server, violations, journal} = run;
				const story = journal.join('\n');
				expect(violations, story).toEqual([]);
				const offloaded = new Set(
					server
						.list('home', 'NamespaceOffloading')
						.map(({metadata}) => metadata.namespace),
				);
				for (const mapping of mappings(server)) {
					expect(offloaded, `${mapping}\n${story}`).toContain(
						mapping.split(' ', 2)[1],
					);
				}

				// A second look at everything, by another process, changes nothing.
				const before = stateOf(server, ['home', ...providers]);
				const writes = server.writes.length;
				run.restart();
				await clock.advance(20_000);
				expect(
					server.writes
						.slice(writes)
						.map(
							({verb, object, reason}) =>
								`${verb} ${object.kind} ${object.name}: ${reason}`,
						),
					story,
				).toEqual([]);
				expect(stateOf(server, ['home', ...providers])).toBe(before);

				// In the end every finalizer is released and nothing of ours is left anywhere.
				for (const name of namespaces) {
					server.delete('home', 'NamespaceOffloading', name, 'offloading');
				}

				await run.settle();
				expect(server.list('home', 'NamespaceOffloading'), story).toEqual([]);
				expect(mappings(server), story).toEqual([]);
				for (const id of providers) {
					expect(
						server
							.list(id, 'Namespace')
							.filter((twin) => isOwned(twin))
							.map(({metadata}) => metadata.name),
						story,
					).toEqual([]);
				}

				expect(run.violations).toEqual([]);
			},
			60_000,
		);
	},
);
