/* eslint-disable no-bitwise -- tags are bit fields */
import {type Buffer} from 'node:buffer';
import protobuf from 'protobufjs/minimal.js';
import {Interner} from './interner.js';

/**
Bytes that are no message of the promised form.
*/
export class WireError extends Error {
	override readonly name = 'WireError';
}

/**
Reads one field; `limit` is the end of the message it is in.
*/
type FieldReader = (limit: number) => void;

/**
What to do with a field, by its tag (number and wire type together, so that a field of another type is stepped over).
*/
export type FieldTable = ReadonlyArray<FieldReader | undefined>;

/**
`messages`: length-delimited fields (texts, messages) by number; `numbers`: varints by number.
*/
export const tableOf = (
	messages: Readonly<Record<number, FieldReader | undefined>>,
	numbers: Readonly<Record<number, FieldReader | undefined>> = {},
): FieldTable => {
	const tags = [
		...Object.entries(messages).map(([field, read]) => ({
			tag: (Number(field) << 3) | 2,
			read,
		})),
		...Object.entries(numbers).map(([field, read]) => ({
			tag: Number(field) << 3,
			read,
		})),
	];
	const table = Array.from<FieldReader | undefined>({
		length: Math.max(...tags.map(({tag}) => tag)) + 1,
	});
	for (const {tag, read} of tags) {
		table[tag] = read;
	}

	return table;
};

/**
A reader that walks over messages in place, and the interner for what it keeps. Unknown and unneeded fields are stepped over unread.
*/
export class Scan {
	readonly interner = new Interner();
	readonly reader = new protobuf.BufferReader(protobuf.util.newBuffer(0));

	/**
	Puts the reader on `bytes[start, end)`.
	*/
	begin(bytes: Buffer, start: number, end: number): void {
		this.reader.buf = bytes;
		this.reader.pos = start;
		this.reader.len = end;
	}

	get bytes(): Buffer {
		return this.reader.buf as Buffer;
	}

	/**
	Reads the fields of a message up to its end; those that the table does not name are stepped over.
	*/
	walk(end: number, table: FieldTable): void {
		const {reader} = this;
		while (reader.pos < end) {
			const tag = reader.uint32();
			const read = table[tag];
			if (read === undefined) {
				reader.skipType(tag & 7);
			} else {
				read(end);
			}
		}

		if (reader.pos !== end) {
			throw new WireError('a field goes past the end of its message');
		}
	}

	/**
	Enters a length-delimited field: its end. `limit` is the end of the message around it.
	*/
	enter(limit: number): number {
		const length = this.reader.uint32();
		const end = this.reader.pos + length;
		if (end > limit) {
			throw new WireError('a field is longer than its message');
		}

		return end;
	}

	/**
	Steps over a length-delimited field.
	*/
	leave(limit: number): void {
		this.reader.pos = this.enter(limit);
	}

	/**
	A text that is likely to come again.
	*/
	text(limit: number): string {
		const end = this.enter(limit);
		const text = this.interner.text(this.bytes, this.reader.pos, end);
		this.reader.pos = end;
		return text;
	}

	/**
	A text of its own, such as a uid.
	*/
	uniqueText(limit: number): string {
		const end = this.enter(limit);
		const text = this.bytes.toString('utf8', this.reader.pos, end);
		this.reader.pos = end;
		return text;
	}

	/**
	A message that is likely to come again as it is.
	*/
	shared<T>(limit: number, decode: (end: number) => T): T {
		const end = this.enter(limit);
		const value = this.interner.object(
			this.bytes,
			this.reader.pos,
			end,
			decode,
		);
		this.reader.pos = end;
		return value;
	}

	/**
	A whole number of up to 53 bits.
	*/
	whole(): number {
		const value: unknown = this.reader.int64();
		return typeof value === 'number'
			? value
			: (value as {toNumber(): number}).toNumber();
	}
}
