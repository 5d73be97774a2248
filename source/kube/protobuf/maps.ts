/* eslint-disable no-bitwise -- tags are bit fields */
import {type Labels} from '../../core/kubernetes.js';
import {type Scan, tableOf} from './wire.js';

export const emptyMap: Readonly<Record<string, never>> = Object.freeze({});
export const emptyList: readonly never[] = Object.freeze([]);

/**
Drops the keys whose value is absent.
*/
export const compact = <T extends object>(object: {
	[K in keyof T]: T[K] | undefined;
}): T => {
	const result: Record<string, unknown> = {};
	// `Object.entries` would make an array per field.
	for (const key in object) {
		if (object[key] !== undefined) {
			result[key] = object[key];
		}
	}

	return result as T;
};

const setOwn = (
	map: Record<string, string>,
	key: string,
	value: string,
): void => {
	if (key === '__proto__') {
		Object.defineProperty(map, key, {
			value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
	} else {
		map[key] = value;
	}
};

/**
Reader of a map of texts, which is a repeated field of entries: all entries that follow each other are read at once, and equal runs
give the same object. `readValue` is for values that are messages themselves (quantities).
*/
export const createMapReader = (
	scan: Scan,
	field: number,
	options: {
		readonly isUnwanted?: (key: string) => boolean;
		readonly readValue?: (limit: number) => string;
	} = {},
): ((limit: number) => Labels) => {
	const {reader} = scan;
	const {isUnwanted, readValue} = options;
	const tag = (field << 3) | 2;
	let key = '';
	let value = '';
	const fields = tableOf({
		1(limit) {
			key = scan.text(limit);
		},
		2(limit) {
			if (isUnwanted?.(key)) {
				scan.leave(limit);
			} else {
				value = readValue ? readValue(limit) : scan.text(limit);
			}
		},
	});

	const decode = (end: number): Labels => {
		const map: Record<string, string> = {};
		let isEmpty = true;
		while (reader.pos < end) {
			key = '';
			value = '';
			scan.walk(scan.enter(end), fields);
			if (!isUnwanted?.(key)) {
				setOwn(map, key, value);
				isEmpty = false;
			}

			if (reader.pos < end) {
				reader.uint32();
			}
		}

		return isEmpty ? emptyMap : map;
	};

	return (limit) => {
		const start = reader.pos;
		scan.leave(limit);
		let end = reader.pos;
		while (reader.pos < limit && reader.uint32() === tag) {
			scan.leave(limit);
			end = reader.pos;
		}

		reader.pos = start;
		const map = scan.interner.object(scan.bytes, start, end, decode);
		reader.pos = end;
		return map;
	};
};

/**
Reader of a `Quantity`: a message of one text.
*/
export const createQuantityReader = (
	scan: Scan,
): ((limit: number) => string) => {
	let text = '';
	const fields = tableOf({
		1(limit) {
			text = scan.text(limit);
		},
	});
	return (limit) => {
		text = '';
		scan.walk(scan.enter(limit), fields);
		return text;
	};
};
