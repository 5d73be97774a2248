import {type Change} from '../core/change.js';
import {type Cancel, type Clock} from './clock.js';
import {
	type Batch,
	createMapBatches,
	isMapEntry,
	mergeMapEntries,
} from './map-batches.js';
import {fenced, isTransient, type WriteAnswer, type Writer} from './writer.js';

/**
A write that was sent, for logs and metrics.
*/
export type Sent = {
	readonly change: Change;
	readonly answer: WriteAnswer;
	readonly milliseconds: number;
};

export type OutboxOptions = {
	readonly writer: Writer;
	readonly clock: Clock;
	/**
	Asked right before every single write: false means that the lease is lost.
	*/
	canWrite(): boolean;
	onSent?(sent: Sent): void;
	/**
	Writes under way at the same time, per cluster.

	@default 12
	*/
	readonly connections?: number;
	/**
	Milliseconds before a write without an answer counts as not answered.

	@default 15_000
	*/
	readonly timeLimit?: number;
	/**
	Milliseconds that a complete batch of map entries lets other writes go first: those bring more entries.

	@default 1000
	*/
	readonly batchPatience?: number;
	/**
	Changes of one map are gathered until none came for so long, in milliseconds, and at most so long.
	*/
	readonly quiet?: number;
	readonly longest?: number;
};

/**
Sends changes, each cluster by itself: one that hangs, refuses or asks for patience holds up only its own.
*/
export type Outbox = {
	send(change: Change): Promise<WriteAnswer>;
	/**
	Gives up what is under way and refuses the rest as `Fenced`.
	*/
	abort(): void;
	/**
	Writes under way and waiting, per cluster.
	*/
	load(): ReadonlyMap<string, number>;
	/**
	Why a cluster is not written to at the moment.
	*/
	blocked(): ReadonlyMap<
		string,
		{readonly until: number; readonly reason: string}
	>;
};

type Job = {change: Change; settle(answer: WriteAnswer): void};

type Lane = {
	cluster: string;
	jobs: Job[];
	head: number;
	underWay: number;
	batchesUnderWay: number;
	/**
	Writes in a row that got no answer.
	*/
	silences: number;
	/**
	`patient`: writes wait. `shut`: they are refused. Ended by a timer, never by comparing times: a clock that is set back must not keep a lane closed.
	*/
	closing: 'patient' | 'shut' | undefined;
	/**
	For people.
	*/
	closedUntil: number;
	closedFor: string;
	cancelClosing: Cancel | undefined;
};

// Patches of large maps are the most expensive writes there are for an API server; more at a time only make each slower.
const batchConnections = 3;

// So many writes in a row without an answer close a lane for a while: the rest would only wait for the same silence.
const silencesUntilClosed = 3;
const firstClosing = 1000;
const longestClosing = 30_000;

export const createOutbox = (options: OutboxOptions): Outbox => {
	const {writer, clock, connections = 12, timeLimit = 15_000} = options;
	const batchPatience = options.batchPatience ?? 1000;
	const lanes = new Map<string, Lane>();
	let abortController = new AbortController();

	const laneOf = (cluster: string): Lane => {
		let lane = lanes.get(cluster);
		if (lane === undefined) {
			lane = {
				cluster,
				jobs: [],
				head: 0,
				underWay: 0,
				batchesUnderWay: 0,
				silences: 0,
				closing: undefined,
				closedUntil: 0,
				closedFor: '',
				cancelClosing: undefined,
			};
			lanes.set(cluster, lane);
		}

		return lane;
	};

	const batches = createMapBatches({
		clock,
		onReady(cluster) {
			pump(laneOf(cluster));
		},
		...(options.quiet !== undefined && {quiet: options.quiet}),
		...(options.longest !== undefined && {longest: options.longest}),
	});

	const close = (
		lane: Lane,
		milliseconds: number,
		reason: string,
		closing: 'patient' | 'shut',
	) => {
		lane.cancelClosing?.();
		lane.closing = closing;
		lane.closedUntil = clock.now() + milliseconds;
		lane.closedFor = reason;
		lane.cancelClosing = clock.after(milliseconds, () => {
			lane.closing = undefined;
			pump(lane);
		});
	};

	const noteAnswer = (lane: Lane, answer: WriteAnswer) => {
		if (answer.state === 'refused' && answer.status === 0) {
			lane.silences++;
			if (lane.silences >= silencesUntilClosed && lane.closing === undefined) {
				const factor = 2 ** Math.min(lane.silences - silencesUntilClosed, 10);
				close(
					lane,
					Math.min(firstClosing * factor, longestClosing),
					answer.message,
					'shut',
				);
			}

			return;
		}

		lane.silences = 0;
		if (
			answer.state === 'refused' &&
			answer.retryAfter !== undefined &&
			isTransient(answer)
		) {
			close(lane, answer.retryAfter, answer.message, 'patient');
		}
	};

	const transmit = async (lane: Lane, change: Change): Promise<WriteAnswer> => {
		if (!options.canWrite()) {
			return fenced;
		}

		if (lane.closing === 'shut') {
			return {
				state: 'refused',
				status: 0,
				reason: 'Unreachable',
				message: lane.closedFor,
				retryAfter: Math.min(
					Math.max(lane.closedUntil - clock.now(), 0),
					longestClosing,
				),
			};
		}

		const startedAt = clock.now();
		const ownAbort = new AbortController();
		const lost = abortController.signal;
		const answer = await new Promise<WriteAnswer>((resolve) => {
			const giveUp = (given: WriteAnswer) => {
				cancel();
				lost.removeEventListener('abort', onLost);
				resolve(given);
			};

			const onLost = () => {
				ownAbort.abort();
				giveUp(fenced);
			};

			const cancel = clock.after(timeLimit, () => {
				ownAbort.abort();
				giveUp({
					state: 'refused',
					status: 0,
					reason: 'Unreachable',
					message: `${change.cluster} did not answer within ${timeLimit / 1000} s.`,
				});
			});
			lost.addEventListener('abort', onLost);
			void writer.send(change, {signal: ownAbort.signal}).then(giveUp);
		});
		noteAnswer(lane, answer);
		options.onSent?.({change, answer, milliseconds: clock.now() - startedAt});
		return answer;
	};

	const sendBatch = async (lane: Lane, batch: Batch) => {
		lane.batchesUnderWay++;
		const answer = await transmit(
			lane,
			mergeMapEntries(batch.members.map(({change}) => change)),
		);
		lane.batchesUnderWay--;
		batches.finish(batch);
		const isOneToBlame =
			batch.members.length > 1 &&
			answer.state === 'refused' &&
			(answer.status === 400 || answer.status === 422);
		for (const {change, settle} of batch.members) {
			if (isOneToBlame) {
				// One bad entry must not hold up the others: each by itself.
				enqueue({change, settle});
			} else {
				settle(answer);
			}
		}
	};

	const track = async (lane: Lane, work: Promise<void>) => {
		lane.underWay++;
		await work;
		lane.underWay--;
		pump(lane);
	};

	const sendJob = async (lane: Lane, {change, settle}: Job) => {
		settle(await transmit(lane, change));
	};

	const takeJob = (lane: Lane): Job | undefined => {
		const job = lane.jobs[lane.head];
		if (job === undefined) {
			lane.jobs.length = 0;
			lane.head = 0;
			return undefined;
		}

		lane.head++;
		return job;
	};

	const isPatientlyClosed = (lane: Lane): boolean =>
		lane.closing === 'patient' && options.canWrite();

	const pump = (lane: Lane) => {
		while (lane.underWay < connections && !isPatientlyClosed(lane)) {
			const oldest =
				lane.batchesUnderWay < batchConnections
					? batches.oldest(lane.cluster)
					: undefined;
			const hasJobs = lane.head < lane.jobs.length;
			if (
				oldest !== undefined &&
				(!hasJobs || clock.now() - oldest >= batchPatience)
			) {
				const batch = batches.take(lane.cluster);
				if (batch !== undefined) {
					void track(lane, sendBatch(lane, batch));
					continue;
				}
			}

			const job = takeJob(lane);
			if (job === undefined) {
				return;
			}

			void track(lane, sendJob(lane, job));
		}
	};

	const enqueue = (job: Job) => {
		const lane = laneOf(job.change.cluster);
		lane.jobs.push(job);
		pump(lane);
	};

	return {
		async send(change) {
			if (isMapEntry(change)) {
				return batches.add(change);
			}

			return new Promise((resolve) => {
				enqueue({change, settle: resolve});
			});
		},
		abort() {
			abortController.abort();
			abortController = new AbortController();
			for (const lane of lanes.values()) {
				pump(lane);
			}
		},
		load: () =>
			new Map(
				lanes
					.values()
					.map(
						(lane) =>
							[
								lane.cluster,
								lane.underWay + lane.jobs.length - lane.head,
							] as const,
					),
			),
		blocked: () =>
			new Map(
				lanes
					.values()
					.filter((lane) => lane.closing !== undefined)
					.map(
						(lane) =>
							[
								lane.cluster,
								{until: lane.closedUntil, reason: lane.closedFor},
							] as const,
					),
			),
	};
};
