import {expect, test} from 'vitest';
import {displayWidth} from '../../source/ui/display-width.js';
import {helpLines} from '../../source/ui/documents/help.js';
import {keymap, places, type Place} from '../../source/ui/keymap.js';
import {lineText} from '../../source/ui/line.js';

const everywhere: readonly Place[] = ['panes', 'list', 'everywhere'];

const helpAt = (width: number): readonly string[] =>
	helpLines(everywhere, false, width).map((line) => lineText(line));

/**
Those of the plan, the queue and fields are told where they hold.
*/
const elsewhere: ReadonlySet<Place> = new Set(['plan', 'queue', 'field']);

test.each([78, 118, 198])('every key is told at %i columns', (width) => {
	const text = helpAt(width).join('\n');
	for (const {title, place} of keymap) {
		if (!elsewhere.has(place)) {
			expect(text).toContain(places[place]);
			expect(text).toContain(title);
		}
	}
});

test('a wide window has half as many lines, and none is too long for it', () => {
	const wide = helpAt(198);
	expect(wide.length).toBeLessThan(helpAt(118).length * 0.7);
	for (const line of wide) {
		expect(displayWidth(line)).toBeLessThanOrEqual(198);
	}
});
