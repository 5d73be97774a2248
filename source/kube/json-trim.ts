import {Buffer} from 'node:buffer';

const mark = Buffer.from('"fieldsV1":{');
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;

/**
Offset behind the brace that closes the one at `start`; -1 when it does not close before `end`.
*/
const findClose = (bytes: Buffer, start: number, end: number): number => {
	let depth = 0;
	let isText = false;
	for (let at = start; at < end; at++) {
		const byte = bytes[at]!;
		if (isText) {
			if (byte === backslash) {
				at++;
			} else if (byte === quote) {
				isText = false;
			}
		} else if (byte === quote) {
			isText = true;
		} else if (byte === openBrace) {
			depth++;
		} else if (byte === closeBrace && --depth === 0) {
			return at + 1;
		}
	}

	return -1;
};

/**
Cuts the field sets out of `metadata.managedFields` in JSON, in place, and leaves who wrote when: often 40 % of an object that nobody
reads. Returns the new end.

An unescaped quote cannot occur inside a JSON text, so the mark is always a key; what does not look as expected is left alone.
*/
export const cutFieldSets = (
	bytes: Buffer,
	start: number,
	end: number,
): number => {
	let from = start;
	let to = start;
	for (;;) {
		const found = bytes.indexOf(mark, from);
		if (found === -1 || found >= end) {
			break;
		}

		const close = findClose(bytes, found + mark.length - 1, end);
		if (close === -1) {
			break;
		}

		let keepUntil = found;
		let goOn = close;
		if (bytes[found - 1] === comma && found > from) {
			keepUntil--;
		} else if (bytes[close] === comma) {
			goOn++;
		}

		if (to !== from) {
			bytes.copyWithin(to, from, keepUntil);
		}

		to += keepUntil - from;
		from = goOn;
	}

	if (from === to) {
		return end;
	}

	bytes.copyWithin(to, from, end);
	return to + end - from;
};
