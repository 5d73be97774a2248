import {describe, expect, test} from 'vitest';
import {type Json} from '../../../source/core/json.js';
import {differenceLines} from '../../../source/ui/fix/difference-lines.js';
import {lineText} from '../../../source/ui/line.js';

const show = (
	before: Json | undefined,
	after: Json | undefined,
): readonly string[] =>
	differenceLines(before, after).map((spans) => lineText(spans));

const selectorOf = (
	...requirements: ReadonlyArray<readonly [string, ...string[]]>
) => ({
	spec: {
		clusterSelector: {
			nodeSelectorTerms: [
				{
					matchExpressions: requirements.map(([key, ...values]) => ({
						key,
						operator: 'In',
						values,
					})),
				},
			],
		},
	},
});

describe('what changes', () => {
	test('is named where it lies when it is one field', () => {
		expect(
			show({spec: {strategy: 'Local'}}, {spec: {strategy: 'Remote'}}),
		).toEqual(['- spec.strategy: Local', '+ spec.strategy: Remote']);
	});

	test('keeps the quotes of a text that would be read as something else', () => {
		expect(show({a: 'true'}, {a: true})).toEqual(['- a: "true"', '+ a: true']);
		expect(show({a: '1'}, {a: ''})).toEqual(['- a: "1"', '+ a: ""']);
	});

	test('deep inside has its place named once', () => {
		expect(
			show(selectorOf(['regoin', 'eu']), selectorOf(['region', 'eu'])),
		).toEqual([
			'in spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[0]',
			'- key: regoin',
			'+ key: region',
		]);
	});

	test('shows an item that went as a whole, and nothing of those that moved up', () => {
		expect(
			show(
				selectorOf(['region', 'eu'], ['tier', 'silver']),
				selectorOf(['tier', 'silver']),
			),
		).toEqual([
			'- spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[0]: {key: region, operator: In, values: [eu]}',
		]);
	});

	test('shows values that came and went', () => {
		expect(
			show(
				selectorOf(['region', 'eu']),
				selectorOf(['region', 'ap', 'eu', 'us']),
			),
		).toEqual([
			'in spec.clusterSelector.nodeSelectorTerms[0].matchExpressions[0].values',
			'+ [0]: ap',
			'+ [2]: us',
		]);
	});

	test('quotes keys with dots in them', () => {
		expect(
			show(
				{metadata: {}},
				{metadata: {labels: {'liqo.io/scheduling-enabled': 'true'}}},
			),
		).toEqual(['+ metadata.labels["liqo.io/scheduling-enabled"]: "true"']);
	});

	test('shows a long item field by field', () => {
		const values = Array.from({length: 60}, (_, index) => `value-${index}`);
		expect(show({list: []}, {list: [{key: 'a', values}]})).toEqual([
			'in list[0]',
			'+ key: a',
			...values.map((value, index) => `+ values[${index}]: ${value}`),
		]);
	});

	test('is nothing where nothing stood and nothing stands', () => {
		expect(show({spec: {a: [], b: 'x'}}, {spec: {b: 'x', c: {}}})).toEqual([]);
	});

	test('drops control characters', () => {
		expect(show({a: 'x'}, {a: 'y\u{1B}[31m'})).toEqual(['- a: x', '+ a: y']);
	});
});
