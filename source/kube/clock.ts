import {setTimeout as wait} from 'node:timers/promises';

/**
Time and chance, so that tests decide both.
*/
export type Clock = {
	/**
	Epoch milliseconds.
	*/
	now(): number;
	/**
	Resolves after that many milliseconds, or at once when the signal is aborted; never rejects.
	*/
	wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/**
	At least 0, below 1.
	*/
	random(): number;
	/**
	Calls back after a time unless stopped.
	*/
	startTimer(milliseconds: number, callback: () => void): {stop(): void};
};

export const systemClock: Clock = {
	now: () => Date.now(),
	async wait(milliseconds, signal) {
		try {
			await wait(milliseconds, undefined, {
				ref: true,
				...(signal && {signal}),
			});
		} catch {}
	},
	random: () => Math.random(),
	startTimer(milliseconds, callback) {
		const timer = setTimeout(callback, milliseconds);
		return {
			stop() {
				clearTimeout(timer);
			},
		};
	},
};
