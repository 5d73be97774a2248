import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type SelectorTerm} from '../../source/core/model.js';
import {
	evaluateSelector,
	type SelectableNode,
} from '../../source/core/selector.js';
import {suggestSelectors} from '../../source/core/selector-suggestions.js';

const nodes: readonly SelectableNode[] = [
	{name: 'liqo-eu', labels: {region: 'eu', tier: 'gold'}},
	{name: 'liqo-us', labels: {region: 'us'}},
	{name: 'liqo-ap', labels: {region: 'ap', tier: 'silver'}},
];

const term = (...requirements: readonly string[]): SelectorTerm => ({
	matchExpressions: requirements.map((text) => {
		const [key = '', operator = '', values] = text.split(' ', 3);
		return {
			key,
			operator,
			...(values !== undefined && {values: values.split(',')}),
		};
	}),
});

const editsFor = (...terms: readonly SelectorTerm[]): readonly string[] =>
	suggestSelectors({nodeSelectorTerms: terms}, nodes).map(
		({edits, selects}) => `${edits.join(', ')} -> ${selects.join(' ')}`,
	);

describe('the nearest edits', () => {
	test.each([
		[
			'a misspelt key',
			[term('regoin In eu,us')],
			'ask for region instead of regoin -> liqo-eu liqo-us',
		],
		[
			'a misspelt value',
			[term('tier In glod')],
			'write tier=gold instead of glod -> liqo-eu',
		],
		[
			'a misspelt operator',
			[term('region Inn eu')],
			'write operator In instead of "Inn" -> liqo-eu',
		],
		[
			'operator without values',
			[term('tier In')],
			'write Exists for tier: In needs values -> liqo-eu liqo-ap',
		],
		[
			'a value more',
			[term('region In eu')],
			'also accept region=us -> liqo-eu liqo-us',
		],
		[
			'the one requirement in the way of another',
			[term('region In us', 'color Exists')],
			'drop the requirement on color -> liqo-us',
		],
		[
			'one of the values that are ruled out',
			[term('region NotIn eu,us,ap')],
			'no longer rule out region=eu -> liqo-eu',
		],
		[
			'a value that no label can have',
			[term('region In eu,-nowhere-')],
			'leave out "-nowhere-" for region: no label can have that value -> liqo-eu',
		],
		[
			'a value that no label can have, ruled out',
			[term('region NotIn eu,-nowhere-')],
			'leave out "-nowhere-" for region: no label can have that value -> liqo-us liqo-ap',
		],
	] as const)('%s', (_, terms, edit) => {
		const edits = editsFor(...terms);
		expect(edits[0]).toBe(edit);
	});

	test('each value that is ruled out can be let in alone, before the whole requirement goes', () => {
		expect(editsFor(term('region NotIn eu,us,ap', 'tier Exists'))).toEqual([
			'no longer rule out region=eu -> liqo-eu',
			'no longer rule out region=ap -> liqo-ap',
			'drop the requirement on region -> liqo-eu liqo-ap',
		]);
	});

	test('the only value that is ruled out goes with its requirement', () => {
		expect(editsFor(term('region NotIn eu', 'tier In gold'))).toEqual([
			'also accept tier=silver -> liqo-ap',
			'drop the requirement on region -> liqo-eu',
			'drop the requirement on tier -> liqo-us liqo-ap',
		]);
	});

	test('of several bounds one is kept', () => {
		const sized = [
			{name: 'small', labels: {gpus: '2'}},
			{name: 'large', labels: {gpus: '9'}},
		];
		expect(
			suggestSelectors({nodeSelectorTerms: [term('gpus Gt 1,5')]}, sized).map(
				({edits, selects}) => `${edits.join(', ')} -> ${selects.join(' ')}`,
			),
		).toEqual([
			'keep only 5 for gpus: Gt takes one value -> large',
			'keep only 1 for gpus: Gt takes one value -> small large',
			'drop the requirement on gpus -> small large',
		]);
	});

	test('two faults in one term have no single remedy', () => {
		expect(editsFor(term('regoin In eu', 'teir Exists'))).toEqual([]);
	});

	test('nothing is in the way of a selector that chooses all', () => {
		expect(editsFor(term('region Exists'))).toEqual([]);
		expect(editsFor()).toEqual([]);
	});

	test('without its only requirement a selector chooses all, in the words of that version', () => {
		const everything = {
			nodeSelectorTerms: [term('liqo.io/type In virtual-node')],
		};
		const selector = {nodeSelectorTerms: [term('color Exists')]};
		expect(suggestSelectors(selector, nodes)[0]?.selector).toEqual({
			nodeSelectorTerms: [],
		});
		expect(suggestSelectors(selector, nodes, everything)[0]).toMatchObject({
			selector: everything,
			selects: ['liqo-eu', 'liqo-us', 'liqo-ap'],
		});
	});
});

const anyRequirement = fc
	.tuple(
		fc.constantFrom('region', 'regoin', 'tier', 'zone'),
		fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Inn'),
		fc.subarray(['eu', 'us', 'ap', 'gold', 'glod']),
	)
	.map(([key, operator, values]) => ({
		key,
		operator,
		...(values.length > 0 && {values}),
	}));

test('each does what it says, and gains something', () => {
	fc.assert(
		fc.property(
			fc.array(fc.array(anyRequirement, {maxLength: 3}), {maxLength: 4}),
			(lists) => {
				const selector = {
					nodeSelectorTerms: lists.map((matchExpressions) => ({
						matchExpressions,
					})),
				};
				const chosenBy = (one: typeof selector): readonly string[] =>
					nodes
						.filter(
							(node) =>
								one.nodeSelectorTerms.length === 0 ||
								evaluateSelector(one, node).matches,
						)
						.map(({name}) => name);
				const before = chosenBy(selector);
				for (const suggestion of suggestSelectors(selector, nodes)) {
					const after = chosenBy(suggestion.selector as typeof selector);
					expect(suggestion.selects).toEqual(after);
					expect(suggestion.drops).toEqual(
						before.filter((name) => !after.includes(name)),
					);
					expect(after.some((name) => !before.includes(name))).toBe(true);
				}
			},
		),
		{numRuns: 500},
	);
});

test('500 terms and 10,000 values on 100 nodes are looked at', () => {
	const many = Array.from({length: 100}, (_, index) => ({
		name: `node-${index}`,
		labels: {region: `r-${index}`, zone: `z-${index % 7}`},
	}));
	const values = Array.from({length: 10_000}, (_, index) => `v-${index}`);
	const terms = [
		...Array.from({length: 499}, (_, index) => term(`key-${index} Exists`)),
		{matchExpressions: [{key: 'region', operator: 'In', values}]},
	];
	const found = suggestSelectors({nodeSelectorTerms: terms}, many);
	expect(found).toHaveLength(8);
	expect(found[0]?.edits).toEqual(['also accept region=r-0']);
});
