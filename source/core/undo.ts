import {type Change} from './change.js';
import {absent, isJsonObject, type Json, type JsonObject} from './json.js';
import {applyMergePatch} from './merge-patch.js';
import {type AnyObject, type KindName} from './model.js';
import {type World} from './world.js';
import {objectText} from './object-text.js';

/**
A write that was made, with what takes it back, or why nothing does.
*/
export type MadeWrite = {
	readonly change: Change;
	readonly inverse: Change | string;
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
A deleted pod is made anew by its owner: whether it comes back is no question of what was declared.
*/
export const isPassedOver = ({verb, object}: Change): boolean =>
	verb === 'delete' && object.kind === 'Pod';

/**
Objects as they are after the writes of a list that come before.
*/
const createReader = (world: World) => {
	const seen = new Map<string, Json | undefined>();
	const keyOf = ({cluster, object: {kind, namespace = '', name}}: Change) =>
		`${cluster} ${kind} ${namespace}/${name}`;
	return {
		isFirst: (change: Change) => !seen.has(keyOf(change)),
		read(change: Change): Json | undefined {
			const key = keyOf(change);
			return seen.has(key)
				? seen.get(key)
				: (find(world, change) as unknown as Json | undefined);
		},
		write(change: Change) {
			const now = this.read(change);
			seen.set(
				keyOf(change),
				change.verb === 'patch' && change.body !== undefined
					? applyMergePatch(now ?? {}, change.body)
					: undefined,
			);
		},
	};
};

const nameOf = ({object}: Change): string => objectText(object);

/**
The writes that take back what was made in one go, the last one first, each bound to the object as it is now; or why it cannot be taken back.
*/
export const undoOf = (
	made: readonly MadeWrite[],
	world: World,
): readonly Change[] | string => {
	const writes = made.filter(({change}) => !isPassedOver(change)).toReversed();
	if (writes.length === 0) {
		return made.length === 0
			? 'There is no write of ours to undo.'
			: 'A deletion cannot be undone: the owner of the pods has made others.';
	}

	const reader = createReader(world);
	const changes: Change[] = [];
	for (const {change, inverse} of writes) {
		if (typeof inverse === 'string') {
			return inverse;
		}

		const now = reader.read(change);
		if (now === undefined) {
			return `${nameOf(change)} is not there any more.`;
		}

		if (change.verb === 'patch' && !isStillWritten(change.body, now)) {
			return `${nameOf(change)} was changed since; undoing would overwrite that.`;
		}

		const found = reader.isFirst(change) ? find(world, change) : undefined;
		changes.push({
			...inverse,
			...(found && {
				precondition: {resourceVersion: found.metadata.resourceVersion},
			}),
		});
		reader.write(inverse);
	}

	return changes;
};

/**
The writes that make again what was taken back; or why not.
*/
export const redoOf = (
	made: readonly MadeWrite[],
	world: World,
): readonly Change[] | string => {
	const reader = createReader(world);
	const changes: Change[] = [];
	for (const {change, inverse} of made) {
		if (isPassedOver(change)) {
			continue;
		}

		const now = reader.read(change);
		const isTakenBack =
			change.verb === 'create'
				? now === undefined
				: now !== undefined &&
					typeof inverse !== 'string' &&
					isStillWritten(inverse.body, now);
		if (!isTakenBack) {
			return `${nameOf(change)} was changed since; doing it again would overwrite that.`;
		}

		const found = reader.isFirst(change) ? find(world, change) : undefined;
		const {precondition: _, ...again} = change;
		changes.push({
			...again,
			...(found && {
				precondition: {resourceVersion: found.metadata.resourceVersion},
			}),
		});
		reader.write(change);
	}

	return changes.length === 0
		? 'There is no undone write to do again.'
		: changes;
};
