import {type Clock} from './clock.js';
import {type Codec} from './codec.js';
import {decodeOrFail, type WatchDecoder, type WatchEvent} from './decoders.js';
import {type Problem, ProblemError, problemOfStatus} from './errors.js';
import {createTimeSlice} from './time-slice.js';
import {type Transport} from './transport.js';

export type WatchOptions = {
	readonly transport: Transport;
	readonly codec: Codec;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly isAttended?: (() => boolean) | undefined;
	readonly path: string;
	/**
	Whether it begins with what exists.
	*/
	readonly isInitial: boolean;
	/**
	Milliseconds without a byte after which the connection counts as dead.
	*/
	readonly silence: number;
	/**
	The same, once what exists has been sent.
	*/
	readonly silenceOnceSynced: number;
	/**
	Called when the server accepts, with the function that hangs up.
	*/
	onOpen(hangUp: () => void): void;
	onEvent(event: WatchEvent): void;
};

const soon = 5000;

/**
Rings when nothing was heard for too long. Hearing costs nothing but a look at the clock.
*/
const createAlarm = (
	clock: Clock,
	silence: () => number,
	limit: number,
	ring: () => void,
): {hear(): void; stop(): void} => {
	let heardAt = clock.now();
	let timer: {stop(): void};
	const arm = (wait: number): void => {
		timer = clock.startTimer(wait, () => {
			const left = silence() - (clock.now() - heardAt);
			if (left > 0) {
				arm(left);
			} else {
				ring();
			}
		});
	};

	arm(Math.min(silence(), limit));
	return {
		hear() {
			heardAt = clock.now();
		},
		stop() {
			timer.stop();
		},
	};
};

export type WatchEnd = {
	/**
	Absent: it ended as watches do (or fell silent), go on from the last resourceVersion.
	*/
	readonly problem?: Problem;
	/**
	Whether the connection broke although it had been good.
	*/
	readonly isCut: boolean;
};

/**
Runs one watch until it ends, and hands its events on as they come.
*/
export const runWatch = async (options: WatchOptions): Promise<WatchEnd> => {
	const {transport, clock} = options;
	const stream = await transport.stream({
		path: options.path,
		accept: options.codec.accept('watch'),
		signal: options.signal,
		retries: 0,
	});
	if (!stream.ok) {
		return {problem: stream.problem, isCut: false};
	}

	const {body, contentType, close} = stream.value;
	const openedAt = clock.now();
	const slice = createTimeSlice(options.isAttended);
	let isSynced = !options.isInitial;
	let isSilent = false;
	let count = 0;
	const alarm = createAlarm(
		clock,
		() => (isSynced ? options.silenceOnceSynced : options.silence),
		options.silenceOnceSynced,
		() => {
			isSilent = true;
			close();
		},
	);
	// A server that hangs up at once, again and again, must not be asked again at once.
	const wasGood = (): boolean =>
		isSynced && (count > 0 || clock.now() - openedAt >= soon);
	const end = (): WatchEnd => {
		if (isSynced && (isSilent || wasGood())) {
			return {isCut: isSilent};
		}

		return {
			isCut: false,
			problem: isSynced
				? {
						kind: 'unreachable',
						message: `${transport.server} ends watches as soon as they are open.`,
					}
				: {
						kind: isSilent ? 'timeout' : 'unreachable',
						message: `${transport.server} ended the list before it was complete.`,
					},
		};
	};

	const breakOff = (error: unknown): WatchEnd => {
		if (!(error instanceof ProblemError)) {
			throw error;
		}

		const {problem} = error;
		return {isCut: problem.kind !== 'garbage' && wasGood(), problem};
	};

	const what = `The watch from ${transport.server}`;
	const takeFrom = (decoder: WatchDecoder) =>
		decodeOrFail(what, () => decoder.next());

	/**
	Hands on what is complete so far; the problem of an ERROR event.
	*/
	const drain = async (decoder: WatchDecoder): Promise<Problem | undefined> => {
		for (
			let event = takeFrom(decoder);
			event !== undefined && !options.signal.aborted;
			event = takeFrom(decoder)
		) {
			if (event.type === 'error') {
				return problemOfStatus(
					event.code,
					{reason: event.reason, message: event.message},
					{
						method: 'GET',
						path: options.path,
						server: transport.server,
						title: transport.title,
					},
				);
			}

			count++;
			isSynced ||= event.type === 'bookmark' && event.isInitialEnd;
			options.onEvent(event);
			const pause = slice();
			if (!pause) {
				continue;
			}

			await pause; // eslint-disable-line no-await-in-loop -- to let others have a turn
			alarm.hear();
		}

		return undefined;
	};

	try {
		options.onOpen(close);
		const decoder = options.codec.createWatchDecoder(contentType);
		for await (const chunks of body) {
			alarm.hear();
			for (const chunk of chunks) {
				decoder.feed(chunk);
			}

			const problem = await drain(decoder);
			if (problem) {
				return {problem, isCut: false};
			}
		}

		return end();
	} catch (error) {
		return isSilent ? end() : breakOff(error);
	} finally {
		alarm.stop();
		close();
	}
};
