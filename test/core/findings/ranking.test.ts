import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	findInNamespace,
	findInWorld,
	rank,
} from '../../../source/core/findings/diagnose.js';
import {type Finding} from '../../../source/core/findings/finding.js';
import {createRanking} from '../../../source/core/findings/ranking.js';
import {worldScope} from '../../../source/core/findings/scope.js';
import {faultScenarios} from '../../../source/sandbox/scenarios/faults.js';
import {draftOf} from '../../../source/sandbox/scenarios/scenario.js';
import {worldOf} from '../../helpers/world.js';

type Found = {
	readonly ofWorld: readonly Finding[];
	readonly ofNamespaces: ReadonlyArray<readonly Finding[]>;
};

/**
What each scenario finds, in its world and in each of its namespaces.
*/
const found: readonly Found[] = faultScenarios.map((scenario) => {
	const draft = draftOf(scenario);
	const scope = worldScope(worldOf(draft), Date.parse(draft.now))!;
	return {
		ofWorld: findInWorld(scope),
		ofNamespaces: [...scope.namespaces()]
			.map((name) => findInNamespace(scope.scopeOf(name)))
			.filter((findings) => findings.length > 0),
	};
});

const worlds = found.map(({ofWorld}) => ofWorld);
const namespaces = found.flatMap(({ofNamespaces}) => ofNamespaces);

/**
The same findings as of a namespace of another name.
*/
const moveTo = (
	name: string,
	findings: readonly Finding[],
): readonly Finding[] =>
	findings.map((finding) => ({
		...finding,
		namespace: name,
		namespaces: finding.namespaces.length === 1 ? [name] : finding.namespaces,
	}));

const names = ['billing', 'cart', 'shop'];

const step = fc.record({
	name: fc.constantFrom(...names),
	namespace: fc.integer({min: -1, max: namespaces.length - 1}),
	world: fc.option(fc.integer({min: -1, max: worlds.length - 1}), {
		nil: undefined,
	}),
});

const show = (findings: readonly Finding[]): readonly string[] =>
	findings
		.map(
			({id, namespace, object, behind}) =>
				`${id} ${namespace ?? '*'} ${object.name} [${behind
					.map((one) => `${one.id} ${one.namespace ?? '*'} ${one.object.name}`)
					.toSorted()
					.join(', ')}]`,
		)
		.toSorted();

test('after any changes it is what ranking everything at once gives', () => {
	fc.assert(
		fc.property(fc.array(step, {minLength: 1, maxLength: 12}), (steps) => {
			const ranking = createRanking();
			const now = new Map<string, readonly Finding[]>();
			let ofWorld: readonly Finding[] = [];
			for (const {name, namespace, world} of steps) {
				const findings = moveTo(name, namespaces[namespace] ?? []);
				now.set(name, findings);
				if (world !== undefined) {
					ofWorld = (worlds[world] ?? []).map((finding) => ({
						...finding,
						namespaces: finding.namespaces.length === 0 ? [] : ['shop', 'cart'],
					}));
				}

				ranking.update(
					new Map([[name, findings]]),
					world === undefined ? undefined : ofWorld,
				);
				const all = rank([...ofWorld, ...now.values().toArray().flat()]);
				expect(show(ranking.findings())).toEqual(show(all));
				for (const one of names) {
					const here = all.filter((finding) =>
						finding.namespaces.includes(one),
					);
					expect(show(ranking.findingsIn(one))).toEqual(show(here));
					expect(ranking.worstIn(one)?.severity).toBe(here[0]?.severity);
				}

				for (const severity of ['error', 'warning', 'info'] as const) {
					expect(ranking.count(severity)).toBe(
						all.filter((finding) => finding.severity === severity).length,
					);
				}
			}
		}),
		{numRuns: 300},
	);
});

test('what stays the same is no change', () => {
	const ranking = createRanking();
	const findings = moveTo('shop', namespaces[0]!);
	expect(ranking.update(new Map([['shop', findings]]))).toBe(true);
	expect(ranking.update(new Map([['shop', [...findings]]]))).toBe(false);
	expect(ranking.update(new Map([['shop', []]]))).toBe(true);
	expect(ranking.findings()).toEqual([]);
});
