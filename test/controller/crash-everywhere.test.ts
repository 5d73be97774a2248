import {describe, expect, it} from 'vitest';
import {type Change} from '../../source/core/change.js';
import {generationById} from '../../source/core/generations/index.js';
import {
	isJsonObject,
	type Json,
	type JsonObject,
} from '../../source/core/json.js';
import {createMemoryCluster} from '../../source/core/memory-cluster.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import {createSimulation} from '../../source/core/simulation.js';
import {createController} from '../../source/controller/controller.js';
import {createFakeClock} from './fake-clock.js';
import {createFakeServer, type FakeServer} from './fake-server.js';
import {createMortalWriter} from './mortal-writer.js';
import {
	apiVersionOf,
	capsuleBindings,
	type GenerationUnderTest,
	peeredClusters,
} from './peered.js';

const providers = ['milan', 'turin'];
const namespaces = ['shop', 'bank'];
const clusters = ['home', ...providers];

const regions = (...values: string[]): JsonObject => ({
	nodeSelectorTerms: [
		{matchExpressions: [{key: 'region', operator: 'In', values}]},
	],
});

const broken: JsonObject = {
	nodeSelectorTerms: [
		{matchExpressions: [{key: 'region', operator: 'Equals', values: ['x']}]},
	],
};

/**
The life of two offloadings, a step at a time: created, edited, narrowed, broken, mended, deleted.
*/
const stepsOf = (
	generation: GenerationUnderTest,
): ReadonlyArray<readonly Change[]> => {
	const apiVersion = apiVersionOf(generation);
	const change = (
		namespace: string,
		verb: Change['verb'],
		body?: JsonObject,
	): Change => ({
		cluster: 'home',
		verb,
		object: {
			apiVersion,
			kind: 'NamespaceOffloading',
			namespace,
			name: 'offloading',
		},
		...(verb === 'patch' && {patchType: 'merge' as const}),
		...(body !== undefined && {body}),
		reason: 'a step of the life',
	});
	const create = (namespace: string, clusterSelector: JsonObject) =>
		change(namespace, 'create', {
			apiVersion,
			kind: 'NamespaceOffloading',
			metadata: {name: 'offloading', namespace, generation: 1},
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				clusterSelector,
			},
		});
	const select = (namespace: string, clusterSelector: JsonObject) =>
		change(namespace, 'patch', {spec: {clusterSelector}});
	return [
		[
			create('shop', regions('milan', 'turin')),
			create('bank', regions('milan')),
		],
		[select('bank', regions('milan', 'turin'))],
		[select('shop', regions('turin'))],
		[select('bank', broken)],
		[select('bank', regions('turin')), change('shop', 'delete')],
		[change('bank', 'delete')],
	];
};

// What differs from run to run and says nothing about where offloading stands.
const volatile: ReadonlySet<string> = new Set([
	'creationTimestamp',
	'deletionTimestamp',
	'generation',
	'kubernetes.io/metadata.name',
	'lastTransitionTime',
	'managedFields',
	'observedGeneration',
	'resourceVersion',
	'uid',
]);

const kindsShown = [
	'Namespace',
	'NamespaceMap',
	'NamespaceOffloading',
	'RoleBinding',
];

const isEmpty = (value: Json | undefined): boolean =>
	value === undefined ||
	(Array.isArray(value) && value.length === 0) ||
	(isJsonObject(value) && Object.keys(value).length === 0);

/**
Without what differs by chance and without empty parts, keys in order.
*/
const essence = (value: Json | undefined): Json | undefined => {
	if (Array.isArray(value)) {
		return value.map((item) => essence(item as Json)!);
	}

	return isJsonObject(value)
		? Object.fromEntries(
				Object.entries(value)
					.filter(([key]) => !volatile.has(key))
					.map(([key, inner]) => [key, essence(inner)] as const)
					.filter(([, inner]) => !isEmpty(inner))
					.toSorted(([a], [b]) => a.localeCompare(b)),
			)
		: value;
};

/**
The objects of a cluster as text. A generated name is known by its beginning; what a server adds to a namespace is left out.
*/
const standing = (cluster: string, objects: readonly unknown[]): string[] =>
	objects
		.map((object) => {
			const {spec, status, metadata, ...rest} = object as {
				kind: string;
				spec?: Json;
				status?: Json;
				metadata: {name: string; generateName?: string};
			};
			const {name, generateName, ...others} = metadata;
			const whole = {
				...rest,
				...(rest.kind !== 'Namespace' && {spec, status}),
				metadata: {...others, name: generateName ?? name},
			};
			return `${cluster} ${JSON.stringify(essence(whole))}`;
		})
		.toSorted();

const standingOf = (server: FakeServer): string[] =>
	clusters.flatMap((cluster) =>
		standing(
			cluster,
			kindsShown.flatMap((kind) => server.list(cluster, kind)),
		),
	);

/**
Where a simulation says that the same life leads, step by step.
*/
const simulate = (generation: GenerationUnderTest): string[][] => {
	const memory = new Map(
		Array.from(
			peeredClusters(generation, providers, namespaces),
			([key, objects]) => [
				key,
				createMemoryCluster({
					key,
					role: key === 'home' ? 'consumer' : 'provider',
					title: key,
					clusterId: key === 'home' ? 'home-id' : key,
					generation: generationById(generation),
					objects,
				}),
			],
		),
	);
	const now = () => '2026-01-01T00:00:00Z';
	const simulation = createSimulation({
		consumer: memory.get('home')!,
		providers: new Map(providers.map((id) => [id, memory.get(id)!])),
		rules: 'corrected',
		now,
	});
	const objectsOf = (cluster: string, kind: string) =>
		Iterator.from(memory.get(cluster)!.objects())
			.filter((object) => object.kind === kind)
			.toArray();
	const actAsCapsule = () => {
		for (const id of providers) {
			const twins = objectsOf(id, 'Namespace').filter((object) =>
				JSON.stringify(object).includes('liqo.io/remote-namespace'),
			);
			for (const body of twins.flatMap((twin) =>
				capsuleBindings((twin.metadata as {name: string}).name),
			)) {
				const {apiVersion, kind, metadata} = body;
				simulation.send({
					cluster: id,
					verb: 'create',
					object: {apiVersion, kind, ...metadata},
					body,
					reason: 'as Capsule',
				});
			}
		}
	};

	simulation.start();
	simulation.settle();
	return stepsOf(generation).map((changes) => {
		for (const change of changes) {
			expect(simulation.send(change).state).toBe('written');
		}

		expect(simulation.settle().isSettled).toBe(true);
		if (generation === 'v0.3') {
			actAsCapsule();
			expect(simulation.settle().isSettled).toBe(true);
		}

		return clusters.flatMap((cluster) =>
			standing(
				cluster,
				kindsShown.flatMap((kind) => objectsOf(cluster, kind)),
			),
		);
	});
};

type Life = {
	readonly states: string[][];
	/**
	Writes of each process, in words.
	*/
	readonly writes: string[];
	readonly deaths: number;
};

/**
The same life with the real controllers, of which one dies at its nth write.
*/
const live = async (
	generation: GenerationUnderTest,
	deathAt: number,
	moment: 'before' | 'after',
): Promise<Life> => {
	const clock = createFakeClock();
	const server = createFakeServer({clock, generation, providers});
	for (const [cluster, objects] of peeredClusters(
		generation,
		providers,
		namespaces,
	)) {
		for (const object of objects) {
			server.put(cluster, object);
		}
	}

	const mortal = createMortalWriter(server.writer, deathAt, moment);
	const begin = (writer = server.writer, isDead = () => false) => {
		const controller = createController({
			store: server.store,
			writer,
			clock,
			rules: 'corrected',
			reconcilers: createReconcilers(generationById(generation), 'corrected'),
			longestDelay: 2000,
			canWrite: () => !isDead(),
		});
		controller.lead();
		return controller;
	};

	let controller = begin(mortal.writer, mortal.isDead);
	let deaths = 0;
	const settle = async () => {
		let calm = 0;
		for (let round = 0; calm < 3 && round < 100; round++) {
			await clock.advance(400);
			const before = server.writes.length;
			if (deaths === 0 && mortal.isDead()) {
				deaths++;
				controller.follow();
				controller = begin();
				calm = 0;
			}

			server.collect();
			if (generation === 'v0.3') {
				for (const id of providers) {
					const twins = server
						.list(id, 'Namespace')
						.filter(
							({metadata}) =>
								metadata.annotations?.['liqo.io/remote-namespace'] !==
									undefined && metadata.deletionTimestamp === undefined,
						);
					for (const binding of twins.flatMap(({metadata}) =>
						capsuleBindings(metadata.name),
					)) {
						server.put(id, binding);
					}
				}
			}

			await clock.advance(1600);
			calm =
				server.writes.length === before && controller.isSettled()
					? calm + 1
					: 0;
		}

		expect(calm, `${moment} write ${deathAt} settles`).toBe(3);
	};

	const states: string[][] = [];
	await settle();
	for (const changes of stepsOf(generation)) {
		for (const {verb, object, body} of changes) {
			const {kind, namespace = '', name} = object;
			if (verb === 'create') {
				server.put('home', body as JsonObject);
			} else if (verb === 'delete') {
				server.delete('home', kind, namespace, name);
			} else {
				server.merge('home', kind, namespace, name, body as JsonObject);
			}
		}

		await settle();
		states.push(standingOf(server));
	}

	return {
		states,
		writes: server.writes
			.filter(({object}) => object.kind !== 'Event')
			.map(
				({cluster, verb, object, subresource = '', reason}) =>
					`${cluster} ${verb} ${object.kind} ${subresource} ${object.namespace ?? ''}/${object.name}: ${reason}`,
			),
		deaths,
	};
};

describe.each(['v1beta1', 'v0.3'] as const)(
	'a process that dies at any write, %s',
	(generation) => {
		it('is followed by one that ends where the simulation does', async () => {
			const expected = simulate(generation);
			const undisturbed = await live(generation, 0, 'before');
			expect(undisturbed.states).toEqual(expected);
			expect(undisturbed.deaths).toBe(0);
			const count = undisturbed.writes.length;
			expect(count).toBeGreaterThan(20);
			for (let deathAt = 1; deathAt <= count; deathAt++) {
				for (const moment of ['before', 'after'] as const) {
					const {states, deaths, writes} = await live(
						generation,
						deathAt,
						moment,
					);
					const story = `${moment} write ${deathAt}:\n${writes.join('\n')}`;
					expect(deaths, story).toBe(1);
					expect(states, story).toEqual(expected);
				}
			}
		}, 300_000);
	},
);
