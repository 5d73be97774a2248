import {type Change} from './change.js';
import {type MemoryAnswer} from './memory-answer.js';
import {
	type ObjectTouch,
	type Reconciler,
	type Request,
	type Rules,
	type WriteFailure,
} from './reconcilers/reconciler.js';
import {type World} from './world.js';

export type AttemptResult = {
	/**
	Changes that were accepted and moved something.
	*/
	readonly changes: readonly Change[];
	readonly refused: readonly WriteFailure[];
	readonly touches: readonly ObjectTouch[];
	/**
	Why it has to be tried again later.
	*/
	readonly error?: string;
	readonly requeueAfter?: number;
	/**
	Whether the plan was made on an outdated view and has to be made again at once.
	*/
	readonly isOutdated: boolean;
};

export type AttemptInput = {
	readonly reconciler: Reconciler;
	readonly request: Request;
	readonly world: World;
	readonly rules: Rules;
	/**
	RFC 3339.
	*/
	readonly now: string;
	send(change: Change): MemoryAnswer;
};

const signatureOf = ({verb, cluster, object, subresource}: Change): string =>
	[verb, cluster, object.kind, subresource].join('/');

const nameOf = (change: Change): string =>
	`${signatureOf(change)}/${change.object.namespace ?? ''}/${change.object.name}`;

// A refusal can uncover another one; more than this says that the pass does not learn.
const mostPasses = 5;

type Delivery = {
	readonly changes: readonly Change[];
	readonly touches: readonly ObjectTouch[];
	readonly failures: readonly WriteFailure[];
	/**
	Set when a write showed that the view was outdated: whether the plan has to be made again.
	*/
	readonly isOutdated?: boolean;
};

/**
Sends a plan in order. Neighbours of the same kind stand for themselves; anything else behind a refused change waits for the next pass.
*/
const deliver = (
	plan: readonly Change[],
	send: AttemptInput['send'],
): Delivery => {
	const changes: Change[] = [];
	const touches: ObjectTouch[] = [];
	const failures: WriteFailure[] = [];
	let failed: string | undefined;
	for (const change of plan) {
		if (failed !== undefined && failed !== signatureOf(change)) {
			break;
		}

		const answer = send(change);
		if (answer.state === 'written') {
			touches.push(...answer.touches);
			changes.push(...(answer.touches.length > 0 ? [change] : []));
			continue;
		}

		const {status, reason, message} = answer.refusal;
		const isGone = status === 404 && change.verb !== 'create';
		if (isGone || reason === 'Conflict') {
			const isOutdated = !(isGone && change.verb === 'delete');
			return {changes, touches, failures, isOutdated};
		}

		failures.push({change, status, reason, message});
		failed = signatureOf(change);
	}

	return {changes, touches, failures};
};

/**
One attempt on a request, as the live controller makes it: the pass, its changes in order, and after a refusal a pass that knows of it.
*/
export const attempt = ({
	reconciler,
	request,
	world,
	rules,
	now,
	send,
}: AttemptInput): AttemptResult => {
	const refused: WriteFailure[] = [];
	const changes: Change[] = [];
	const touches: ObjectTouch[] = [];
	const isRefused = (change: Change): boolean =>
		refused.some((failure) => nameOf(failure.change) === nameOf(change));

	for (let pass = 0; pass < mostPasses; pass++) {
		const {error, requeueAfter, ...result} = reconciler.reconcile(
			request,
			world,
			{now, rules, failures: [...refused]},
		);
		const plan = result.changes.filter((change) => !isRefused(change));
		const delivery = deliver(plan, send);
		changes.push(...delivery.changes);
		touches.push(...delivery.touches);
		refused.push(...delivery.failures);
		if (delivery.isOutdated !== undefined) {
			return {changes, touches, refused, isOutdated: delivery.isOutdated};
		}

		if (delivery.failures.length === 0) {
			return {
				changes,
				touches,
				refused,
				isOutdated: false,
				...(error !== undefined && {error}),
				...(requeueAfter !== undefined && {requeueAfter}),
			};
		}
	}

	const error = 'the same writes are refused again and again';
	return {changes, touches, refused, isOutdated: false, error};
};
