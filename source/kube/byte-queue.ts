import {Buffer} from 'node:buffer';

/**
A piece of a stream that lies in one buffer: `buffer[start, end)`. Valid until the queue is asked again.
*/
export type Piece = {
	readonly buffer: Buffer;
	readonly start: number;
	readonly end: number;
};

/**
Bytes that came in chunks and are taken in pieces. A piece inside one chunk is not copied; one across chunks is copied once, into
a buffer that is used again.
*/
export class ByteQueue {
	readonly #chunks: Buffer[] = [];
	#head = 0;
	#length = 0;
	#scratch = Buffer.alloc(0);

	#gather(count: number): Piece {
		if (this.#scratch.length < count) {
			this.#scratch = Buffer.allocUnsafeSlow(Math.max(65_536, count * 2));
		} else if (this.#scratch.length > 4_194_304 && count < 65_536) {
			// One huge object must not hold its memory for ever.
			this.#scratch = Buffer.allocUnsafeSlow(65_536);
		}

		let filled = 0;
		let from = this.#head;
		for (const chunk of this.#chunks) {
			if (filled === count) {
				break;
			}

			const size = Math.min(chunk.length - from, count - filled);
			chunk.copy(this.#scratch, filled, from, from + size);
			filled += size;
			from = 0;
		}

		this.drop(count);
		return {buffer: this.#scratch, start: 0, end: count};
	}

	/**
	How many bytes wait.
	*/
	get length(): number {
		return this.#length;
	}

	push(chunk: Buffer): void {
		if (chunk.length === 0) {
			return;
		}

		this.#chunks.push(chunk);
		this.#length += chunk.length;
	}

	/**
	The byte at an offset; the offset must be below `length`.
	*/
	byteAt(offset: number): number {
		let at = this.#head + offset;
		for (const chunk of this.#chunks) {
			if (at < chunk.length) {
				return chunk[at]!;
			}

			at -= chunk.length;
		}

		throw new RangeError('no such byte in the queue');
	}

	/**
	Takes the next `count` bytes; `count` must not be above `length`.
	*/
	take(count: number): Piece {
		const [first] = this.#chunks;
		if (first === undefined || first.length - this.#head < count) {
			return this.#gather(count);
		}

		const start = this.#head;
		this.drop(count);
		return {buffer: first, start, end: start + count};
	}

	/**
	Throws the next `count` bytes away; `count` must not be above `length`.
	*/
	drop(count: number): void {
		this.#length -= count;
		this.#head += count;
		let passed = 0;
		while (
			passed < this.#chunks.length &&
			this.#head >= this.#chunks[passed]!.length
		) {
			this.#head -= this.#chunks[passed]!.length;
			passed++;
		}

		if (passed > 0) {
			this.#chunks.splice(0, passed);
		}
	}

	/**
	Offset of a byte value at or after `from`; -1 when it is not there.
	*/
	indexOf(value: number, from = 0): number {
		let base = -this.#head;
		for (const chunk of this.#chunks) {
			const inChunk = Math.max(0, from - base);
			if (inChunk < chunk.length) {
				const found = chunk.indexOf(
					value,
					base < 0 ? Math.max(inChunk, this.#head) : inChunk,
				);
				if (found !== -1) {
					return base + found;
				}
			}

			base += chunk.length;
		}

		return -1;
	}
}
