import {type Change} from '../core/change.js';
import {
	type ReconcileResult,
	type WriteFailure,
} from '../core/reconcilers/reconciler.js';
import {type AnyObject} from '../core/model.js';
import {isOutdated, objectKey, type WriteAnswer} from './writer.js';

/**
How the sending of what a pass wanted ended.
*/
export type Delivery = {
	/**
	Changes that were accepted.
	*/
	readonly written: number;
	/**
	Refused because the plan was made on an outdated view: read again, plan again.
	*/
	readonly outdated: ReadonlyArray<{
		readonly change: Change;
		readonly planned: AnyObject | undefined;
		readonly message: string;
	}>;
	readonly failures: readonly WriteFailure[];
	readonly isFenced: boolean;
	/**
	The longest time a server asked to wait, in milliseconds.
	*/
	readonly retryAfter: number;
};

/**
Changes that stand for themselves: neighbours of the same verb and kind on one cluster, about different objects.
*/
export const groupChanges = (
	changes: readonly Change[],
): ReadonlyArray<readonly Change[]> => {
	const groups: Change[][] = [];
	let previous = '';
	let objects = new Set<string>();
	for (const change of changes) {
		const signature = [
			change.verb,
			change.cluster,
			change.object.kind,
			change.subresource,
		].join('/');
		const object = objectKey(change.cluster, change.object);
		const group = groups.at(-1);
		if (group !== undefined && signature === previous && !objects.has(object)) {
			group.push(change);
			objects.add(object);
			continue;
		}

		groups.push([change]);
		previous = signature;
		objects = new Set([object]);
	}

	return groups;
};

const isSameAim = (a: Change, b: Change): boolean =>
	a.verb === b.verb &&
	a.subresource === b.subresource &&
	objectKey(a.cluster, a.object) === objectKey(b.cluster, b.object);

/**
What is left of a plan without the changes that have just been refused.
*/
export const withoutFailed = (
	result: ReconcileResult,
	failures: readonly WriteFailure[],
): {readonly changes: readonly Change[]; readonly dropped: number} => {
	const changes = result.changes.filter((change) =>
		failures.every((failure) => !isSameAim(failure.change, change)),
	);
	return {changes, dropped: result.changes.length - changes.length};
};

/**
Sends what a pass wants, in order. What follows a refused change is not sent.
*/
export const deliver = async (
	changes: readonly Change[],
	ports: {
		send(change: Change): Promise<WriteAnswer>;
		record(change: Change): void;
		/**
		The object as the plan saw it.
		*/
		planned(change: Change): AnyObject | undefined;
		noteWritten(
			change: Change,
			answer: WriteAnswer,
			planned: AnyObject | undefined,
		): void;
	},
): Promise<Delivery> => {
	const outdated: Array<Delivery['outdated'][number]> = [];
	const failures: WriteFailure[] = [];
	let written = 0;
	let isFenced = false;
	let retryAfter = 0;

	const take = (
		change: Change,
		planned: AnyObject | undefined,
		answer: WriteAnswer,
	) => {
		if (answer.state === 'written') {
			written++;
			ports.noteWritten(change, answer, planned);
			return;
		}

		retryAfter = Math.max(retryAfter, answer.retryAfter ?? 0);
		const {status, reason, message} = answer;
		if (reason === 'Fenced') {
			isFenced = true;
		} else if (status === 404 && change.verb === 'delete') {
			ports.noteWritten(change, {state: 'written'}, planned);
		} else if (isOutdated(change, answer)) {
			outdated.push({change, planned, message});
		} else {
			failures.push({change, status, reason, message});
		}
	};

	// What the plan was made on, before anything is sent: the world moves on meanwhile.
	const plannedOn = new Map(
		changes.map((change) => [change, ports.planned(change)] as const),
	);
	for (const change of changes) {
		if (change.verb === 'event') {
			ports.record(change);
		}
	}

	const writes = changes.filter(({verb}) => verb !== 'event');
	for (const group of groupChanges(writes)) {
		// In order on purpose: a later change relies on the earlier ones.
		// eslint-disable-next-line no-await-in-loop
		const answers = await Promise.all(
			group.map(async (change) => ports.send(change)),
		);
		for (const [index, change] of group.entries()) {
			const answer = answers[index];
			if (answer !== undefined) {
				take(change, plannedOn.get(change), answer);
			}
		}

		if (isFenced || outdated.length > 0 || failures.length > 0) {
			break;
		}
	}

	return {written, outdated, failures, isFenced, retryAfter};
};
