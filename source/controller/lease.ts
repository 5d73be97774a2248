import {isJsonObject, type Json, type JsonObject} from '../core/json.js';
import {type ObjectReference} from '../core/model.js';
import {type Cancel, type Clock} from './clock.js';
import {type Reader, type WriteAnswer, type Writer} from './writer.js';

/**
Where an election stands.

- `standby`: somebody else holds the lease (`holder`), or it could not be reached (`problem`).
- `leading`: we hold it; `token` grows with every change of holder.
*/
export type LeaseState =
	| {
			readonly state: 'standby';
			readonly holder?: string;
			readonly problem?: string;
	  }
	| {readonly state: 'leading'; readonly token: number}
	| {readonly state: 'stopped'};

export type Lease = {
	/**
	Begins to ask for the lease, and keeps it once it is ours.
	*/
	start(): void;
	state(): LeaseState;
	/**
	Whether a write may be sent at this very moment. Judged by the clock, not by a timer: false also when the process slept through its own lease.
	*/
	canWrite(): boolean;
	/**
	Gives the lease back, so that the next holder need not wait, and ends.
	*/
	release(): Promise<void>;
};

export type LeaseOptions = {
	readonly writer: Writer;
	readonly reader: Reader;
	readonly clock: Clock;
	readonly namespace: string;
	readonly name: string;
	/**
	Unique for this process.
	*/
	readonly identity: string;
	/**
	Milliseconds others wait after our last renewal before they take over.

	@default 30_000
	*/
	readonly duration?: number;
	/**
	Milliseconds after our last renewal at which we stop writing ourselves; shorter than `duration`, so that writes under way end before.

	@default two thirds of the duration
	*/
	readonly deadline?: number;
	/**
	Milliseconds between renewals, and between looks at a lease of others.

	@default a sixth of the duration
	*/
	readonly interval?: number;
	onChange(state: LeaseState): void;
};

type Spec = {
	readonly holder: string;
	readonly durationSeconds: number;
	readonly renewTime: string;
	readonly transitions: number;
	readonly acquireTime: string;
};

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';
const integer = (value: Json | undefined): number =>
	typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;

const specOf = (object: JsonObject): Spec => {
	const spec = isJsonObject(object.spec) ? object.spec : {};
	return {
		holder: text(spec.holderIdentity),
		durationSeconds: integer(spec.leaseDurationSeconds),
		renewTime: text(spec.renewTime),
		transitions: integer(spec.leaseTransitions),
		acquireTime: text(spec.acquireTime),
	};
};

/**
A point in time as Kubernetes writes `metav1.MicroTime`.
*/
const toMicroTime = (milliseconds: number): string =>
	new Date(milliseconds).toISOString().replace('Z', '000Z');

const shareOf = (duration: number, share: number): number =>
	Math.round(duration * share);

/**
Leader election through a coordination.k8s.io/v1 Lease, as client-go does it.

Times written by others are never compared with our clock: a lease counts as abandoned when it has not changed for its duration *as we watched it*, so
clocks that differ do no harm. Every write carries the resourceVersion it was based on; of two that try, one is refused.
*/
export const createLease = (options: LeaseOptions): Lease => {
	const {writer, reader, clock, identity, duration = 30_000} = options;
	const deadline = options.deadline ?? shareOf(duration, 2 / 3);
	const interval = options.interval ?? shareOf(duration, 1 / 6);
	const object: ObjectReference = {
		apiVersion: 'coordination.k8s.io/v1',
		kind: 'Lease',
		namespace: options.namespace,
		name: options.name,
	};
	let state: LeaseState = {state: 'standby'};
	let current: JsonObject | undefined;
	// What was seen of the lease of others, and since when it has not changed.
	let observed = '';
	let observedAt = 0;
	let renewedAt = -Infinity;
	let cancel: Cancel | undefined;
	let turn: Promise<void> = Promise.resolve();
	let isReleased = false;

	const become = (next: LeaseState) => {
		const isSame = JSON.stringify(next) === JSON.stringify(state);
		state = next;
		if (!isSame) {
			options.onChange(next);
		}
	};

	const canWrite = (): boolean =>
		state.state === 'leading' && clock.now() < renewedAt + deadline;

	/**
	One request, given up when a renewal could no longer come in time.
	*/
	const limited = async <Answer>(
		ask: (signal: AbortSignal) => Promise<Answer>,
		silence: Answer,
	): Promise<Answer> => {
		const abort = new AbortController();
		return new Promise((resolve) => {
			const stop = clock.after(interval, () => {
				abort.abort();
				resolve(silence);
			});
			void ask(abort.signal).then((answer) => {
				stop();
				resolve(answer);
			});
		});
	};

	const write = async (spec: JsonObject): Promise<WriteAnswer> => {
		const metadata = isJsonObject(current?.metadata)
			? current.metadata
			: {name: object.name, namespace: object.namespace};
		const body: JsonObject = {
			...current,
			apiVersion: object.apiVersion,
			kind: object.kind,
			metadata,
			spec,
		};
		return limited<WriteAnswer>(
			async (signal) =>
				writer.send(
					{
						cluster: 'home',
						verb: current === undefined ? 'create' : 'update',
						object,
						body,
						reason: 'Hold the lease that lets one process act.',
					},
					{signal},
				),
			{
				state: 'refused',
				status: 0,
				reason: 'Unreachable',
				message: 'The API server did not answer in time.',
			},
		);
	};

	/**
	Writes us as the holder.
	*/
	const hold = async (known: Spec | undefined): Promise<'held' | 'refused'> => {
		const startedAt = clock.now();
		const isOurs = known?.holder === identity;
		const transitions =
			known === undefined ? 0 : known.transitions + (isOurs ? 0 : 1);
		const now = toMicroTime(startedAt);
		const answer = await write({
			holderIdentity: identity,
			leaseDurationSeconds: Math.max(1, Math.ceil(duration / 1000)),
			acquireTime: isOurs ? known.acquireTime : now,
			renewTime: now,
			leaseTransitions: transitions,
		});
		if (answer.state === 'refused') {
			problem = answer.message;
			if (answer.status !== 0) {
				// Whatever it holds now, it is not what we know.
				current = undefined;
			}

			return 'refused';
		}

		current = answer.object;
		renewedAt = startedAt;
		if (!isReleased) {
			become({state: 'leading', token: transitions});
		}

		return 'held';
	};

	let problem: string | undefined;

	const standBy = (holder: string | undefined) => {
		become({
			state: 'standby',
			...(holder !== undefined && holder !== '' && {holder}),
			...(problem !== undefined && {problem}),
		});
	};

	const renew = async (): Promise<void> => {
		if (current !== undefined && (await hold(specOf(current))) === 'held') {
			return;
		}

		// Read and judge: a conflict may be of our own making (an answer that got lost).
		await acquire();
	};

	const acquire = async (): Promise<void> => {
		const answer = await limited(
			async (signal) => reader.read(object, {signal}),
			{
				state: 'failed',
				message: 'The API server did not answer in time.',
			} as const,
		);
		if (answer.state === 'failed') {
			problem = answer.message;
			if (!canWrite()) {
				standBy(undefined);
			}

			return;
		}

		problem = undefined;
		if (answer.state === 'missing') {
			current = undefined;
			if ((await hold(undefined)) === 'refused' && !canWrite()) {
				standBy(undefined);
			}

			return;
		}

		current = answer.object;
		const spec = specOf(answer.object);
		const seen = JSON.stringify(spec);
		if (seen !== observed) {
			observed = seen;
			observedAt = clock.now();
		}

		const patience = Math.max(spec.durationSeconds, 1) * 1000;
		const isFree =
			spec.holder === '' ||
			spec.holder === identity ||
			clock.now() >= observedAt + patience;
		if (!isFree) {
			// Somebody else holds it: not ours from this moment, whatever our clock says.
			standBy(spec.holder);
			return;
		}

		if ((await hold(spec)) === 'refused' && !canWrite()) {
			standBy(spec.holder === identity ? undefined : spec.holder);
		}
	};

	const loop = () => {
		if (isReleased) {
			return;
		}

		turn = (state.state === 'leading' ? renew() : acquire()).then(() => {
			if (isReleased) {
				return;
			}

			if (state.state === 'leading' && !canWrite()) {
				standBy(undefined);
			}

			cancel = clock.after(interval, loop);
		});
	};

	return {
		start() {
			observedAt = clock.now();
			loop();
		},
		state: () => state,
		canWrite,
		async release() {
			isReleased = true;
			cancel?.();
			await turn;
			const wasLeading = canWrite();
			become({state: 'stopped'});
			if (!wasLeading || current === undefined) {
				return;
			}

			const now = toMicroTime(clock.now());
			await write({
				holderIdentity: '',
				leaseDurationSeconds: 1,
				acquireTime: now,
				renewTime: now,
				leaseTransitions: specOf(current).transitions,
			});
		},
	};
};
