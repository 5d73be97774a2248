import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseLabelSelector} from '../../source/core/label-selector.js';

const labels = {app: 'web', tier: 'gold', empty: ''};

describe('parseLabelSelector', () => {
	it.each([
		['', true],
		['app=web', true],
		['app==web', true],
		['app = web', true],
		['app=api', false],
		['app!=api', true],
		['other!=x', true],
		['app', true],
		['!app', false],
		['!other', true],
		['constructor', false],
		['app in (web, api)', true],
		['app in (api)', false],
		['other in (x)', false],
		['app notin (api)', true],
		['other notin (x)', true],
		['app notin (web)', false],
		['empty=', true],
		['app in (web,api),tier=gold', true],
		['app=web,tier=silver', false],
	])('"%s" is %s', (text, expected) => {
		const selector = parseLabelSelector(text);
		expect(selector.isValid && selector.matches(labels)).toBe(expected);
	});

	it.each(['a b', 'a=b=c', 'a in web', 'a in (web', ',', 'a,,b', '=b', 'a>1'])(
		'"%s" is refused with an example',
		(text) => {
			const selector = parseLabelSelector(text);
			expect(selector.isValid ? '' : selector.problem).toContain(
				'key in (a,b)',
			);
		},
	);

	it('never throws', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(typeof parseLabelSelector(text).isValid).toBe('boolean');
			}),
		);
	});
});
