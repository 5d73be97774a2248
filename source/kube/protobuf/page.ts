/* eslint-disable no-bitwise -- tags are bit fields */
import {type ByteQueue, type Piece} from '../byte-queue.js';
import {type Scan, tableOf, WireError} from './wire.js';

/**
What a list says about itself.
*/
export type ListInfo = {
	readonly resourceVersion: string;
	/**
	Empty on the last page.
	*/
	readonly continueToken: string;
	/**
	Absent when the server does not say.
	*/
	readonly remaining: number | undefined;
};

const magic = [0x6b, 0x38, 0x73, 0x00];
const longestPiece = 268_435_456;

const readListInfo = (scan: Scan, piece: Piece): ListInfo => {
	let resourceVersion = '';
	let continueToken = '';
	let remaining: number | undefined;
	scan.begin(piece.buffer, piece.start, piece.end);
	scan.walk(
		piece.end,
		tableOf(
			{
				2(limit) {
					resourceVersion = scan.uniqueText(limit);
				},
				3(limit) {
					continueToken = scan.uniqueText(limit);
				},
			},
			{
				4() {
					remaining = scan.whole();
				},
			},
		),
	);
	return {resourceVersion, continueToken, remaining};
};

type Header = {readonly tag: number; readonly value: number; size: number};

/**
Reads an API server's protobuf list (`k8s\0`, `runtime.Unknown`, the list inside) as its chunks come: each item is handed on as soon
as it is complete, and the page is never held as a whole.
*/
export class PageReader {
	readonly #scan: Scan;
	readonly #queue: ByteQueue;
	readonly #onItem: (end: number) => void;
	#hasMagic = false;
	/**
	Bytes of the inner list still to come; -1 outside of it.
	*/
	#inner = -1;
	#toSkip = 0;

	/**
	Known once the list's metadata was read.
	*/
	info: ListInfo | undefined;

	/**
	`onItem` finds the scan standing on an item that ends at `end`.
	*/
	constructor(scan: Scan, queue: ByteQueue, onItem: (end: number) => void) {
		this.#scan = scan;
		this.#queue = queue;
		this.#onItem = onItem;
	}

	/**
	Tag and length (or value) of the next field; absent when they are not there yet.
	*/
	#header(): Header | undefined {
		const tag = this.#varint(0);
		if (tag === undefined) {
			return undefined;
		}

		const value = this.#varint(tag.size);
		return value === undefined
			? undefined
			: {tag: tag.value, value: value.value, size: value.size};
	}

	#varint(from: number): {value: number; size: number} | undefined {
		let value = 0;
		let factor = 1;
		for (let at = from; at < this.#queue.length; at++) {
			const byte = this.#queue.byteAt(at);
			value += (byte & 0x7f) * factor;
			if (byte < 0x80) {
				return {value, size: at + 1};
			}

			factor *= 128;
			if (at - from > 9) {
				throw new WireError('a number does not end');
			}
		}

		return undefined;
	}

	#step(): boolean {
		if (this.#toSkip > 0) {
			const count = Math.min(this.#toSkip, this.#queue.length);
			this.#queue.drop(count);
			this.#toSkip -= count;
			return this.#toSkip === 0 && this.#queue.length > 0;
		}

		const header = this.#header();
		if (header === undefined) {
			return false;
		}

		const {tag, value, size} = header;
		const isDelimited = (tag & 7) === 2;
		if (!isDelimited && (tag & 7) !== 0) {
			throw new WireError('a list has a field of an unknown form');
		}

		const isInside = this.#inner !== -1;
		if (!isInside && tag === 0x12) {
			this.#queue.drop(size);
			this.#inner = value === 0 ? -1 : value;
			return true;
		}

		const isWanted = isInside && (tag === 0x0a || tag === 0x12);
		const total = isDelimited ? size + value : size;
		if (isInside && total > this.#inner) {
			throw new WireError('an item is longer than its list');
		}

		if (isWanted) {
			if (value > longestPiece) {
				throw new WireError('an object is larger than 256 MiB');
			}

			if (this.#queue.length < total) {
				return false;
			}

			this.#queue.drop(size);
			this.#take(tag, this.#queue.take(value));
		} else {
			this.#queue.drop(size);
			this.#toSkip = isDelimited ? value : 0;
		}

		if (isInside) {
			this.#inner = total === this.#inner ? -1 : this.#inner - total;
		}

		return true;
	}

	#take(tag: number, piece: Piece): void {
		if (tag === 0x0a) {
			this.info = readListInfo(this.#scan, piece);
			return;
		}

		this.#scan.begin(piece.buffer, piece.start, piece.end);
		this.#onItem(piece.end);
	}

	/**
	Whether the stream may end here.
	*/
	get isComplete(): boolean {
		return (
			this.#hasMagic &&
			this.#queue.length === 0 &&
			this.#inner === -1 &&
			this.#toSkip === 0
		);
	}

	/**
	Reads on as far as the queue goes. Returns true when it stopped because `shouldPause` said so.
	*/
	read(shouldPause: () => boolean): boolean {
		if (!this.#hasMagic) {
			if (this.#queue.length < magic.length) {
				return false;
			}

			const {buffer, start} = this.#queue.take(magic.length);
			if (magic.some((byte, at) => buffer[start + at] !== byte)) {
				throw new WireError('not a Kubernetes protobuf message');
			}

			this.#hasMagic = true;
		}

		while (this.#step()) {
			if (shouldPause()) {
				return true;
			}
		}

		return false;
	}
}
