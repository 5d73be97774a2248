import {fail, type Outcome} from './errors.js';

/**
The answer, unless whoever asked gives up before it is there.
*/
export const unlessAborted = async <T>(
	answer: Promise<Outcome<T>>,
	signal: AbortSignal | undefined,
): Promise<Outcome<T>> => {
	const end = Promise.withResolvers<Outcome<T>>();
	const giveUp = (): void => {
		end.resolve(fail('aborted', 'Connecting was given up.'));
	};

	signal?.addEventListener('abort', giveUp);
	if (signal?.aborted) {
		giveUp();
	}

	try {
		return await Promise.race([answer, end.promise]);
	} finally {
		signal?.removeEventListener('abort', giveUp);
	}
};
