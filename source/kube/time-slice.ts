import {performance} from 'node:perf_hooks';
import {yieldToOthers} from './clock.js';

const sliceMilliseconds = 8;
const checkEvery = 16;

/**
Keeps long work from holding the event loop: `step` is called after each piece, and lets others have a turn when the slice of time
is used up.
*/
export const createTimeSlice = (): (() => Promise<void> | undefined) => {
	let count = 0;
	let start = performance.now();
	return async () => {
		if (++count % checkEvery !== 0) {
			return undefined;
		}

		const now = performance.now();
		const spent = now - start;
		if (spent < sliceMilliseconds) {
			return undefined;
		}

		// Longer than any slice: time passed waiting for the network, not working.
		start = performance.now();
		return (async () => {
			await yieldToOthers();
			start = performance.now();
		})();
	};
};
