import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/findings/diagnose.js';
import {type Finding} from '../../../source/core/findings/finding.js';
import {failureModes} from '../../../source/core/findings/index.js';
import {type Draft} from '../../../source/sandbox/scenarios/draft.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {
	draftFrom,
	healthyPlans,
	healthyWorld,
	offloading,
	renamed,
	worldWith,
} from '../../helpers/builders.js';
import {worldOf} from '../../helpers/world.js';

const diagnosed = (
	draft: Draft,
	unreachable: readonly string[] = [],
): readonly Finding[] =>
	diagnose(
		worldOf(draft, {
			providers: draft.peers
				.keys()
				.filter((handle) => !unreachable.includes(handle))
				.toArray(),
		}),
		{now: Date.parse(draft.now)},
	).findings;

const flat = (findings: readonly Finding[]): readonly string[] =>
	findings.flatMap((finding) => [finding, ...finding.behind]).map(({id}) => id);

const options = (numberRuns: number): fc.Parameters<unknown> => ({
	numRuns: numberRuns,
	seed: 20_260_101,
	endOnFailure: true,
});

describe('builders', () => {
	test.each(['v0.3', 'v1beta1'] as const)(
		'a healthy world of %s is healthy',
		(generation) => {
			const now = Date.parse('2026-01-01T12:00:00Z');
			expect(diagnose(healthyWorld(generation), {now}).findings).toEqual([]);
			expect(
				diagnose(
					worldWith(
						generation,
						offloading('shop').selecting('region', 'eu').ready(),
						offloading('cart')
							.selecting('tier', 'silver')
							.withPods('Remote')
							.sameName(),
					),
					{now},
				).findings,
			).toEqual([]);
		},
	);
});

// A loaded machine takes its time for this many worlds.
const patience = 120_000;

test(
	'nothing is found in 200 random healthy worlds',
	{timeout: patience},
	() => {
		fc.assert(
			fc.property(healthyPlans, (plan) => {
				expect(flat(diagnosed(draftFrom(plan)))).toEqual([]);
			}),
			options(200),
		);
	},
);

const injectable = faultScenarios.filter(({start}) => start === undefined);

const faults = fc.constantFrom(...injectable).chain((scenario) =>
	fc.record({
		scenario: fc.constant(scenario),
		generation: fc.constantFrom(...scenario.generations),
	}),
);

test(
	'in 500 random worlds with one fault, that fault comes first',
	{timeout: patience},
	() => {
		fc.assert(
			fc.property(healthyPlans, faults, (plan, {scenario, generation}) => {
				const draft = draftFrom(plan, generation);
				scenario.build(draft);
				const [first] = diagnosed(draft, scenario.unreachable);
				expect(first?.id).toBe(scenario.id);
			}),
			options(500),
		);
	},
);

const namespaced = new Set(
	failureModes.filter(({scope}) => scope === 'namespace').map(({id}) => id),
);

/**
Faults that touch nothing but one namespace, so that two of them do not undo each other.
*/
const confined = injectable.filter(
	({id, unreachable}) =>
		namespaced.has(id as (typeof failureModes)[number]['id']) &&
		unreachable === undefined &&
		![
			'reserved-namespace-offloaded',
			'daemonset-on-virtual-node',
			// These change what all namespaces of a cluster share.
			'no-cluster-labels',
			'virtual-kubelet-restarted',
			'multi-virtual-node-flap',
		].includes(id),
);

test(
	'of two faults in 300 random worlds both are found',
	{timeout: patience},
	() => {
		fc.assert(
			fc.property(
				healthyPlans,
				fc.constantFrom(...confined),
				fc.constantFrom(...confined),
				fc.constantFrom('v0.3' as const, 'v1beta1' as const),
				(plan, one, other, generation) => {
					fc.pre(
						one.generations.includes(generation) &&
							other.generations.includes(generation),
					);
					const draft = draftFrom(plan, generation);
					one.build(draft);
					other.build(renamed(draft, 'shop', 'cart2'));
					const found = flat(diagnosed(draft));
					expect(found).toContain(one.id);
					expect(found).toContain(other.id);
				},
			),
			options(300),
		);
	},
);
