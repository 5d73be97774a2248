import {type Clock} from './clock.js';

/**
One signal for: the caller gives up, the transport is closed, time is up. The time counts from `start` on: what a credential
plugin takes is not the server's.
*/
export type RequestLimit = {
	readonly signal: AbortSignal;
	abort(): void;
	start(): void;
	stop(): void;
};

/**
@param clock
@param time milliseconds; 0: no limit
@param signals whoever else may end the request
*/
export const createRequestLimit = (
	clock: Clock,
	time: number,
	signals: readonly AbortSignal[],
): RequestLimit => {
	const controller = new AbortController();
	let timer: {stop(): void} | undefined;
	return {
		signal: AbortSignal.any([controller.signal, ...signals]),
		abort() {
			controller.abort();
		},
		start() {
			if (time > 0) {
				timer ??= clock.startTimer(time, () => {
					controller.abort(new DOMException('timeout', 'TimeoutError'));
				});
			}
		},
		stop() {
			timer?.stop();
		},
	};
};
