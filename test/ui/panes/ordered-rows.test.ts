import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createOrderedRows} from '../../../source/ui/panes/ordered-rows.js';

type Row = {readonly key: string; readonly rank: number; readonly size: number};

/**
Slices run when the test says so.
*/
const createSteps = () => {
	const waiting: Array<() => void> = [];
	return {
		defer(callback: () => void) {
			waiting.push(callback);
			return () => {
				const index = waiting.indexOf(callback);
				if (index !== -1) {
					waiting.splice(index, 1);
				}
			};
		},
		runAll() {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				next();
			}
		},
		count: () => waiting.length,
	};
};

const create = () => {
	const steps = createSteps();
	const rows = createOrderedRows<Row>(
		{rankOf: (row) => row.rank, valueOf: (row) => row.size},
		() => undefined,
		steps.defer,
	);
	const all = () =>
		Array.from({length: rows.count()}, (_, index) => rows.at(index)!.key);
	return {rows, steps, all};
};

test('what needs attention is at the top, equals by name', () => {
	const {rows, all} = create();
	rows.set('b', {key: 'b', rank: 1, size: 0});
	rows.set('a', {key: 'a', rank: 1, size: 0});
	rows.set('c', {key: 'c', rank: 0, size: 0});
	expect(rows.settle()).toBe(true);
	expect(all()).toEqual(['c', 'a', 'b']);
	expect(rows.settle()).toBe(false);
});

test('a row moves when its rank changes, and is found there', () => {
	const {rows, all} = create();
	for (const key of ['a', 'b', 'c']) {
		rows.set(key, {key, rank: 1, size: 0});
	}

	rows.settle();
	rows.set('c', {key: 'c', rank: 0, size: 0});
	rows.settle();
	expect(all()).toEqual(['c', 'a', 'b']);
	expect(rows.indexOf('c')).toBe(0);
	expect(rows.indexOf('nobody')).toBe(-1);
});

test('a filter over many rows is applied in slices, and can be replaced half way', () => {
	const {rows, steps, all} = create();
	for (let index = 0; index < 200_000; index++) {
		const key = `row-${String(index).padStart(6, '0')}`;
		rows.set(key, {key, rank: 0, size: index});
	}

	rows.settle();
	rows.setQuery({sort: undefined, isShown: ({size}) => size % 2 === 0});
	rows.setQuery({
		sort: undefined,
		isShown({size}) {
			// Slow enough to need more than one slice.
			for (let spin = 0; spin < 50; spin++) {
				Math.sqrt(spin);
			}

			return size % 1000 === 0;
		},
	});
	expect(steps.count()).toBeLessThanOrEqual(1);
	steps.runAll();
	expect(rows.isBusy()).toBe(false);
	expect(all()).toHaveLength(200);
	rows.setQuery({sort: undefined, isShown: undefined});
	expect(rows.count()).toBe(200_000);
});

test('after any changes, filters and orders it equals sorting from scratch', () => {
	const change = fc.record({
		key: fc.integer({min: 0, max: 30}).map(String),
		rank: fc.integer({min: 0, max: 3}),
		size: fc.integer({min: 0, max: 5}),
		isGone: fc.boolean(),
	});
	const step = fc.oneof(
		fc.record({type: fc.constant('set' as const), change}),
		fc.record({type: fc.constant('settle' as const)}),
		fc.record({
			type: fc.constant('query' as const),
			isSorted: fc.boolean(),
			isDescending: fc.boolean(),
			least: fc.option(fc.integer({min: 0, max: 5}), {nil: undefined}),
		}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), (list) => {
			const {rows, steps, all} = create();
			const held = new Map<string, Row>();
			let sort: {column: string; isDescending: boolean} | undefined;
			let least: number | undefined;
			for (const one of list) {
				if (one.type === 'set') {
					const {key, isGone} = one.change;
					const row = isGone ? undefined : one.change;
					rows.set(key, row);
					if (row) {
						held.set(key, row);
					} else {
						held.delete(key);
					}
				} else if (one.type === 'settle') {
					rows.settle();
				} else {
					sort = one.isSorted
						? {column: 'size', isDescending: one.isDescending}
						: undefined;
					least = one.least;
					const from = least;
					rows.setQuery({
						sort,
						isShown: from === undefined ? undefined : (row) => row.size >= from,
					});
				}
			}

			rows.settle();
			steps.runAll();
			const expected = held
				.values()
				.filter((row) => least === undefined || row.size >= least)
				.toArray()
				.toSorted((a, b) => {
					const byValue = sort
						? (a.size - b.size) * (sort.isDescending ? -1 : 1)
						: a.rank - b.rank;
					return byValue === 0 ? (a.key < b.key ? -1 : 1) : byValue;
				})
				.map(({key}) => key);
			expect(all()).toEqual(expected);
			for (const [index, key] of expected.entries()) {
				expect(rows.indexOf(key)).toBe(index);
			}
		}),
	);
});
