import {Buffer} from 'node:buffer';

/**
One field of a protobuf message: its number, and its bytes when it is length-delimited.
*/
export type Field = Readonly<{number: number; raw: Buffer; content?: Buffer}>;

const varint = (value: number): Buffer => {
	const bytes: number[] = [];
	let rest = value;
	while (rest > 127) {
		bytes.push((rest % 128) + 128);
		rest = Math.floor(rest / 128);
	}

	bytes.push(rest);
	return Buffer.from(bytes);
};

const lengthDelimited = (number: number): number => {
	const shifted = number * 8;
	return shifted + 2;
};

/**
A length-delimited field.
*/
export const encodeField = (
	number: number,
	content: Uint8Array | string,
): Buffer => {
	const bytes = Buffer.from(content as Uint8Array);
	return Buffer.concat([
		varint(lengthDelimited(number)),
		varint(bytes.length),
		bytes,
	]);
};

/**
The fields of a message in their order; `raw` is each one with its tag.
*/
export const decodeFields = (message: Buffer): readonly Field[] => {
	const fields: Field[] = [];
	let at = 0;
	const readVarint = (): number => {
		let value = 0;
		let factor = 1;
		for (;;) {
			const byte = message[at++] ?? 0;
			value += (byte % 128) * factor;
			if (byte < 128) {
				return value;
			}

			factor *= 128;
		}
	};

	while (at < message.length) {
		const start = at;
		const tag = readVarint();
		const number = Math.floor(tag / 8);
		if (tag % 8 === 2) {
			const length = readVarint();
			const content = message.subarray(at, at + length);
			at += length;
			fields.push({number, raw: message.subarray(start, at), content});
		} else {
			if (tag % 8 === 0) {
				readVarint();
			} else {
				at += tag % 8 === 1 ? 8 : 4;
			}

			fields.push({number, raw: message.subarray(start, at)});
		}
	}

	return fields;
};

/**
The message with a length-delimited field's content replaced.
*/
export const replaceField = (
	message: Buffer,
	number: number,
	change: (content: Buffer) => Uint8Array | string,
): Buffer =>
	Buffer.concat(
		decodeFields(message).map((field) =>
			field.number === number && field.content !== undefined
				? encodeField(number, change(field.content))
				: field.raw,
		),
	);

const magic = Buffer.from('k8s\0');

/**
Kubernetes' envelope around an encoded object.
*/
export const wrap = (
	apiVersion: string,
	kind: string,
	object: Uint8Array,
): Buffer =>
	Buffer.concat([
		magic,
		encodeField(
			1,
			Buffer.concat([encodeField(1, apiVersion), encodeField(2, kind)]),
		),
		encodeField(2, object),
		encodeField(3, ''),
		encodeField(4, ''),
	]);

/**
What is in Kubernetes' envelope.
*/
export const unwrap = (bytes: Buffer): Buffer => {
	const content = decodeFields(bytes.subarray(magic.length)).find(
		({number}) => number === 2,
	)?.content;
	if (content === undefined || !bytes.subarray(0, magic.length).equals(magic)) {
		throw new RangeError('These bytes are not in the envelope of Kubernetes.');
	}

	return content;
};

/**
One frame of a protobuf watch: four bytes of length, then the event with the enveloped object inside.
*/
export const watchFrame = (type: string, enveloped: Uint8Array): Buffer => {
	const event = Buffer.concat([
		encodeField(1, type),
		encodeField(2, encodeField(1, enveloped)),
	]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(event.length);
	return Buffer.concat([length, event]);
};
