import {type Buffer} from 'node:buffer';
import {type Dispatcher} from 'undici';
import {type RawResponse} from './raw-response.js';

/**
Bytes that wait to be read before the server is made to wait.
*/
const highWaterMark = 131_072;

type Options = Dispatcher.DispatchOptions & {readonly signal: AbortSignal};

/**
What arrives of a body, handed on in batches: a watch sends each object as a chunk of its own, and a stream that handles them one by one costs more
than reading what is in them.
*/
const createBody = (controller: Dispatcher.DispatchController) => {
	let arrived: Buffer[] = [];
	let size = 0;
	let end: {readonly error?: Error} | undefined;
	let news = Promise.withResolvers<void>();

	const take = (): readonly Buffer[] => {
		const batch = arrived;
		arrived = [];
		size = 0;
		if (controller.paused) {
			controller.resume();
		}

		return batch;
	};

	return {
		push(chunk: Buffer) {
			arrived.push(chunk);
			size += chunk.length;
			if (size >= highWaterMark) {
				controller.pause();
			}

			news.resolve();
		},
		/**
		What arrived before is still handed on, unless there is an error.
		*/
		end(error?: Error) {
			end ??= {...(error && {error})};
			news.resolve();
		},
		async *[Symbol.asyncIterator](): AsyncGenerator<readonly Buffer[]> {
			try {
				for (;;) {
					if (end?.error) {
						throw end.error;
					}

					if (arrived.length > 0) {
						yield take();
					} else if (end) {
						return;
					} else {
						news = Promise.withResolvers();
						await news.promise; // eslint-disable-line no-await-in-loop -- more may come
					}
				}
			} finally {
				if (!end) {
					controller.abort(new Error('The answer is not read to its end.'));
				}
			}
		},
	};
};

/**
Sends a request, and gives its answer as soon as its headers are there. Rejects with what was wrong with the connection, or with the signal's
reason; so does the body while it is read. Whoever does not read the body to its end, or leaves it unread, aborts.
*/
export const sendRequest = async (
	dispatcher: Dispatcher,
	{signal, ...options}: Options,
): Promise<RawResponse> =>
	new Promise((resolve, reject) => {
		let controller: Dispatcher.DispatchController | undefined;
		let body: ReturnType<typeof createBody> | undefined;

		const finish = (error?: Error): void => {
			signal.removeEventListener('abort', abort);
			body?.end(error);
			if (error) {
				reject(error);
			}
		};

		const abort = (): void => {
			const reason = signal.reason as Error;
			finish(reason);
			controller?.abort(reason);
		};

		if (signal.aborted) {
			abort();
			return;
		}

		signal.addEventListener('abort', abort, {once: true});
		const handler: Dispatcher.DispatchHandler = {
			onRequestStart(started) {
				controller = started;
				if (signal.aborted) {
					started.abort(signal.reason as Error);
				}
			},
			onResponseStart(started, statusCode, headers) {
				if (statusCode < 200) {
					return;
				}

				body = createBody(started);
				resolve({statusCode, headers, body});
			},
			onResponseData(_, chunk) {
				body?.push(chunk);
			},
			onResponseEnd() {
				finish();
			},
			onResponseError(_, error) {
				finish(error);
			},
		};
		try {
			dispatcher.dispatch(options, handler);
		} catch (error) {
			finish(error as Error);
		}
	});
