import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {isAntithetical, podTerms} from '../../source/core/pod-terms.js';
import {evaluateTerm} from '../../source/core/selector.js';
import {
	findConflict,
	type SourcedRequirement,
} from '../../source/core/term-conflicts.js';

const on = (
	key: string,
	operator: string,
	...values: readonly string[]
): SourcedRequirement => ({
	source: 'matchExpressions',
	key,
	operator,
	...(values.length > 0 && {values}),
});

const named = (operator: string, value: string): SourcedRequirement => ({
	...on('metadata.name', operator, value),
	source: 'matchFields',
});

describe('findConflict', () => {
	it.each([
		['In and In', [on('a', 'In', 'x'), on('a', 'In', 'y')], [0, 1]],
		[
			'In inside NotIn',
			[on('a', 'In', 'x', 'y'), on('a', 'NotIn', 'x'), on('a', 'NotIn', 'y')],
			[0, 1, 2],
		],
		[
			'absent and wanted',
			[on('a', 'DoesNotExist'), on('a', 'Gt', '3')],
			[0, 1],
		],
		['no integer between', [on('a', 'Gt', '3'), on('a', 'Lt', '4')], [0, 1]],
		['an integer between', [on('a', 'Gt', '3'), on('a', 'Lt', '5')], []],
		['In out of range', [on('a', 'In', '1', 'x'), on('a', 'Gt', '1')], [0, 1]],
		['beyond the integers', [on('a', 'Gt', '9223372036854775807')], [0]],
		['different keys', [on('a', 'In', 'x'), on('b', 'In', 'y')], []],
		['absence is enough', [on('a', 'NotIn', 'x'), on('a', 'DoesNotExist')], []],
		['malformed', [on('a', 'Exists'), on('b', 'Equals', 'x')], [1]],
		[
			'the smallest one',
			[
				on('a', 'In', 'x', 'y'),
				on('a', 'NotIn', 'x'),
				on('a', 'NotIn', 'y'),
				on('b', 'Exists'),
				on('b', 'DoesNotExist'),
			],
			[3, 4],
		],
		['names', [named('In', 'n'), named('NotIn', 'n')], [0, 1]],
	] as const)('%s', (_title, requirements, expected) => {
		expect(findConflict(requirements)).toEqual(expected);
	});

	it('never calls a term contradictory that some node satisfies', () => {
		const requirement = fc.constantFrom(
			on('a', 'In', '1', '2'),
			on('a', 'In', '2', '3'),
			on('a', 'NotIn', '2'),
			on('a', 'Exists'),
			on('a', 'DoesNotExist'),
			on('a', 'Gt', '1'),
			on('a', 'Lt', '3'),
			on('a', 'Lt', '2'),
			on('a', 'In', 'x'),
		);
		fc.assert(
			fc.property(
				fc.array(requirement, {minLength: 1, maxLength: 5}),
				fc.option(fc.constantFrom('0', '1', '2', '02', '3', 'x', ''), {
					nil: undefined,
				}),
				(requirements, value) => {
					const term = {
						matchExpressions: requirements.map(({key, operator, values}) => ({
							key,
							operator,
							...(values && {values}),
						})),
					};
					const labels: Record<string, string> =
						value === undefined ? {} : {a: value};
					const {matches} = evaluateTerm(term, {name: 'n', labels}, 0, 'v1');
					const conflict = findConflict(requirements);
					expect(matches && conflict.length > 0).toBe(false);
					const subset = conflict.flatMap((index) => requirements[index] ?? []);
					expect(findConflict(subset)).toHaveLength(subset.length);
				},
			),
		);
	});

	it('finds a value for every term it does not call contradictory', () => {
		const requirement = fc.constantFrom(
			on('a', 'In', '1', '2'),
			on('a', 'In', '2', '3'),
			on('a', 'NotIn', '2'),
			on('a', 'NotIn', '1', '3'),
			on('a', 'Exists'),
			on('a', 'DoesNotExist'),
			on('a', 'Gt', '1'),
			on('a', 'Lt', '3'),
			on('a', 'Lt', '2'),
		);
		fc.assert(
			fc.property(
				fc.array(requirement, {minLength: 1, maxLength: 5}),
				(requirements) => {
					const term = {
						matchExpressions: requirements.map(({key, operator, values}) => ({
							key,
							operator,
							...(values && {values}),
						})),
					};
					const isMet = [
						{},
						...['0', '1', '2', '02', '3', 'x'].map((a) => ({a})),
					].some(
						(labels) =>
							evaluateTerm(term, {name: 'n', labels}, 0, 'v1').matches,
					);
					expect(findConflict(requirements).length === 0).toBe(isMet);
				},
			),
		);
	});
});

describe('podTerms', () => {
	const onVirtual = {
		key: 'liqo.io/type',
		operator: 'In',
		values: ['virtual-node'],
	};
	const region = (value: string) => ({
		key: 'region',
		operator: 'In',
		values: [value],
	});

	it("tells the offloading's requirements from the pod's own", () => {
		const [term] = podTerms(
			{
				containers: [],
				nodeSelector: {disk: 'ssd'},
				affinity: {
					nodeAffinity: {
						requiredDuringSchedulingIgnoredDuringExecution: {
							nodeSelectorTerms: [
								{matchExpressions: [region('us'), region('eu'), onVirtual]},
							],
						},
					},
				},
			},
			[{matchExpressions: [region('eu'), onVirtual]}],
		);
		expect(term?.requirements.map(({origin}) => origin)).toEqual([
			'pod',
			'offloading',
			'offloading',
			'nodeSelector',
		]);
		expect(term?.conflict).toEqual([0, 1]);
		expect(term?.isSatisfiable).toBe(false);
	});

	it('has a term for a bare node selector, and none for a pod without demands', () => {
		expect(podTerms({containers: [], nodeSelector: {a: 'b'}})).toMatchObject([
			{isSatisfiable: true},
		]);
		expect(podTerms({containers: []})).toEqual([]);
		expect(isAntithetical([])).toBe(false);
	});

	it('knows that an empty term matches nothing', () => {
		const terms = podTerms({
			containers: [],
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [{}],
					},
				},
			},
		});
		expect(isAntithetical(terms)).toBe(true);
	});
});
