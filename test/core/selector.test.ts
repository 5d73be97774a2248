import {describe, expect, it} from 'vitest';
import {type SelectorTerm} from '../../source/core/model.js';
import {evaluateSelector, selectorErrors} from '../../source/core/selector.js';

const node = {
	name: 'vn-eu',
	labels: {region: 'eu', tier: '10', empty: ''},
};

const evaluate = (...terms: readonly SelectorTerm[]) =>
	evaluateSelector({nodeSelectorTerms: terms}, node);

const expression = (
	key: string,
	operator: string,
	values?: readonly string[],
): SelectorTerm => ({
	matchExpressions: [{key, operator, ...(values !== undefined && {values})}],
});

const field = (
	key: string,
	operator: string,
	values?: readonly string[],
): SelectorTerm => ({
	matchFields: [{key, operator, ...(values !== undefined && {values})}],
});

describe('evaluateSelector', () => {
	it.each([
		['In, present', expression('region', 'In', ['us', 'eu']), true],
		['In, other value', expression('region', 'In', ['us']), false],
		['In, absent', expression('gpu', 'In', ['true']), false],
		['In, empty value', expression('empty', 'In', ['']), true],
		['NotIn, present', expression('region', 'NotIn', ['eu']), false],
		['NotIn, absent', expression('gpu', 'NotIn', ['true']), true],
		['Exists', expression('empty', 'Exists'), true],
		['DoesNotExist', expression('gpu', 'DoesNotExist'), true],
		['Gt, leading zeros', expression('tier', 'Gt', ['007']), true],
		['Gt, equal', expression('tier', 'Gt', ['10']), false],
		['Lt', expression('tier', 'Lt', ['11']), true],
		[
			'Gt on a label that is no number',
			expression('region', 'Gt', ['1']),
			false,
		],
		['empty term', {}, false],
		['field', field('metadata.name', 'In', ['vn-eu']), true],
		['field, other', field('metadata.name', 'NotIn', ['vn-eu']), false],
		[
			'unknown field reads as empty',
			field('metadata.uid', 'NotIn', ['x']),
			true,
		],
		['unknown field never equals', field('metadata.uid', 'In', ['x']), false],
	] as const)('%s', (_title, term, matches) => {
		const result = evaluate(term);
		expect(result.matches).toBe(matches);
		expect(result.error).toBeUndefined();
	});

	it('wants expressions and fields of one term together', () => {
		expect(
			evaluate({
				...expression('region', 'In', ['eu']),
				...field('metadata.name', 'In', ['vn-us']),
			}).matches,
		).toBe(false);
	});

	it('forgets the errors of a term when another one matches', () => {
		const result = evaluate(
			expression('region', 'Equals', ['eu']),
			expression('region', 'Exists'),
		);
		expect(result).toMatchObject({matches: true});
		expect(result.error).toBeUndefined();
		expect(result.terms[0]?.errors).toHaveLength(1);
	});

	it('keeps the index of terms after an empty one', () => {
		expect(evaluate({}, expression('region', 'Equals', ['eu'])).error).toBe(
			'nodeSelectorTerms[1].matchExpressions[0].operator: Unsupported value: "Equals": supported values: "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"',
		);
	});

	it('shows the actual value of each requirement', () => {
		const [term] = evaluate({
			matchExpressions: [
				{key: 'region', operator: 'In', values: ['us']},
				{key: 'gpu', operator: 'Exists'},
			],
		}).terms;
		expect(term?.requirements[0]).toMatchObject({actual: 'eu', matches: false});
		expect(term?.requirements[1]).not.toHaveProperty('actual');
	});
});

describe('selectorErrors', () => {
	const errors = (
		term: SelectorTerm,
		wording: 'v0.3' | 'v1',
	): readonly string[] => selectorErrors({nodeSelectorTerms: [term]}, wording);

	it.each([
		[
			'v1',
			expression('a', 'In'),
			"nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
		],
		[
			'v0.3',
			expression('a', 'In'),
			"nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: []string(nil): for 'in', 'notin' operators, values set can't be empty",
		],
		[
			'v1',
			expression('a', 'Exists', ['eu']),
			'nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: ["eu"]: values set must be empty for exists and does not exist',
		],
		[
			'v0.3',
			expression('a', 'Gt', ['1', '2']),
			'nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: []string{"1", "2"}: for \'Gt\', \'Lt\' operators, exactly one value is required',
		],
		[
			'v0.3',
			expression('a', 'Equals', ['1']),
			'nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: "Equals"',
		],
		[
			'v1',
			field('metadata.name', 'Exists'),
			'nodeSelectorTerms[0].matchFields[0].operator: Unsupported value: "Exists": supported values: "In", "NotIn"',
		],
		[
			'v1',
			field('metadata.name', 'In', ['a', 'b']),
			'nodeSelectorTerms[0].matchFields[0].values: Invalid value: ["a","b"]: must have one element',
		],
		[
			'v1',
			expression('a', 'Gt', ['9223372036854775808']),
			"nodeSelectorTerms[0].matchExpressions[0].values[0]: Invalid value: \"9223372036854775808\": for 'Gt', 'Lt' operators, the value must be an integer",
		],
		[
			'v1',
			expression('k', 'In', ['a'.repeat(64)]),
			`nodeSelectorTerms[0].matchExpressions[0].values[0][k]: Invalid value: "${'a'.repeat(64)}": must be no more than 63 bytes`,
		],
		[
			'v0.3',
			expression('k', 'In', ['é'.repeat(32)]),
			`nodeSelectorTerms[0].matchExpressions[0].values[0][k]: Invalid value: "${'é'.repeat(32)}": must be no more than 63 characters; a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
		],
		[
			'v1',
			expression(`${'p'.repeat(254)}/${'n'.repeat(64)}`, 'Exists'),
			`nodeSelectorTerms[0].matchExpressions[0].key: Invalid value: "${'p'.repeat(254)}/${'n'.repeat(64)}": prefix part must be no more than 253 bytes; name part must be no more than 63 bytes`,
		],
		[
			'v0.3',
			expression(`${'p'.repeat(254)}/${'n'.repeat(64)}`, 'Exists'),
			`nodeSelectorTerms[0].matchExpressions[0].key: Invalid value: "${'p'.repeat(254)}/${'n'.repeat(64)}": prefix part must be no more than 253 characters; name part must be no more than 63 characters`,
		],
		[
			'v1',
			expression('a', 'In', []),
			"nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
		],
		[
			'v0.3',
			expression('a', 'In', []),
			"nodeSelectorTerms[0].matchExpressions[0].values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty",
		],
		[
			'v1',
			field('metadata.name', 'In', []),
			'nodeSelectorTerms[0].matchFields[0].values: Invalid value: []: must have one element',
		],
	] as const)('speaks as %s', (wording, term, message) => {
		expect(errors(term, wording)).toEqual([message]);
	});

	it('reports key, count, integers and values in this order', () => {
		const messages = errors(expression('a b', 'Gt', ['x', 'y z']), 'v1');
		expect(messages.map((message) => message.split(':', 1)[0])).toEqual([
			'nodeSelectorTerms[0].matchExpressions[0].key',
			'nodeSelectorTerms[0].matchExpressions[0].values',
			'nodeSelectorTerms[0].matchExpressions[0].values[0]',
			'nodeSelectorTerms[0].matchExpressions[0].values[1]',
			'nodeSelectorTerms[0].matchExpressions[0].values[1][a b]',
		]);
	});

	it('names the prefix of a key', () => {
		expect(errors(expression('Foo_/region', 'Exists'), 'v1')[0]).toContain(
			'.key: Invalid value: "Foo_/region": prefix part a lowercase RFC 1123 subdomain must consist of',
		);
		expect(errors(expression('/region', 'Exists'), 'v1')[0]).toContain(
			'prefix part must be non-empty',
		);
		expect(errors(expression('a/b/c', 'Exists'), 'v1')[0]).toContain(
			'a valid label key must consist of',
		);
		expect(errors(expression('a/b/c', 'Exists'), 'v0.3')[0]).toContain(
			'a qualified name must consist of',
		);
	});
});
