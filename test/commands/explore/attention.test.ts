import {performance} from 'node:perf_hooks';
import {afterEach, expect, test, vi} from 'vitest';
import {createAttention} from '../../../source/commands/explore/attention.js';

afterEach(() => {
	vi.restoreAllMocks();
});

test('somebody counts as being at the keys for half a second', () => {
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
	const {attend, isAttended} = createAttention();
	expect(isAttended()).toBe(false);
	attend();
	now = 499;
	expect(isAttended()).toBe(true);
	attend();
	now = 998;
	expect(isAttended()).toBe(true);
	now = 999;
	expect(isAttended()).toBe(false);
});
