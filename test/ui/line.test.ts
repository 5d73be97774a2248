import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {flowLine, type Line, lineText} from '../../source/ui/line.js';

const head: Line = [{text: ' x ', tone: 'error'}];

const flow = (spans: Line, width: number, count: number): readonly string[] =>
	flowLine(head, spans, {width, count}).map((line) => lineText(line));

describe('a line in several', () => {
	test('is broken at spaces, under its beginning', () => {
		expect(flow([{text: 'one two three four five'}], 14, 3)).toEqual([
			' x one two',
			'   three four',
			'   five',
		]);
	});

	test('keeps its tones', () => {
		expect(
			flowLine(
				head,
				[{text: 'one two three'}, {text: '  (id, proven)', tone: 'dim'}],
				{width: 20, count: 3},
			),
		).toEqual([
			[...head, {text: 'one two three'}, {text: ' ', tone: 'dim'}],
			[{text: ' '.repeat(3)}, {text: '(id, proven)', tone: 'dim'}],
		]);
	});

	test('leaves what has no room to its last line', () => {
		expect(flow([{text: 'one two three four five'}], 14, 2)).toEqual([
			' x one two',
			'   three four five',
		]);
	});

	test('has one line where nothing is said', () => {
		expect(flow([], 14, 3)).toEqual([' x ']);
	});

	test('loses no word, and goes beyond its width in the last line only', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('a', 'bcd', 'a-longer-word.of/parts'), {
					minLength: 1,
					maxLength: 12,
				}),
				fc.integer({min: 1, max: 4}),
				(words, count) => {
					const lines = flow(
						words.map((text) => ({text: `${text} `})),
						24,
						count,
					);
					expect(lines.length).toBeLessThanOrEqual(count);
					expect(
						lines
							.map((line) => line.slice(3))
							.join(' ')
							.replaceAll(/\s/gv, ''),
					).toBe(words.join(''));
					for (const line of lines.slice(0, -1)) {
						expect(line.trimEnd().length).toBeLessThanOrEqual(24);
					}
				},
			),
		);
	});
});
