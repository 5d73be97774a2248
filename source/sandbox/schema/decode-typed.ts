import {absent} from '../../core/json.js';
import {isNothing, isTree, type Tree, type Value} from '../value.js';
import {canonicalQuantity} from './quantity.js';
import {isOpen, mapValues, type Schema} from './schema.js';

/**
What reading an object of a built-in type came to: unknown fields are dropped and listed; `problem` is the first value that Go could not
have read, in Go's words.
*/
export type Reading = {unknown: string[]; problem?: string};

const goTypes: Readonly<Record<string, string>> = {
	string: 'string',
	boolean: 'bool',
	number: 'float64',
};

const goType = (schema: Schema): string => {
	if (schema.type === 'integer') {
		return schema.format ?? 'int64';
	}

	if (schema.type === 'array') {
		return `[]${goType(schema.items ?? {})}`;
	}

	const named = schema['x-go-type'];
	if (named !== undefined) {
		const parts = named.split('.');
		return `${parts.at(-2) ?? ''}.${parts.at(-1) ?? ''}`;
	}

	const values = mapValues(schema);
	return values
		? `map[string]${goType(values)}`
		: (goTypes[schema.type ?? ''] ?? 'interface {}');
};

const jsonType = (value: Value): string => {
	if (Array.isArray(value)) {
		return 'array';
	}

	if (isTree(value)) {
		return 'object';
	}

	return typeof value === 'boolean' ? 'bool' : typeof value;
};

const mismatch = (
	reading: Reading,
	place: Place,
	value: Value,
	schema: Schema,
): Value => {
	const number = typeof value === 'number' ? ` ${value}` : '';
	reading.problem ??= `json: cannot unmarshal ${jsonType(value)}${
		schema.type === 'integer' ? number : ''
	} into Go ${place.struct === '' ? 'value' : `struct field ${place.struct}.${place.path.replaceAll(/\[\d+\]/gv, '')}`} of type ${goType(schema)}`;
	return undefined;
};

/**
`struct` is the Go type that holds the field, `path` where it is in the document.
*/
type Place = {readonly struct: string; readonly path: string};

const quantityPattern =
	"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const instant =
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)$/v;

const readTime = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	if (typeof value !== 'string') {
		return mismatch(reading, place, value, schema);
	}

	if (value === '') {
		return undefined;
	}

	if (!instant.test(value) || Number.isNaN(Date.parse(value))) {
		reading.problem ??= `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05${
			schema['x-go-scalar'] === 'microtime' ? '.000000' : ''
		}Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`;
		return undefined;
	}

	if (schema['x-go-scalar'] === 'microtime') {
		return value;
	}

	return value.length === 20 && value.endsWith('Z')
		? value
		: new Date(value).toISOString().replace(/\.\d+Z$/v, 'Z');
};

const readQuantity = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	if (typeof value !== 'string' && typeof value !== 'number') {
		return mismatch(reading, place, value, schema);
	}

	const quantity = canonicalQuantity(String(value));
	if (quantity === undefined) {
		reading.problem ??= quantityPattern;
	}

	return quantity;
};

const readScalar = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	switch (schema['x-go-scalar']) {
		case 'quantity': {
			return readQuantity(value, schema, place, reading);
		}

		case 'time':
		case 'microtime': {
			return readTime(value, schema, place, reading);
		}

		case 'bytes': {
			if (typeof value !== 'string') {
				return mismatch(reading, place, value, schema);
			}

			const compact = value.replaceAll(/[\n\r]/gv, '');
			if (!/^[+\/0-9A-Za-z]*={0,2}$/v.test(compact) || compact.length % 4) {
				const bad = compact.search(/[^+\/0-9A-Za-z]/v);
				reading.problem ??= `illegal base64 data at input byte ${
					bad === -1 ? compact.length - (compact.length % 4) : bad
				}`;
			}

			return compact;
		}

		case 'intstr': {
			return typeof value === 'string' || Number.isInteger(value)
				? value
				: mismatch(reading, place, value, schema);
		}

		default: {
			return readPlain(value, schema, place, reading);
		}
	}
};

const readPlain = (
	value: Value,
	schema: Schema,
	place: Place,
	reading: Reading,
): Value => {
	const isRight =
		schema.type === 'integer'
			? Number.isInteger(value)
			: typeof value === schema.type;
	return isRight ? value : mismatch(reading, place, value, schema);
};

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

const readStruct = (
	value: Tree,
	schema: Schema,
	place: Place,
	reading: Reading,
): Tree => {
	const struct = schema['x-go-type']?.split('.').at(-1) ?? place.struct;
	const properties = schema.properties ?? {};
	const result: Tree = {};
	for (const key of Object.keys(value)) {
		const field = Object.hasOwn(properties, key) ? properties[key] : undefined;
		const path = place.path === '' ? key : `${place.path}.${key}`;
		if (!field) {
			if (place.path !== '' || (key !== 'apiVersion' && key !== 'kind')) {
				reading.unknown.push(path);
			}

			continue;
		}

		const read = readTyped(value[key], field, {struct, path}, reading);
		if (!isOmitted(read, field)) {
			result[key] = read;
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
	for (const key of Object.keys(value)) {
		const item = value[key];
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
						) ?? (items.properties ? {} : zeroOf(items)),
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
