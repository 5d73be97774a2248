import {Buffer} from 'node:buffer';
import {type Tree, type Value} from '../value.js';
import {builtinType, fieldNumbers} from './parse-types.js';
import {isOpen, mapValues, type Schema} from './schema.js';

type Field = {
	readonly number: number;
	readonly wire: number;
	/**
	Of varints and fixed numbers.
	*/
	readonly number64: bigint;
	readonly bytes: Buffer;
};

const nothing = Buffer.alloc(0);

/**
Reads the wire format of protocol buffers, one field after the other.

@throws RangeError when the bytes end too early or are no protocol buffer
*/
function* readFields(bytes: Buffer): Generator<Field, void> {
	let position = 0;
	const varint = (): bigint => {
		let result = 0n;
		for (let shift = 0n; shift < 70n; shift += 7n) {
			const byte = bytes.readUInt8(position++);
			result |= BigInt(byte % 128) << shift;
			if (byte < 128) {
				return result;
			}
		}

		throw new RangeError('a number does not end');
	};

	while (position < bytes.length) {
		const tag = Number(varint());
		const number = Math.floor(tag / 8);
		const wire = tag % 8;
		switch (wire) {
			case 0: {
				yield {number, wire, number64: varint(), bytes: nothing};
				break;
			}

			case 1: {
				yield {
					number,
					wire,
					number64: bytes.readBigUInt64LE(position),
					bytes: bytes.subarray(position, position + 8),
				};
				position += 8;
				break;
			}

			case 2: {
				const length = Number(varint());
				if (position + length > bytes.length) {
					throw new RangeError('a field is cut off');
				}

				yield {
					number,
					wire,
					number64: 0n,
					bytes: bytes.subarray(position, position + length),
				};
				position += length;
				break;
			}

			case 5: {
				yield {
					number,
					wire,
					number64: BigInt(bytes.readUInt32LE(position)),
					bytes: bytes.subarray(position, position + 4),
				};
				position += 4;
				break;
			}

			default: {
				throw new RangeError(`wire type ${wire} is not in use`);
			}
		}
	}
}

const fieldsByNumber = (bytes: Buffer): Map<number, Field> =>
	new Map([...readFields(bytes)].map((field) => [field.number, field]));

const textOf = (fields: Map<number, Field>, number: number): string =>
	fields.get(number)?.bytes.toString() ?? '';

const integerOf = (field: Field | undefined): number =>
	field === undefined ? 0 : Number(BigInt.asIntN(64, field.number64));

const readTime = (bytes: Buffer, isMicro: boolean): Value => {
	// Go writes a time that is not set as an empty message.
	if (bytes.length === 0) {
		return undefined;
	}

	const fields = fieldsByNumber(bytes);
	const seconds = integerOf(fields.get(1));
	const micros = Math.floor(integerOf(fields.get(2)) / 1000);
	const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
	return isMicro ? `${whole}.${String(micros).padStart(6, '0')}Z` : `${whole}Z`;
};

const readIntOrString = (bytes: Buffer): Value => {
	const fields = fieldsByNumber(bytes);
	return integerOf(fields.get(1)) === 0
		? integerOf(fields.get(2))
		: textOf(fields, 3);
};

const readEmbedded = (bytes: Buffer): Value => {
	const raw = textOf(fieldsByNumber(bytes), 1);
	return raw === '' ? undefined : (JSON.parse(raw) as Value);
};

const readScalar = (field: Field, schema: Schema): Value => {
	switch (schema['x-go-scalar']) {
		case 'quantity': {
			return textOf(fieldsByNumber(field.bytes), 1);
		}

		case 'time':
		case 'microtime': {
			return readTime(field.bytes, schema['x-go-scalar'] === 'microtime');
		}

		case 'bytes': {
			return field.bytes.toString('base64');
		}

		case 'intstr': {
			return readIntOrString(field.bytes);
		}

		default: {
			break;
		}
	}

	switch (schema.type) {
		case 'integer': {
			return integerOf(field);
		}

		case 'boolean': {
			return field.number64 !== 0n;
		}

		case 'number': {
			return field.bytes.readDoubleLE(0);
		}

		default: {
			return field.bytes.toString();
		}
	}
};

const readOne = (field: Field, schema: Schema): Value => {
	if (isOpen(schema)) {
		return readEmbedded(field.bytes);
	}

	return schema.type === 'object'
		? readMessage(field.bytes, schema)
		: readScalar(field, schema);
};

const readEntry = (field: Field, values: Schema): [string, Value] => {
	const entry = fieldsByNumber(field.bytes);
	const value = entry.get(2);
	return [
		textOf(entry, 1),
		value === undefined
			? values.type === 'string'
				? ''
				: undefined
			: readOne(value, values),
	];
};

const addField = (
	target: Tree,
	name: string,
	schema: Schema,
	field: Field,
): void => {
	const values = mapValues(schema);
	if (schema.type === 'array') {
		target[name] ??= [];
		(target[name] as Value[]).push(readOne(field, schema.items ?? {}));
	} else if (values) {
		target[name] ??= {};
		const [key, value] = readEntry(field, values);
		(target[name] as Tree)[key] = value;
	} else {
		target[name] = readOne(field, schema);
	}
};

function readMessage(
	bytes: Buffer,
	schema: Schema,
	path = '',
	target: Tree = {},
): Tree {
	const properties = schema.properties ?? {};
	const numbers = fieldNumbers(properties);
	for (const field of readFields(bytes)) {
		const place =
			path === '' ? String(field.number) : `${path}.${field.number}`;
		const name = numbers.get(place);
		const property = name === undefined ? undefined : properties[name];
		if (name !== undefined && property) {
			addField(target, name, property, field);
		} else if (
			field.wire === 2 &&
			numbers.keys().some((number) => number.startsWith(`${place}.`))
		) {
			// What Go embeds in a struct is a message of its own on the wire.
			readMessage(field.bytes, schema, place, target);
		}
	}

	return target;
}

const magic = Buffer.from([0x6b, 0x38, 0x73, 0]);

export const protobufType = 'application/vnd.kubernetes.protobuf';

/**
A built-in object in Kubernetes' protobuf envelope as the same object in JSON; undefined when it is none.
*/
export const readProtobuf = (bytes: Buffer): Tree | undefined => {
	if (!bytes.subarray(0, 4).equals(magic)) {
		return undefined;
	}

	try {
		const envelope = fieldsByNumber(bytes.subarray(4));
		const type = fieldsByNumber(envelope.get(1)?.bytes ?? nothing);
		const kind = textOf(type, 2);
		return {
			apiVersion: textOf(type, 1),
			kind,
			...readMessage(envelope.get(2)?.bytes ?? nothing, builtinType(kind)),
		};
	} catch {
		return undefined;
	}
};
