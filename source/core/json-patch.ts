import {isJsonObject, type Json, type JsonObject} from './json.js';
import {isSameJson} from './merge-patch.js';

export type PatchResult =
	| {readonly isDone: true; readonly value: Json}
	| {readonly isDone: false; readonly problem: string};

const tokensOf = (pointer: string): readonly string[] =>
	pointer
		.split('/')
		.slice(1)
		.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

const childOf = (parent: Json | undefined, token: string): Json | undefined => {
	if (Array.isArray(parent)) {
		const list: readonly Json[] = parent;
		return /^\d+$/v.test(token) ? list[Number(token)] : undefined;
	}

	return isJsonObject(parent) && Object.hasOwn(parent, token)
		? parent[token]
		: undefined;
};

type Edit = (parent: Json, token: string) => Json | undefined;

/**
Applies an edit to the parent of the place a pointer names; undefined when there is no such place.
*/
const editAt = (
	value: Json,
	tokens: readonly string[],
	edit: Edit,
): Json | undefined => {
	const [token, ...rest] = tokens;
	if (token === undefined) {
		return undefined;
	}

	if (rest.length === 0) {
		return edit(value, token);
	}

	const child = childOf(value, token);
	const edited = child === undefined ? undefined : editAt(child, rest, edit);
	if (edited === undefined) {
		return undefined;
	}

	if (Array.isArray(value)) {
		const list: readonly Json[] = value;
		return list.with(Number(token), edited);
	}

	return isJsonObject(value) ? {...value, [token]: edited} : undefined;
};

const insert =
	(item: Json, isReplacing: boolean): Edit =>
	(parent, token) => {
		if (Array.isArray(parent)) {
			const list: readonly Json[] = parent;
			const index = token === '-' ? list.length : Number(token);
			const isInside =
				Number.isSafeInteger(index) &&
				index >= 0 &&
				index <= list.length - (isReplacing ? 1 : 0);
			return isInside
				? list.toSpliced(index, isReplacing ? 1 : 0, item)
				: undefined;
		}

		const isThere = childOf(parent, token) !== undefined;
		return isJsonObject(parent) && (isThere || !isReplacing)
			? {...parent, [token]: item}
			: undefined;
	};

const take: Edit = (parent, token) => {
	if (childOf(parent, token) === undefined) {
		return undefined;
	}

	if (Array.isArray(parent)) {
		const list: readonly Json[] = parent;
		return list.toSpliced(Number(token), 1);
	}

	return isJsonObject(parent)
		? Object.fromEntries(
				Object.entries(parent).filter(([key]) => key !== token),
			)
		: undefined;
};

const applyOperation = (
	value: Json,
	operation: JsonObject,
): Json | undefined => {
	const {op, path, value: item = ''} = operation;
	const tokens = tokensOf(typeof path === 'string' ? path : '');
	switch (typeof op === 'string' ? op : '') {
		case 'add': {
			return editAt(value, tokens, insert(item, false));
		}

		case 'replace': {
			return editAt(value, tokens, insert(item, true));
		}

		case 'remove': {
			return editAt(value, tokens, take);
		}

		case 'test': {
			let found: Json | undefined = value;
			for (const token of tokens) {
				found = childOf(found, token);
			}

			return isSameJson(found, item) ? value : undefined;
		}

		default: {
			return undefined;
		}
	}
};

/**
Applies a JSON patch (RFC 6902: add, remove, replace, test). Nothing is done when one of its operations cannot be.
*/
export const applyJsonPatch = (
	target: Json,
	operations: Json | undefined,
): PatchResult => {
	if (!Array.isArray(operations)) {
		return {isDone: false, problem: 'a JSON patch is a list of operations'};
	}

	let value = target;
	const list: readonly Json[] = operations;
	for (const operation of list) {
		const next = isJsonObject(operation)
			? applyOperation(value, operation)
			: undefined;
		if (next === undefined) {
			return {
				isDone: false,
				problem: `the server rejected our request due to an error in our request: ${JSON.stringify(operation)}`,
			};
		}

		value = next;
	}

	return {isDone: true, value};
};
