import {performance} from 'node:perf_hooks';
import {afterEach, expect, test, vi} from 'vitest';
import {createAttention} from '../../../source/commands/explore/attention.js';

afterEach(() => {
	vi.restoreAllMocks();
});

test('somebody counts as being at the keys for a moment after each key', () => {
	let now = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
	const {attend, isAttended} = createAttention();
	expect(isAttended()).toBe(false);
	attend();
	now = 299;
	expect(isAttended()).toBe(true);
	attend();
	now = 598;
	expect(isAttended()).toBe(true);
	now = 599;
	expect(isAttended()).toBe(false);
});
