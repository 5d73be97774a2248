import {expect, test} from 'vitest';
import {groupDigits} from '../../source/ui/group-digits.js';

test.each([0, 7, 999, 1000, 12_345, 100_000, 1_000_000, 1_234_567_890])(
	'%d is grouped as the platform does it',
	(count) => {
		expect(groupDigits(count)).toBe(count.toLocaleString('en-US'));
	},
);
