import {absent, isJsonObject, type JsonObject} from '../json.js';
import {type Defect, type Labels, type Quantities} from '../kubernetes.js';

/**
An object inside a raw one, where it is, and where to write down what is wrong with it.

All readers below answer "absent" for a missing or `null` field without a word, and note a defect for a field of the wrong
form; none of them throws.
*/
export type Place = {
	readonly value: JsonObject;
	/**
	Empty at the root, else as in `spec.taints[0].key`.
	*/
	readonly path: string;
	readonly defects: Defect[];
};

export const emptyMap: Readonly<Record<string, never>> = Object.freeze({});

export const emptyList: readonly never[] = Object.freeze([]);

const plainKey = /^[\w\-]+$/v;

const describe = (value: unknown): string => {
	if (Array.isArray(value)) {
		return 'a list';
	}

	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/**
Path of a field: `spec.taints`, or `metadata.labels["liqo.io/type"]` where the key needs quotes.
*/
export const pathTo = (path: string, key: string | number): string => {
	if (typeof key === 'number') {
		return `${path}[${key}]`;
	}

	if (!plainKey.test(key)) {
		return `${path}[${JSON.stringify(key)}]`;
	}

	return path === '' ? key : `${path}.${key}`;
};

const note = (
	place: Place,
	key: string | number,
	expected: string,
	value: unknown,
): void => {
	place.defects.push({
		path: pathTo(place.path, key),
		problem: `must be ${expected}, is ${describe(value)}`,
	});
};

const isNothing = (value: unknown): value is typeof absent | undefined =>
	value === undefined || value === absent;

/**
The field's own value; what an object inherits is not a field (a key may be called `constructor`).
*/
const own = (place: Place, key: string): unknown =>
	Object.hasOwn(place.value, key) ? place.value[key] : undefined;

/**
Starts at a whole raw object; anything that is none is an empty object with a defect.
*/
export const placeOf = (raw: unknown): Place => {
	if (isJsonObject(raw)) {
		return {value: raw, path: '', defects: []};
	}

	return {
		value: emptyMap,
		path: '',
		defects: [
			{
				path: '',
				problem: `must be an object, is ${raw === absent ? 'null' : describe(raw)}`,
			},
		],
	};
};

export const text = (place: Place, key: string): string | undefined => {
	const value = own(place, key);
	if (typeof value === 'string') {
		return value;
	}

	if (!isNothing(value)) {
		note(place, key, 'a string', value);
	}

	return undefined;
};

/**
A text, where an empty one says the same as none.
*/
export const filledText = (place: Place, key: string): string | undefined => {
	const value = text(place, key);
	return value === '' ? undefined : value;
};

/**
A text that the API promises to be there: empty, with a defect, when it is missing.
*/
export const requiredText = (place: Place, key: string): string => {
	const value = text(place, key);
	if (value === undefined && isNothing(own(place, key))) {
		place.defects.push({
			path: pathTo(place.path, key),
			problem: 'is required',
		});
	}

	return value ?? '';
};

export const flag = (place: Place, key: string): boolean | undefined => {
	const value = own(place, key);
	if (typeof value === 'boolean') {
		return value;
	}

	if (!isNothing(value)) {
		note(place, key, 'true or false', value);
	}

	return undefined;
};

export const whole = (place: Place, key: string): number | undefined => {
	const value = own(place, key);
	if (Number.isSafeInteger(value)) {
		return value as number;
	}

	if (!isNothing(value)) {
		note(place, key, 'a whole number', value);
	}

	return undefined;
};

export const child = (place: Place, key: string): Place | undefined => {
	const value = own(place, key);
	if (isJsonObject(value)) {
		return {value, path: pathTo(place.path, key), defects: place.defects};
	}

	if (!isNothing(value)) {
		note(place, key, 'an object', value);
	}

	return undefined;
};

/**
As `child`, but an empty object where there is none, so that its fields can be read on.
*/
export const childOrEmpty = (place: Place, key: string): Place =>
	child(place, key) ?? {
		value: emptyMap,
		path: pathTo(place.path, key),
		defects: place.defects,
	};

const rawList = (place: Place, key: string): readonly unknown[] | undefined => {
	const value = own(place, key);
	if (Array.isArray(value)) {
		return value as readonly unknown[];
	}

	if (!isNothing(value)) {
		note(place, key, 'a list', value);
	}

	return undefined;
};

/**
Reads a list of objects; absent when the list is. An entry that is no object is read as an empty one, so that indexes
stay those of the server.
*/
export const entries = <T>(
	place: Place,
	key: string,
	read: (entry: Place) => T,
): readonly T[] | undefined => {
	const list = rawList(place, key);
	if (list === undefined) {
		return undefined;
	}

	if (list.length === 0) {
		return emptyList;
	}

	const path = pathTo(place.path, key);
	return list.map((value, index) => {
		const entryPath = pathTo(path, index);
		if (isJsonObject(value)) {
			return read({value, path: entryPath, defects: place.defects});
		}

		place.defects.push({
			path: entryPath,
			problem: `must be an object, is ${value === absent ? 'null' : describe(value)}`,
		});
		// What is missing in it is already said: its own defects would repeat it.
		return read({value: emptyMap, path: entryPath, defects: []});
	});
};

/**
Reads a list of texts; entries that are none are left out.
*/
export const texts = (
	place: Place,
	key: string,
): readonly string[] | undefined => {
	const list = rawList(place, key);
	if (list === undefined) {
		return undefined;
	}

	if (list.length === 0) {
		return emptyList;
	}

	if (list.every((value) => typeof value === 'string')) {
		return list;
	}

	const path = pathTo(place.path, key);
	return list.filter((value, index) => {
		if (typeof value === 'string') {
			return true;
		}

		place.defects.push({
			path: pathTo(path, index),
			problem: `must be a string, is ${value === absent ? 'null' : describe(value)}`,
		});
		return false;
	}) as string[];
};

const mapOf = (
	place: Place | undefined,
	convert: (value: unknown) => string | undefined,
	expected: string,
): Labels => {
	if (place === undefined) {
		return emptyMap;
	}

	const keys = Object.keys(place.value);
	if (keys.length === 0) {
		return emptyMap;
	}

	if (keys.every((key) => typeof place.value[key] === 'string')) {
		return place.value as Labels;
	}

	const kept: Array<[string, string]> = [];
	for (const key of keys) {
		const value = place.value[key];
		const converted = value === absent ? '' : convert(value);
		if (converted === undefined) {
			note(place, key, expected, value);
		} else {
			kept.push([key, converted]);
		}
	}

	// `fromEntries` defines own properties, so that a key called `__proto__` stays a key.
	return Object.fromEntries(kept);
};

/**
Reads a map of texts; empty when there is none. Values that are no text are left out.
*/
export const map = (place: Place, key: string): Labels =>
	mapOf(
		child(place, key),
		(value) => (typeof value === 'string' ? value : undefined),
		'a string',
	);

/**
Reads quantities, which the API takes as text or as number.
*/
export const quantities = (place: Place, key: string): Quantities =>
	mapOf(
		child(place, key),
		(value) =>
			typeof value === 'string' || typeof value === 'number'
				? String(value)
				: undefined,
		'a quantity',
	);

/**
Without the fields that are absent: an object costs memory for each key it has, also an undefined one.
*/
export const defined = <T extends object>(object: T): T => {
	const source = object as Record<string, unknown>;
	const result: Record<string, unknown> = {};

	for (const key of Object.keys(source)) {
		const value = source[key];
		if (value !== undefined) {
			result[key] = value;
		}
	}

	return result as T;
};
