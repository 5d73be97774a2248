import {type Change} from '../core/change.js';
import {
	type Reconciler,
	type ReconcileResult,
	type Request,
	type Rules,
	type WriteFailure,
} from '../core/reconcilers/reconciler.js';
import {isCorrected} from '../core/divergences.js';
import {type AnyObject} from '../core/model.js';
import {type World} from '../core/world.js';
import {createKnowingWorld} from '../core/knowing-world.js';
import {type Clock, toTimestamp} from './clock.js';
import {type Expectations, objectOf} from './expectations.js';
import {deliver, type Delivery, withoutFailed} from './pass.js';
import {type ItemOutcome} from './queue.js';
import {type WriteAnswer} from './writer.js';

/**
One request of one reconciler, as it waits in the queue.
*/
export type ControllerItem = {
	readonly key: string;
	readonly namespace: string;
	readonly reconciler: string;
	readonly request: Request;
};

export type Attempt = {
	readonly outcome: ItemOutcome;
	/**
	Accepted writes.
	*/
	readonly written: number;
};

export type AttemptPorts = {
	readonly world: World;
	readonly clock: Clock;
	readonly rules: Rules;
	readonly reconcilers: ReadonlyMap<string, Reconciler>;
	readonly expectations: Expectations;
	send(change: Change): Promise<WriteAnswer>;
	record(change: Change): void;
	canWrite(): boolean;
	isReady(): boolean;
	onWritten(change: Change, planned: AnyObject | undefined): void;
};

// Plans made on an outdated view are made again so often before they count as failed.
const mostReadings = 5;

const failed = (
	error: string,
	retryAfter: number,
	isStuck = false,
): ItemOutcome => ({
	state: 'failed',
	error,
	retryAfter,
	isStuck,
});

const isPassing = ({status}: WriteFailure): boolean =>
	status === 0 || status === 429 || status >= 500;

/**
Brings one object to where its reconciler wants it, as far as it can be done now: plan, send, and where the servers refuse, plan once more.
*/
export const createAttempt = (
	ports: AttemptPorts,
): ((item: ControllerItem) => Promise<Attempt>) => {
	const {world, clock, expectations} = ports;
	const knowing = createKnowingWorld(world);

	const sendAll = async (
		item: ControllerItem,
		changes: readonly Change[],
	): Promise<Delivery> =>
		deliver(changes, {
			send: ports.send,
			record: ports.record,
			planned: (change) => objectOf(world, change),
			noteWritten(change, answer, planned) {
				expectations.note(item.key, change, answer);
				ports.onWritten(change, planned);
			},
		});

	/**
	What the reconciler wants. A plan that rests on something not known completely is not carried out.
	*/
	const plan = (
		item: ControllerItem,
		failures: readonly WriteFailure[],
	): ReconcileResult & {readonly isDoubtful?: boolean} => {
		const result = ports.reconcilers
			.get(item.reconciler)
			?.reconcile(item.request, knowing.begin(), {
				now: toTimestamp(clock.now()),
				rules: ports.rules,
				failures,
			});
		const doubt = knowing.doubt();
		return doubt === undefined
			? (result ?? {changes: []})
			: {changes: [], error: doubt, isDoubtful: true};
	};

	const isAtHome = ({change}: WriteFailure): boolean =>
		change.cluster === world.consumer.key;

	const conclude = (
		result: ReconcileResult & {readonly isDoubtful?: boolean},
		delivery: Delivery,
		error: string | undefined,
	): ItemOutcome => {
		const reason = result.error ?? error;
		if (reason !== undefined) {
			return failed(
				reason,
				delivery.retryAfter,
				result.isDoubtful !== true &&
					delivery.written === 0 &&
					delivery.outdated.length === 0 &&
					delivery.failures.every(
						(failure) => !isPassing(failure) && !isAtHome(failure),
					),
			);
		}

		return {
			state: 'done',
			...(result.requeueAfter !== undefined && {
				requeueAfter: result.requeueAfter,
			}),
		};
	};

	/**
	The second half of an attempt: what was refused is recorded where Liqo records it.
	*/
	const report = async (
		item: ControllerItem,
		first: Delivery,
	): Promise<Attempt> => {
		await expectations.whenMet(item.key);
		const result = plan(item, first.failures);
		const {changes, dropped} = withoutFailed(result, first.failures);
		const second = await sendAll(item, changes);
		const [failure] = [...second.failures, ...first.failures];
		const isUnhandled = dropped > 0 && result.error === undefined;
		const error =
			second.outdated[0]?.message ??
			(isUnhandled || second.failures.length > 0
				? failure?.message
				: undefined);
		return {
			outcome: conclude(
				result,
				{
					...second,
					written: first.written + second.written,
					failures: [...first.failures, ...second.failures],
					retryAfter: Math.max(first.retryAfter, second.retryAfter),
				},
				error,
			),
			written: second.written,
		};
	};

	/**
	Troubles of the consumer's API server are no outcome: the attempt counts for nothing and is repeated. Upstream lets its controllers
	make of them what they make of any refusal.
	*/
	const isOwnTrouble = (failure: WriteFailure): boolean =>
		isCorrected(ports.rules, 'passing-refusals-swallowed') &&
		isAtHome(failure) &&
		isPassing(failure);

	return async (item: ControllerItem): Promise<Attempt> => {
		let written = 0;
		for (let reading = 0; ; reading++) {
			// One after the other on purpose: each attempt is planned on what the last one led to.
			// eslint-disable-next-line no-await-in-loop
			await expectations.whenMet(item.key);
			if (!ports.canWrite()) {
				return {outcome: {state: 'done'}, written};
			}

			if (!ports.isReady()) {
				return {outcome: {state: 'waiting', requeueAfter: 1000}, written};
			}

			const result = plan(item, []);
			// eslint-disable-next-line no-await-in-loop
			const delivery = await sendAll(item, result.changes);
			written += delivery.written;
			if (delivery.isFenced) {
				return {outcome: {state: 'done'}, written};
			}

			const trouble = delivery.failures.find((failure) =>
				isOwnTrouble(failure),
			);
			if (trouble !== undefined) {
				return {outcome: failed(trouble.message, delivery.retryAfter), written};
			}

			if (delivery.failures.length > 0) {
				// eslint-disable-next-line no-await-in-loop
				const end = await report(item, delivery);
				return {outcome: end.outcome, written: written + end.written};
			}

			if (delivery.outdated.length === 0) {
				return {outcome: conclude(result, delivery, undefined), written};
			}

			for (const {change, planned} of delivery.outdated) {
				expectations.noteOutdated(item.key, change, planned);
			}

			if (reading >= mostReadings) {
				return {
					outcome: failed(delivery.outdated[0]?.message ?? 'Conflict', 0),
					written,
				};
			}
		}
	};
};
