/* eslint-disable no-bitwise -- hashing */
import {type Buffer} from 'node:buffer';

const textSlots = 1 << 14;
const objectSlots = 1 << 13;
const offset = 0x81_1c_9d_c5;
const prime = 0x01_00_01_93;

type SharedObject = {
	readonly decoder: unknown;
	readonly bytes: Uint8Array;
	readonly value: unknown;
};

const isText = (
	text: string,
	bytes: Uint8Array,
	start: number,
	length: number,
): boolean => {
	if (text.length !== length) {
		return false;
	}

	for (let index = 0; index < length; index++) {
		if (text.codePointAt(index) !== bytes[start + index]) {
			return false;
		}
	}

	return true;
};

const isSameBytes = (
	known: Uint8Array,
	bytes: Uint8Array,
	start: number,
	length: number,
): boolean => {
	if (known.length !== length) {
		return false;
	}

	for (let index = 0; index < length; index++) {
		if (known[index] !== bytes[start + index]) {
			return false;
		}
	}

	return true;
};

/**
Gives equal bytes the same string or object, without decoding them again.

Two tables of fixed size, where a newcomer pushes the last but one out of its place: memory is bounded however long a session lasts, and
a lost entry costs only a second copy. What two parts share must not be changed.
*/
export class Interner {
	readonly #texts = Array.from({length: textSlots}, () => '');
	readonly #objects = Array.from<SharedObject | undefined>({
		length: objectSlots,
	});

	/**
	Hash of what `text` was last asked for; to combine into the hash given to `share`.
	*/
	lastHash = 0;

	/**
	The UTF-8 text in `bytes[start, end)`.
	*/
	text(bytes: Buffer, start: number, end: number): string {
		let hash = offset;
		let seen = 0;
		for (let index = start; index < end; index++) {
			const byte = bytes[index]!;
			seen |= byte;
			hash = Math.imul(hash ^ byte, prime);
		}

		this.lastHash = hash;
		// The low bits of this hash alone are poor; fold the high ones in.
		const slot = (hash ^ (hash >>> 15)) & (textSlots - 1);
		const length = end - start;
		const known = this.#texts[slot]!;
		if (isText(known, bytes, start, length)) {
			return known;
		}

		const other = this.#texts[slot ^ 1]!;
		if (isText(other, bytes, start, length)) {
			return other;
		}

		const text = bytes.toString(seen < 0x80 ? 'latin1' : 'utf8', start, end);
		this.#texts[slot ^ 1] = known;
		this.#texts[slot] = text;
		return text;
	}

	/**
	What `decode` makes of `bytes[start, end)`, which its reader stands at; equal bytes give the same object. The decoder is part of
	the key.
	*/
	object<T>(
		bytes: Buffer,
		start: number,
		end: number,
		decode: (end: number) => T,
	): T {
		let hash = offset;
		for (let index = start; index < end; index++) {
			hash = Math.imul(hash ^ bytes[index]!, prime);
		}

		const slot = (hash ^ (hash >>> 15)) & (objectSlots - 1);
		for (let place = slot, tries = 0; tries < 2; place = slot ^ 1, tries++) {
			const known = this.#objects[place];
			if (
				known?.decoder === decode &&
				isSameBytes(known.bytes, bytes, start, end - start)
			) {
				this.lastHash = hash;
				return known.value as T;
			}
		}

		const value = decode(end);
		this.#objects[slot ^ 1] = this.#objects[slot];
		this.#objects[slot] = {
			decoder: decode,
			bytes: Uint8Array.prototype.slice.call(bytes, start, end),
			value,
		};
		this.lastHash = hash;
		return value;
	}
}

/**
Gives equal values that were put together from shared parts the same object; a table of fixed size, as above.
*/
export class ShareTable<T> {
	readonly #slots = Array.from<T | undefined>({length: objectSlots});
	readonly #isSame: (a: T, b: T) => boolean;

	constructor(isSame: (a: T, b: T) => boolean) {
		this.#isSame = isSame;
	}

	/**
	An earlier value with this hash that is the same, or `value` itself.
	*/
	share(value: T, hash: number): T {
		const slot = (hash ^ (hash >>> 15)) & (objectSlots - 1);
		const known = this.#slots[slot];
		if (known !== undefined && this.#isSame(known, value)) {
			return known;
		}

		const other = this.#slots[slot ^ 1];
		if (other !== undefined && this.#isSame(other, value)) {
			return other;
		}

		this.#slots[slot ^ 1] = known;
		this.#slots[slot] = value;
		return value;
	}
}
