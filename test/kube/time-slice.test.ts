import {performance} from 'node:perf_hooks';
import {afterEach, expect, test, vi} from 'vitest';
import {createTimeSlice} from '../../source/kube/time-slice.js';

afterEach(() => {
	vi.restoreAllMocks();
});

/**
Takes steps of a given length until there is something to wait for; how many milliseconds were worked.
*/
const workUntilPause = async (
	isAttended: (() => boolean) | undefined,
	step: number,
): Promise<number> => {
	let now = 1000;
	vi.spyOn(performance, 'now').mockImplementation(() => now);
	const slice = createTimeSlice(isAttended);
	for (;;) {
		now += step;
		const pause = slice();
		if (pause !== undefined) {
			await pause;
			return now - 1000;
		}
	}
};

test('work is cut where half a frame has passed', async () => {
	await expect(workUntilPause(undefined, 1 / 16)).resolves.toBe(4);
});

test('it is cut sooner while somebody is at the keys', async () => {
	await expect(workUntilPause(() => true, 1 / 16)).resolves.toBe(1);
	await expect(workUntilPause(() => false, 1 / 16)).resolves.toBe(4);
});

test('others have their turn before it goes on', async () => {
	for (const isAttended of [() => false, () => true]) {
		let hadTurn = false;
		setImmediate(() => {
			hadTurn = true;
		});
		await workUntilPause(isAttended, 1);
		expect(hadTurn).toBe(true);
	}
});
