import fc from 'fast-check';
import {type GenerationId} from '../../source/core/generations/generation.js';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {type World} from '../../source/core/world.js';
import {type Draft, text} from '../../source/sandbox/scenarios/draft.js';
import {healthyDraft} from '../../source/sandbox/scenarios/healthy.js';
import {
	type MappingPhase,
	offload,
	type Offloading,
} from '../../source/sandbox/scenarios/offload.js';
import {imposed, putWorkload} from '../../source/sandbox/scenarios/workload.js';
import {worldOf} from './world.js';

type Strategy = 'Local' | 'Remote' | 'LocalAndRemote';

/**
An offloading in words: `offloading('shop').selecting('region', 'eu').ready()`. Every step gives a new builder.
*/
export type OffloadingBuilder = {
	readonly namespace: string;
	readonly given: Offloading;
	/**
	Adds a term that asks for one of these values of a label.
	*/
	selecting(key: string, ...values: readonly string[]): OffloadingBuilder;
	/**
	Terms as they are written, for all that `selecting` cannot say.
	*/
	withTerms(...terms: readonly JsonObject[]): OffloadingBuilder;
	withPods(strategy: Strategy): OffloadingBuilder;
	named(remoteNamespaceName: string): OffloadingBuilder;
	sameName(): OffloadingBuilder;
	/**
	On all of these clusters (by handle), or on those that the terms select.
	*/
	ready(...handles: readonly string[]): OffloadingBuilder;
	/**
	How far each cluster got.
	*/
	on(phases: Readonly<Record<string, MappingPhase>>): OffloadingBuilder;
	/**
	Puts it, with its namespace, mappings and twins, into a draft.
	*/
	putInto(draft: Draft): void;
};

/**
Handles of the clusters that simple terms select: one requirement each on a label that tells clusters apart.
*/
const selectedBy = (
	draft: Draft,
	terms: Offloading['terms'],
): readonly string[] =>
	draft.peers
		.values()
		.filter(
			({labels}) =>
				terms === undefined ||
				terms === 'absent' ||
				terms.length === 0 ||
				terms.some((term) => {
					const expressions = term.matchExpressions;
					return (
						Array.isArray(expressions) &&
						expressions.length > 0 &&
						expressions.every(
							(expression) =>
								isJsonObject(expression) &&
								Array.isArray(expression.values) &&
								expression.values.includes(labels[text(expression.key)] ?? ''),
						)
					);
				}),
		)
		.map(({handle}) => handle)
		.toArray();

const builder = (
	namespace: string,
	given: Offloading,
	handles?: readonly string[],
): OffloadingBuilder => {
	const withGiven = (more: Offloading) =>
		builder(namespace, {...given, ...more}, handles);
	const terms = (): readonly JsonObject[] =>
		given.terms === undefined || given.terms === 'absent' ? [] : given.terms;
	return {
		namespace,
		given,
		selecting: (key, ...values) =>
			withGiven({
				terms: [
					...terms(),
					{matchExpressions: [{key, operator: 'In', values}]},
				],
			}),
		withTerms: (...more) => withGiven({terms: [...terms(), ...more]}),
		withPods: (podStrategy) => withGiven({podStrategy}),
		named: (remoteNamespaceName) =>
			withGiven({mappingStrategy: 'SelectedName', remoteNamespaceName}),
		sameName: () => withGiven({mappingStrategy: 'EnforceSameName'}),
		ready: (...names) => builder(namespace, given, names),
		on: (on) => withGiven({on}),
		putInto(draft) {
			const ready =
				handles === undefined || handles.length === 0
					? selectedBy(draft, given.terms)
					: handles;
			offload(draft, namespace, {
				on: Object.fromEntries(
					ready.map((handle) => [handle, 'Accepted' as const]),
				),
				...given,
			});
		},
	};
};

export const offloading = (namespace: string): OffloadingBuilder =>
	builder(namespace, {});

/**
Healthy clusters with these offloadings, as a world.
*/
export const worldWith = (
	generation: GenerationId,
	...offloadings: readonly OffloadingBuilder[]
): World => {
	const draft = healthyDraft(generation);
	for (const one of offloadings) {
		one.putInto(draft);
	}

	return worldOf(draft);
};

/**
Healthy clusters with one ready offloading.
*/
export const healthyWorld = (generation: GenerationId): World =>
	worldWith(generation, offloading('shop').ready());

const regions = ['eu', 'us', 'ap'] as const;

const offloadingChoice = fc.record({
	podStrategy: fc.constantFrom('Local', 'Remote', 'LocalAndRemote'),
	regions: fc.subarray([...regions], {minLength: 1}),
	isEverywhere: fc.boolean(),
	asTerms: fc.boolean(),
	naming: fc.constantFrom('DefaultName', 'EnforceSameName', 'SelectedName'),
	pods: fc.array(fc.nat({max: 4}), {maxLength: 3}),
	age: fc.integer({min: 120, max: 7000}),
});

export type HealthyPlan = {
	readonly generation: GenerationId;
	readonly choices: ReadonlyArray<
		typeof offloadingChoice extends fc.Arbitrary<infer T> ? T : never
	>;
};

/**
Plans for random healthy clusters.
*/
export const healthyPlans: fc.Arbitrary<HealthyPlan> = fc.record({
	generation: fc.constantFrom('v0.3' as const, 'v1beta1' as const),
	choices: fc.array(offloadingChoice, {maxLength: 4}),
});

const regionTerm = (values: readonly string[]): JsonObject => ({
	matchExpressions: [{key: 'region', operator: 'In', values}],
});

/**
A draft as a plan says: every offloading is ready where its selector selects, and every pod runs where it may.
*/
export const draftFrom = (
	{generation, choices}: HealthyPlan,
	forced: GenerationId = generation,
): Draft => {
	const draft = healthyDraft(forced);
	for (const [index, choice] of choices.entries()) {
		const namespace = `team-${index}`;
		const chosen = choice.isEverywhere ? [...regions] : choice.regions;
		const terms = choice.isEverywhere
			? []
			: choice.asTerms
				? choice.regions.map((one) => regionTerm([one]))
				: [regionTerm(choice.regions)];
		const {podStrategy} = choice;
		const mappingStrategy =
			choice.naming === 'SelectedName' && forced === 'v0.3'
				? 'DefaultName'
				: choice.naming;
		offload(draft, namespace, {
			terms,
			podStrategy,
			mappingStrategy,
			...(mappingStrategy === 'SelectedName' && {
				remoteNamespaceName: `chosen-${index}`,
			}),
			on: Object.fromEntries(
				chosen.map((handle) => [handle, 'Accepted' as const]),
			),
			age: choice.age,
		});
		const virtual = chosen.map((handle) => draft.peer(handle).node);
		const local = ['worker-1', 'worker-2'];
		const nodes = {
			Local: local,
			Remote: virtual,
			LocalAndRemote: [...local, ...virtual],
		}[podStrategy];
		if (choice.pods.length > 0) {
			putWorkload(draft, {
				namespace,
				name: 'web',
				nodes: choice.pods.map((pick) => nodes[pick % nodes.length]!),
				admitted: imposed(draft, podStrategy, terms),
				age: choice.age - 60,
			});
		}
	}

	return draft;
};

/**
The same draft under other words: whatever is put in, edited or asked for under one name goes by another one.
*/
export const renamed = (draft: Draft, from: string, to: string): Draft => {
	const pattern = new RegExp(String.raw`\b${from}\b`, 'gv');
	const word = (words: string) => words.replaceAll(pattern, () => to);
	const all = (object: JsonObject): JsonObject =>
		JSON.parse(word(JSON.stringify(object))) as JsonObject;
	return {
		...draft,
		put(cluster, object) {
			draft.put(cluster, all(object));
		},
		has: (cluster, kind, name) => draft.has(cluster, kind, word(name)),
		get: (cluster, kind, name) => draft.get(cluster, kind, word(name)),
		edit(cluster, kind, name, patch) {
			draft.edit(cluster, kind, word(name), all(patch));
		},
		drop(cluster, kind, name) {
			draft.drop(cluster, kind, word(name));
		},
	};
};
