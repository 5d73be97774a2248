import {describe, expect, test} from 'vitest';
import {layOutPanes, sentenceHeight} from '../../source/ui/layout.js';
import {layOutList} from '../../source/ui/dispatch/geometry.js';
import {paneIds} from '../../source/ui/reducer/state.js';

const sizes = [
	[60, 15],
	[80, 24],
	[80, 50],
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

test('four panes are shown from 100x28 on', () => {
	const bandsAt = (width: number, height: number) =>
		layOutPanes(
			{width, height},
			{focus: 'pods', zoom: 0, hasHeader: true},
		).bands.flat().length;
	expect(bandsAt(100, 28)).toBe(4);
	expect(bandsAt(99, 28)).toBe(2);
	expect(bandsAt(100, 27)).toBe(2);
});
