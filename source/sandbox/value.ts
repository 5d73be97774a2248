import {type absent} from '../core/json.js';

/**
A JSON value that is being worked on: what core/json.ts promises not to change, a server has to change.
*/
export type Value =
	string | number | boolean | typeof absent | undefined | Value[] | Tree;

export type Tree = {[key: string]: Value};

export type OwnerReferenceTree = Tree & {
	apiVersion: string;
	kind: string;
	name: string;
	uid: string;
	controller?: boolean;
	blockOwnerDeletion?: boolean;
};

export type MetaTree = Tree & {
	name: string;
	namespace?: string;
	generateName?: string;
	uid: string;
	resourceVersion?: string;
	generation?: number;
	creationTimestamp?: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Record<string, string>;
	annotations?: Record<string, string>;
	finalizers?: string[];
	ownerReferences?: OwnerReferenceTree[];
	managedFields?: Tree[];
};

/**
Any API object after its metadata has been checked.
*/
export type ApiObject = Tree & {
	apiVersion: string;
	kind: string;
	metadata: MetaTree;
};

export const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' && Boolean(value) && !Array.isArray(value);

export const isNothing = (value: unknown): boolean =>
	value === undefined || (typeof value === 'object' && !value);

/**
The value at a path of keys, undefined as soon as something on the way is not an object.
*/
export const at = (
	value: Value,
	...path: ReadonlyArray<string | number>
): Value => {
	let current: Value = value;
	for (const key of path) {
		const hasKey =
			isTree(current) || (Array.isArray(current) && typeof key === 'number');
		if (!hasKey) {
			return undefined;
		}

		current = (current as Tree)[key];
	}

	return current;
};

export const treeAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): Tree | undefined => {
	const found = at(value, ...path);
	return isTree(found) ? found : undefined;
};

export const listAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): Value[] => {
	const found = at(value, ...path);
	return Array.isArray(found) ? found : [];
};

export const treesAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): Tree[] => listAt(value, ...path).filter((item) => isTree(item));

export const textAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): string => {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : '';
};

export const numberAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): number | undefined => {
	const found = at(value, ...path);
	return typeof found === 'number' ? found : undefined;
};

/**
The entries of a map of strings at a path; other values are left out.
*/
export const textsAt = (
	value: Value,
	...path: ReadonlyArray<string | number>
): Record<string, string> =>
	Object.fromEntries(
		Object.entries(treeAt(value, ...path) ?? {}).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string',
		),
	);

export const clone = <T extends Value>(value: T): T => {
	if (Array.isArray(value)) {
		return value.map((item) => clone(item)) as T;
	}

	if (isTree(value)) {
		const copy: Tree = {};
		for (const key of Object.keys(value)) {
			copy[key] = clone(value[key]);
		}

		return copy as T;
	}

	return value;
};

/**
Equality as JSON: the order of keys does not matter, a key without a value is not there.
*/
export const isEqual = (left: Value, right: Value): boolean => {
	if (left === right) {
		return true;
	}

	if (Array.isArray(left) && Array.isArray(right)) {
		return (
			left.length === right.length &&
			left.every((item, index) => isEqual(item, right[index]))
		);
	}

	if (isTree(left) && isTree(right)) {
		for (const key of Object.keys(left)) {
			if (!isEqual(left[key], right[key])) {
				return false;
			}
		}

		for (const key of Object.keys(right)) {
			if (right[key] !== undefined && left[key] === undefined) {
				return false;
			}
		}

		return true;
	}

	return false;
};

/**
Go's `%q` for the texts of errors.
*/
export const quote = (text: string): string =>
	JSON.stringify(text).replaceAll(/\\u00(?=[\da-f]{2})/gv, String.raw`\x`);
