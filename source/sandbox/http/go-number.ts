import {badRequest, type Failure} from './status.js';

const limit = 2n ** 63n;

/**
An integer of a query as Go reads it; the failure says why it is none.
*/
export const checkInteger = (text: string): Failure | undefined => {
	const problem = /^[+\-]?\d+$/v.test(text)
		? BigInt(text.replace(/^\+/v, '')) >= limit ||
			BigInt(text.replace(/^\+/v, '')) < -limit
			? 'value out of range'
			: undefined
		: 'invalid syntax';
	return problem === undefined
		? undefined
		: badRequest(
				`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${problem}`,
			);
};

/**
Checks those of the named parameters that are there.
*/
export const checkIntegers = (
	query: URLSearchParams,
	names: readonly string[],
): Failure | undefined => {
	for (const name of names) {
		const text = query.get(name);
		const wrong = typeof text === 'string' ? checkInteger(text) : undefined;
		if (wrong) {
			return wrong;
		}
	}

	return undefined;
};
