import {type Cancel, type Clock} from '../../controller/clock.js';

/**
Milliseconds between looks at a condition that is waited for.
*/
export const glance = 25;

export type Wait = 'met' | 'aborted' | 'late';

/**
Looks at a condition until it is met, it is late, or the process shall end.
*/
export const waitFor = async (
	clock: Clock,
	isMet: () => boolean,
	{
		signal,
		until,
		every = glance,
	}: {
		readonly signal: AbortSignal;
		readonly until: number;
		/**
		Milliseconds between looks.
		*/
		readonly every?: number;
	},
): Promise<Wait> =>
	new Promise((resolve) => {
		let cancel: Cancel = () => undefined;
		const end = (result: Wait) => {
			cancel();
			signal.removeEventListener('abort', onAbort);
			resolve(result);
		};

		const onAbort = () => {
			end('aborted');
		};

		const look = () => {
			if (isMet()) {
				end('met');
			} else if (clock.now() >= until) {
				end('late');
			} else {
				cancel = clock.after(every, look);
			}
		};

		signal.addEventListener('abort', onAbort);
		if (signal.aborted) {
			onAbort();
		} else {
			look();
		}
	});
