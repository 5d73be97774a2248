import {performance} from 'node:perf_hooks';

/**
How long somebody counts as being at the keys after the last one, in milliseconds.
*/
const span = 300;

/**
Whether somebody is at the keys.
*/
export type Attention = {
	/**
	Called with each key.
	*/
	attend(): void;
	isAttended(): boolean;
};

export const createAttention = (): Attention => {
	let last = -Infinity;
	return {
		attend() {
			last = performance.now();
		},
		isAttended: () => performance.now() - last < span,
	};
};
