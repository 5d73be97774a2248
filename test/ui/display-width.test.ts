import {expect, test} from 'vitest';
import {
	displayWidth,
	fit,
	truncate,
	truncateMiddle,
	wrap,
} from '../../source/ui/display-width.js';

test.each([
	['plain', 5],
	['', 0],
	['日本語', 6],
	['e\u{301}', 1],
	['한국', 4],
	['│─…', 3],
	['🚀', 2],
])('%j is %i columns wide', (text, width) => {
	expect(displayWidth(text)).toBe(width);
});

test('cuts between characters, never through a wide one', () => {
	expect(truncate('日本語', 5)).toBe('日本…');
	expect(truncate('日本語', 4)).toBe('日…');
	expect(truncate('abcdef', 4)).toBe('abc…');
	expect(truncate('abc', 3)).toBe('abc');
	expect(truncate('abc', 0)).toBe('');
});

test('fills to the width, on either side', () => {
	expect(fit('ab', 4)).toBe('ab  ');
	expect(fit('ab', 4, 'right')).toBe('  ab');
	expect(fit('日本語', 4)).toBe('日… ');
});

test('breaks at spaces, and inside of words that are too long', () => {
	expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
	expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

test.each([
	['web-7d4f9-x0', 12, 'web-7d4f9-x0'],
	['transcode-7d4f9-x0', 12, 'transc…f9-x0'],
	['東京の名前空間-a1', 9, '東京…-a1'],
	['abcdef', 3, 'ab…'],
	['abcdef', 0, ''],
])('cut in the middle, %s in %i columns is %s', (text, width, cut) => {
	expect(truncateMiddle(text, width)).toBe(cut);
});
