import {describe, expect, test} from 'vitest';
import {layOutPanes, sentenceHeight} from '../../source/ui/layout.js';
import {layOutList} from '../../source/ui/dispatch/geometry.js';
import {type PaneId, paneIds} from '../../source/ui/reducer/state.js';

const sizes = [
	[60, 15],
	[80, 24],
	[80, 50],
	[100, 27],
	[100, 28],
	[120, 40],
	[200, 60],
] as const;

describe.each(sizes)('a window of %ix%i', (width, height) => {
	const size = {width, height};

	test.each(paneIds)('is filled exactly with the focus on %s', (focus) => {
		for (const zoom of [0, 1, 2] as const) {
			for (const hasHeader of [true, false]) {
				const {bands, side, footerHeight, statusHeight} = layOutPanes(size, {
					focus,
					zoom,
					hasHeader,
				});
				const rows = bands.map((places) =>
					Math.max(...places.map((place) => place.height)),
				);
				const used = rows.reduce((sum, one) => sum + one, 0);
				expect(used + footerHeight + (hasHeader ? 1 : 0)).toBe(height);
				expect(statusHeight).toBeLessThan(footerHeight);
				for (const places of bands) {
					const columns =
						places.reduce((sum, place) => sum + place.width, 0) +
						places.length -
						1;
					expect(columns + (side ? side.width + 1 : 0)).toBe(width);
				}
			}
		}
	});

	test('has a list that leaves room for a sentence', () => {
		const {rows, statusHeight, hasRule} = layOutList(size);
		expect(statusHeight).toBe(sentenceHeight(size));
		// Title, column titles, keys.
		expect(rows + statusHeight + (hasRule ? 1 : 0) + 3).toBe(height);
		expect(rows).toBeGreaterThan(height / 2);
	});
});

describe('two bands of panes', () => {
	const heights = (
		rows: Readonly<Record<PaneId, number | undefined>>,
		height = 40,
	) =>
		layOutPanes(
			{width: 120, height},
			{focus: 'pods', zoom: 0, hasHeader: true, rows},
		).bands.map((places) => places[0]!.height);
	const many = {offloadings: 900, clusters: 90, namespaces: 900, pods: 9000};

	test('share the height where both have more than there is room for', () => {
		const [upper = 0, lower = 0] = heights(many);
		expect(Math.abs(upper - lower)).toBeLessThanOrEqual(1);
		expect(heights({...many, clusters: undefined, offloadings: 1})).toEqual([
			upper,
			lower,
		]);
	});

	test('give the other what they do not need', () => {
		const [upper = 0, lower = 0] = heights({
			...many,
			offloadings: 7,
			clusters: 3,
		});
		// Seven rows, with titles, and not a line less.
		expect(upper).toBeGreaterThanOrEqual(7 + 2);
		expect(lower).toBeGreaterThan(upper + 8);
		const [above = 0, below = 0] = heights({...many, namespaces: 7, pods: 3});
		expect([above, below]).toEqual([lower, upper]);
	});

	test('keep as they are what is enough for both', () => {
		const [upper = 0, lower = 0] = heights({
			offloadings: 7,
			clusters: 3,
			namespaces: 7,
			pods: 11,
		});
		expect(Math.abs(upper - lower)).toBeLessThanOrEqual(1);
	});

	test('do not move with every row', () => {
		const seen = Array.from({length: 12}, (_, index) =>
			heights({...many, offloadings: index, clusters: 3}).join(' '),
		);
		expect(new Set(seen).size).toBeLessThanOrEqual(3);
	});

	test('are never too low to be read', () => {
		for (const height of [28, 34, 60]) {
			const [upper = 0] = heights(
				{...many, offloadings: 0, clusters: 0},
				height,
			);
			expect(upper).toBeGreaterThanOrEqual(8);
		}
	});
});

test('four panes are shown from 100x27 on', () => {
	const bandsAt = (width: number, height: number) =>
		layOutPanes(
			{width, height},
			{focus: 'pods', zoom: 0, hasHeader: true},
		).bands.flat().length;
	expect(bandsAt(100, 27)).toBe(4);
	expect(bandsAt(99, 27)).toBe(2);
	expect(bandsAt(100, 26)).toBe(2);
});
