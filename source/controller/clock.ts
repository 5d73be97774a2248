/**
Cancels what it was returned for; calling it again, or too late, does nothing.
*/
export type Cancel = () => void;

/**
Time as the controller sees it: injected, so that tests decide when it passes. Milliseconds since the epoch.
*/
export type Clock = {
	now(): number;
	/**
	Calls back once, after so many milliseconds.
	*/
	after(milliseconds: number, callback: () => void): Cancel;
};

// The longest delay a timer takes; longer ones would fire at once.
const longestDelay = 2_147_483_647;

/**
The clock of this machine. Its timers do not keep a process alive.
*/
export const systemClock: Clock = {
	now: () => Date.now(),
	after(milliseconds, callback) {
		const timer = setTimeout(
			callback,
			Math.min(Math.max(milliseconds, 0), longestDelay),
		);
		timer.unref();
		return () => {
			clearTimeout(timer);
		};
	},
};

/**
A point in time as Kubernetes writes it in `metav1.Time`: RFC 3339, whole seconds, UTC.
*/
export const toTimestamp = (milliseconds: number): string =>
	new Date(milliseconds).toISOString().replace(/\.\d+Z$/v, 'Z');
