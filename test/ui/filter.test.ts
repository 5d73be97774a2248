import {describe, expect, test} from 'vitest';
import {parseFilter} from '../../source/ui/filter.js';

const row = (text: string, labels = {}) => ({text, labels});

const isMatch = (typed: string, text: string, labels = {}): boolean => {
	const filter = parseFilter(typed);
	return filter.isValid && filter.matches(row(text, labels));
};

describe('a filter', () => {
	test.each([
		['', 'anything', true],
		['web', 'shop/web-1', true],
		['WEB', 'shop/web-1', false],
		['Web', 'shop/Web-1', true],
		['^shop/', 'shop/web-1', true],
		['!web', 'shop/web-1', false],
		['!web', 'shop/api-1', true],
		['-f sw1', 'shop/web-1', true],
		['-f 1ws', 'shop/web-1', false],
		['-l', 'anything', true],
	])('%j on %j: %j', (typed, text, expected) => {
		expect(isMatch(typed, text)).toBe(expected);
	});

	test.each([
		['-l app=web', {app: 'web'}, true],
		['-l app==web', {app: 'api'}, false],
		['-l app!=web', {}, true],
		['-l app', {app: ''}, true],
		['-l !app', {app: 'web'}, false],
		['-l app in (web, api),tier', {app: 'api', tier: 'x'}, true],
		['-l app notin (web)', {app: 'web'}, false],
		['-l app=web,tier=gold', {app: 'web'}, false],
	])('%j on labels %j: %j', (typed, labels, expected) => {
		expect(isMatch(typed, '', labels)).toBe(expected);
	});

	test('says what is wrong with it', () => {
		expect(parseFilter('web(')).toMatchObject({isValid: false});
		expect(parseFilter('-l a=b=c')).toEqual({
			isValid: false,
			problem:
				'"a=b=c" is no label selector: write key=value, key!=value, key, !key, key in (a,b) or key notin (a,b).',
		});
	});
});
