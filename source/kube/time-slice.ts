import {performance} from 'node:perf_hooks';
import {yieldToOthers} from './clock.js';

/**
Half a frame: a key that arrives meanwhile waits for the rest of it.
*/
const sliceMilliseconds = 4;
const checkEvery = 16;

/**
Keeps long work from holding the event loop: `step` is called after each piece, and gives something to wait for when the slice of time
is used up.
*/
export const createTimeSlice = (): (() => Promise<void> | undefined) => {
	let count = 0;
	let start = performance.now();
	const begin = async (): Promise<void> => {
		await yieldToOthers();
		start = performance.now();
	};

	return (): Promise<void> | undefined =>
		++count % checkEvery === 0 && performance.now() - start >= sliceMilliseconds
			? begin()
			: undefined;
};
