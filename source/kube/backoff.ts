import {type Clock} from './clock.js';

/**
Waits that grow with each failure in a row: 0.5 s, 1 s, 2 s … 30 s, each with up to half of it taken off by chance, so that many
watches do not come back at the same moment.
*/
export type Backoff = {
	/**
	Milliseconds to wait after one more failure.
	*/
	next(): number;
	reset(): void;
};

const first = 500;
const longest = 30_000;

export const createBackoff = (clock: Pick<Clock, 'random'>): Backoff => {
	let failures = 0;
	return {
		next() {
			const wait = Math.min(longest, first * 2 ** failures);
			failures = Math.min(failures + 1, 10);
			return wait * (1 - clock.random() / 2);
		},
		reset() {
			failures = 0;
		},
	};
};
