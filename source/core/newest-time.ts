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

const scan = (value: unknown, newest: number): number => {
	if (typeof value !== 'object' || !value) {
		return newest;
	}

	let result = newest;
	for (const [key, field] of Object.entries(value)) {
		result =
			typeof field === 'string'
				? pastTimes.has(key)
					? Math.max(result, parseTime(field) ?? result)
					: result
				: scan(field, result);
	}

	return result;
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
	let newest = 0;
	for (const object of objects) {
		newest = scan(object, Math.max(newest, deletionOf(object)));
	}

	return newest === 0 ? undefined : newest;
};
