import {type AnyObject} from './model.js';
import {parseTime} from './time.js';

/**
Fields of the model that hold a time at which something has happened; `deletionTimestamp` may lie ahead.
*/
const pastTimes: ReadonlySet<string> = new Set([
	'creationTimestamp',
	'lastTransitionTime',
	'firstTimestamp',
	'lastTimestamp',
	'startTime',
	'time',
	'timeAdded',
]);

/**
The newest time seen so far, and its text: most times are in one form, in which the greater text is the newer time.
*/
type Newest = {
	time: number;
	text: string;
};

const commonForm = 'YYYY-MM-DDThh:mm:ssZ';

const consider = (newest: Newest, text: string): void => {
	const isCommon = text.length === commonForm.length && text.endsWith('Z');
	if (isCommon && text <= newest.text) {
		return;
	}

	const time = parseTime(text);
	if (time === undefined) {
		return;
	}

	newest.time = Math.max(newest.time, time);
	if (isCommon) {
		newest.text = text;
	}
};

const scan = (value: object, newest: Newest): void => {
	for (const key of Object.keys(value)) {
		const field = (value as Record<string, unknown>)[key];
		if (typeof field === 'object' && field) {
			scan(field, newest);
		} else if (typeof field === 'string' && pastTimes.has(key)) {
			consider(newest, field);
		}
	}
};

const deletionOf = ({metadata}: AnyObject): number => {
	const time = parseTime(metadata.deletionTimestamp);
	return time === undefined
		? 0
		: time - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
};

/**
The newest time at which anything in these objects happened (epoch milliseconds): when they were saved, as far as one can tell.
Absent when they hold no time at all.
*/
export const newestTime = (
	objects: Iterable<AnyObject>,
): number | undefined => {
	const newest: Newest = {time: 0, text: ''};
	for (const object of objects) {
		scan(object, newest);
		newest.time = Math.max(newest.time, deletionOf(object));
	}

	return newest.time === 0 ? undefined : newest.time;
};
