import {absent} from '../../core/json.js';
import {entriesOf} from '../http/repeated-fields.js';
import {clone, isNothing, isTree, type Tree, type Value} from '../value.js';
import {
	mismatch,
	type Place,
	type Reading,
	readScalar,
} from './decode-scalar.js';
import {isOpen, mapValues, type Schema} from './schema.js';

/**
Whether Go would leave the field out when writing the object.
*/
const isOmitted = (value: Value, schema: Schema): boolean => {
	if (value === undefined) {
		return true;
	}

	const mark = schema['x-go-field'];
	if (mark !== undefined) {
		return false;
	}

	if (Array.isArray(value)) {
		return value.length === 0;
	}

	if (isTree(value)) {
		return (
			schema.additionalProperties !== undefined &&
			Object.keys(value).length === 0
		);
	}

	return (
		value === '' || (value === 0 && !schema['x-go-scalar']) || value === false
	);
};

const zeroOf = (schema: Schema): Value => {
	if (schema['x-go-field'] === 'struct') {
		return completeStruct({}, schema);
	}

	if (schema['x-go-scalar'] === 'quantity') {
		return '0';
	}

	if (schema['x-go-scalar'] === 'intstr') {
		return 0;
	}

	if (schema['x-go-scalar'] === undefined && schema.type === 'string') {
		return '';
	}

	if (schema.type === 'integer') {
		return 0;
	}

	return schema.type === 'boolean' ? false : absent;
};

const isAlwaysWritten = (schema: Schema): boolean =>
	schema['x-go-field'] === 'struct' || schema['x-go-field'] === 'always';

const alwaysWritten = new WeakMap<object, ReadonlyArray<[string, Schema]>>();

/**
Adds what Go writes even when nobody set it.
*/
const completeStruct = (target: Tree, schema: Schema): Tree => {
	const properties = schema.properties ?? {};
	let fields = alwaysWritten.get(properties);
	if (!fields) {
		fields = Object.entries(properties).filter(([, field]) =>
			isAlwaysWritten(field),
		);
		alwaysWritten.set(properties, fields);
	}

	for (const [name, field] of fields) {
		if (target[name] === undefined) {
			target[name] = zeroOf(field);
		}
	}

	return target;
};

const addOnce = (list: string[], item: string): void => {
	if (!list.includes(item)) {
		list.push(item);
	}
};

/**
What Go makes of a field that is said twice: it reads the second into what the first has left.
*/
const joined = (before: Value, after: Value): Value =>
	isTree(before) && isTree(after)
		? Object.fromEntries(
				[...Object.keys(before), ...Object.keys(after)].map((key) => [
					key,
					Object.hasOwn(after, key)
						? joined(before[key], after[key])
						: before[key],
				]),
			)
		: after;

const readStruct = (
	value: Tree,
	schema: Schema,
	place: Place,
	reading: Reading,
): Tree => {
	const struct = schema['x-go-type']?.split('.').at(-1) ?? place.struct;
	const properties = schema.properties ?? {};
	const result: Tree = {};
	const seen = new Set<string>();
	for (const [key, item] of entriesOf(value)) {
		const field = Object.hasOwn(properties, key) ? properties[key] : undefined;
		const path = place.path === '' ? key : `${place.path}.${key}`;
		const isType =
			place.path === '' && (key === 'apiVersion' || key === 'kind');
		if (!field && !isType) {
			addOnce(reading.unknown, path);
			continue;
		}

		if (seen.has(key)) {
			addOnce(reading.unknown, `duplicate field "${path}"`);
		}

		seen.add(key);
		if (!field) {
			continue;
		}

		const fields = place.fields === '' ? key : `${place.fields}.${key}`;
		const read = readTyped(item, field, {struct, path, fields}, reading);
		if (!isOmitted(read, field)) {
			// A list that is always written is stored as none when it is empty.
			result[key] =
				Array.isArray(read) && read.length === 0
					? absent
					: joined(result[key], read);
		}
	}

	return completeStruct(result, schema);
};

const readMap = (
	value: Tree,
	values: Schema,
	place: Place,
	reading: Reading,
): Tree => {
	const result: Tree = {};
	for (const [key, item] of entriesOf(value)) {
		if (Object.hasOwn(result, key)) {
			addOnce(reading.unknown, `duplicate field "${place.path}.${key}"`);
		}

		const inner =
			typeof item === 'object'
				? {...place, path: `${place.path}.${key}`}
				: place;
		result[key] = readTyped(item, values, inner, reading) ?? zeroOf(values);
	}

	return result;
};

/**
Reads a value as Go would read it into the built-in type: unknown fields dropped, `null` the same as absent, quantities and times in their
canonical form, and everything left out that Go does not write.
*/
export const readTyped = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	if (isNothing(value)) {
		return undefined;
	}

	if (isOpen(schema)) {
		return value;
	}

	if (reading.known?.has(value)) {
		return clone(value);
	}

	if (schema.type === 'array') {
		const items = schema.items ?? {};
		return Array.isArray(value)
			? value.map(
					(item, index) =>
						readTyped(
							item,
							items,
							{...place, path: `${place.path}[${index}]`},
							reading,
						) ?? (items.properties ? completeStruct({}, items) : zeroOf(items)),
				)
			: mismatch(reading, place, value, schema);
	}

	if (schema.type === 'object') {
		if (!isTree(value)) {
			return mismatch(reading, place, value, schema);
		}

		const values = mapValues(schema);
		return values
			? readMap(value, values, place, reading)
			: readStruct(value, schema, place, reading);
	}

	return readScalar(value, schema, place, reading);
};

/**
An object of the type as Go writes it when nothing is set.
*/
export const zeroObject = (schema: Schema): Tree => completeStruct({}, schema);
