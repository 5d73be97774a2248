import {type Change} from '../../core/change.js';
import {
	absent,
	isJsonObject,
	type Json,
	type JsonObject,
} from '../../core/json.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {type AnyObject, type KindName} from '../../core/model.js';
import {type World} from '../../core/world.js';
import {createRevision, type Revision} from '../revision.js';

export type LogEntry = {
	/**
	Epoch milliseconds.
	*/
	readonly time: number;
	readonly change: Change;
	readonly command: string;
	/**
	The server's no, in its words; absent for a write that was taken.
	*/
	readonly problem: string | undefined;
	/**
	What takes it back, or why nothing does.
	*/
	readonly inverse: Change | string;
	readonly isUndone: boolean;
};

/**
Every write of ours, newest last.
*/
export type CommandLog = Revision & {
	entries(): readonly LogEntry[];
	add(entry: Omit<LogEntry, 'command' | 'isUndone'>): void;
	/**
	The newest write that was taken and not undone.
	*/
	lastDone(): LogEntry | undefined;
	/**
	The newest write that was undone.
	*/
	lastUndone(): LogEntry | undefined;
	mark(entry: LogEntry, isUndone: boolean): void;
};

export const createCommandLog = (): CommandLog => {
	let entries: readonly LogEntry[] = [];
	const revision = createRevision();
	const change = (next: readonly LogEntry[]) => {
		entries = next;
		revision.advance();
	};

	const isTaken = ({problem}: LogEntry): boolean => problem === undefined;
	return {
		entries: () => entries,
		add(entry) {
			change([
				...entries,
				{...entry, command: kubectlCommand(entry.change), isUndone: false},
			]);
		},
		lastDone: () =>
			entries.findLast((entry) => isTaken(entry) && !entry.isUndone),
		lastUndone: () =>
			entries.findLast((entry) => isTaken(entry) && entry.isUndone),
		mark(entry, isUndone) {
			change(
				entries.map((one) => (one === entry ? {...entry, isUndone} : one)),
			);
		},
		version: revision.version,
		subscribe: revision.subscribe,
	};
};

/**
The merge patch that puts back what another one replaced.
*/
const inversePatch = (
	patch: JsonObject,
	before: Json | undefined,
): JsonObject => {
	const object = isJsonObject(before) ? before : {};
	return Object.fromEntries(
		Object.entries(patch).map(([key, value]) => {
			const old = object[key];
			return [
				key,
				isJsonObject(value) && isJsonObject(old)
					? inversePatch(value, old)
					: (old ?? absent),
			];
		}),
	);
};

/**
Whether an object still says what a merge patch wrote.
*/
export const isStillWritten = (
	patch: Json | undefined,
	now: Json | undefined,
): boolean => {
	if (isJsonObject(patch)) {
		const object = isJsonObject(now) ? now : {};
		return Object.entries(patch).every(([key, value]) =>
			isStillWritten(value, object[key]),
		);
	}

	return patch === absent
		? now === undefined
		: JSON.stringify(patch) === JSON.stringify(now);
};

const find = (world: World, {cluster, object}: Change): AnyObject | undefined =>
	(cluster === world.consumer.key
		? world.consumer
		: world.providers.get(cluster)
	)?.get(object.kind as KindName, object.namespace ?? '', object.name);

/**
What takes a change back, given the world before it; a sentence where nothing does.
*/
export const inverseOf = (change: Change, world: World): Change | string => {
	const {cluster, object, verb, patchType = 'merge', body} = change;
	const reason = `Undo: ${change.reason}`;
	if (verb === 'create') {
		return {cluster, object, verb: 'delete', reason};
	}

	if (verb === 'delete') {
		return 'A deletion cannot be undone: what belonged to the object is gone with it.';
	}

	const before = find(world, change);
	if (
		verb !== 'patch' ||
		patchType !== 'merge' ||
		!isJsonObject(body) ||
		!before
	) {
		return 'This kind of write has no inverse.';
	}

	return {
		cluster,
		object,
		verb: 'patch',
		patchType: 'merge',
		body: inversePatch(body, before as unknown as Json),
		reason,
	};
};

/**
Why a write can no longer be taken back, or the write that takes it back, bound to the object as it is now.
*/
export const undoNow = (
	{change, inverse}: LogEntry,
	world: World,
): Change | string => {
	if (typeof inverse === 'string') {
		return inverse;
	}

	const now = find(world, change);
	if (!now) {
		return `${change.object.kind} ${change.object.name} is not there any more.`;
	}

	if (
		change.verb === 'patch' &&
		!isStillWritten(change.body, now as unknown as Json)
	) {
		return `${change.object.kind} ${change.object.name} was changed since; undoing would overwrite that.`;
	}

	return {
		...inverse,
		precondition: {resourceVersion: now.metadata.resourceVersion},
	};
};
