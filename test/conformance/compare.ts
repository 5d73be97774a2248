import {type Recorded} from './case-types.js';

const isRecord = (value: Recorded): value is Record<string, Recorded> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
Empty maps and lists, and what is not there, all say the same in the recordings.
*/
const clean = (value: Recorded): Recorded => {
	if (Array.isArray(value)) {
		return value.length === 0 ? undefined : value.map((item) => clean(item));
	}

	if (isRecord(value)) {
		const entries = Object.entries(value)
			.map(([key, field]) => [key, clean(field)] as const)
			.filter(([, field]) => field !== undefined);
		return entries.length === 0 ? undefined : Object.fromEntries(entries);
	}

	return value ?? undefined;
};

const show = (value: Recorded): string => JSON.stringify(value) ?? 'nothing';

const differ = (
	path: string,
	expected: Recorded,
	actual: Recorded,
): string[] => {
	if (isRecord(expected) && isRecord(actual)) {
		return [
			...new Set([...Object.keys(expected), ...Object.keys(actual)]),
		].flatMap((key) => differ(`${path}.${key}`, expected[key], actual[key]));
	}

	if (
		Array.isArray(expected) &&
		Array.isArray(actual) &&
		expected.length === actual.length
	) {
		return expected.flatMap((item, index) =>
			differ(`${path}[${index}]`, item, actual[index]),
		);
	}

	return show(expected) === show(actual)
		? []
		: [`${path}: recorded ${show(expected)}, here ${show(actual)}`];
};

/**
Every place where what was recorded and what came out here differ.
*/
export const differences = (
	path: string,
	expected: Recorded,
	actual: Recorded,
): readonly string[] => differ(path, clean(expected), clean(actual));
