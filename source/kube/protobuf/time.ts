/* eslint-disable no-bitwise -- a slot of a table */
import {type Scan, tableOf} from './wire.js';

const slots = 1 << 12;

const seconds = new Float64Array(slots).fill(NaN);
const texts: string[] = Array.from({length: slots}, () => '');

/**
RFC 3339 to the second, as the API server writes it in JSON; the same second gives the same string.
*/
export const textOfSeconds = (time: number): string => {
	const slot = (time ^ (time >>> 12)) & (slots - 1);
	if (seconds[slot] === time) {
		return texts[slot]!;
	}

	const date = new Date(time * 1000);
	const text = Number.isNaN(date.getTime())
		? ''
		: `${date.toISOString().slice(0, -5)}Z`;
	seconds[slot] = time;
	texts[slot] = text;
	return text;
};

/**
Reader of a `Time` or `MicroTime` field (seconds and nanoseconds); absent when it is zero, which JSON writes as `null`.
*/
export const createTimeReader = (
	scan: Scan,
	hasMicroseconds = false,
): ((limit: number) => string | undefined) => {
	let time: number | undefined;
	let nanos = 0;
	const fields = tableOf(
		{},
		{
			1() {
				time = scan.whole();
			},
			2() {
				nanos = scan.reader.int32();
			},
		},
	);
	return (limit) => {
		time = undefined;
		nanos = 0;
		scan.walk(scan.enter(limit), fields);
		if (time === undefined) {
			return undefined;
		}

		const text = textOfSeconds(time);
		return hasMicroseconds
			? `${text.slice(0, -1)}.${String(Math.trunc(nanos / 1000)).padStart(6, '0')}Z`
			: text;
	};
};
