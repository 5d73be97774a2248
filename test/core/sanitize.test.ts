import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sanitize, sanitizeLines} from '../../source/core/sanitize.js';

describe('sanitize', () => {
	it.each([
		['plain text', 'web-7d4f9', 'web-7d4f9'],
		['colours', '\u{1B}[31mred\u{1B}[0m', 'red'],
		['a title that is set', 'a\u{1B}]0;owned\u{7}b', 'ab'],
		['a link', '\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\', 'link'],
		['a clipboard order', '\u{1B}]52;c;AAAA\u{1B}\\x', 'x'],
		['a device string that never ends', 'a\u{1B}Pq#0;2', 'a'],
		['an escape that is cut off', 'a\u{1B}', 'a'],
		['a cursor order cut off', 'a\u{1B}[12', 'a'],
		['eight-bit controls', 'a\u{9B}31mb\u{9D}x\u{9C}c', 'abc'],
		['bells and backspaces', 'a\u{7}\b\u{7F}b', 'ab'],
		['text turned around', 'user\u{202E}txt.exe\u{2066}', 'usertxt.exe'],
		['invisible characters', 'a\u{200B}b\u{AD}c\u{FEFF}d\u{E0041}', 'abcd'],
		[
			'line breaks and tabs',
			'one\r\ntwo\u{2028}three\tfour',
			'one two three four',
		],
		['other alphabets', 'größe 名前 имя', 'größe 名前 имя'],
		['half a character', 'a\u{D800}b', 'ab'],
	])('%s', (_title, text, expected) => {
		expect(sanitize(text)).toBe(expected);
	});

	it('keeps line breaks where they are wanted', () => {
		expect(sanitizeLines('a\r\n\u{1B}[2Jb\u{7}\rc')).toBe('a\nb\nc');
	});

	it('leaves nothing that a terminal obeys', () => {
		const dangerous = fc.string({
			unit: fc.oneof(
				fc.constantFrom(
					'\u{1B}',
					'[',
					']',
					'\u{9B}',
					'\u{7}',
					'\\',
					';',
					'm',
					'\n',
					'\u{202E}',
				),
				fc.string({unit: 'binary', minLength: 1, maxLength: 1}),
			),
		});
		fc.assert(
			fc.property(dangerous, (text) => {
				expect(sanitize(text)).toMatch(
					/^[^\p{Control}\p{Surrogate}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]*$/v,
				);
			}),
			{numRuns: 500},
		);
	});
});
