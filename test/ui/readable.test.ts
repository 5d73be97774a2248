import {expect, test} from 'vitest';
import {readable} from '../../source/ui/readable.js';

test.each([
	[' '.repeat(3), undefined],
	['', undefined],
	['\u{1B}[2m      \u{1B}[22m', undefined],
	[
		'> \u{1B}[31mshop\u{1B}[39m      AllFailed   0/3    ',
		'> shop, AllFailed, 0/3',
	],
	[' Cause         No virtual node.  ', ' Cause: No virtual node.'],
	[' What happens  Nothing.', ' What happens: Nothing.'],
	['   NAMESPACE  PHASE', '   NAMESPACE, PHASE'],
	['               continued text', '               continued text'],
	[' Change the selector.  patch shop', ' Change the selector. patch shop'],
	['  key: region', '  key: region'],
])('%j is read as %j', (line, read) => {
	expect(readable(line)).toBe(read);
});
