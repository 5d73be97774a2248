import {isJsonObject, type Json, type JsonObject} from './json.js';

const textAt = (toleration: JsonObject, key: string): string => {
	const value = toleration[key];
	return typeof value === 'string' ? value : '';
};

const secondsOf = ({tolerationSeconds}: JsonObject): number | undefined =>
	typeof tolerationSeconds === 'number' ? tolerationSeconds : undefined;

const isSame = (one: JsonObject, other: JsonObject): boolean =>
	['key', 'operator', 'value', 'effect'].every(
		(key) => textAt(one, key) === textAt(other, key),
	) && secondsOf(one) === secondsOf(other);

/**
Whether the seconds of a wider toleration last as long as those of a narrower one.
*/
const isAsLong = (wide: JsonObject, narrow: JsonObject): boolean => {
	const most = secondsOf(wide);
	const asked = secondsOf(narrow);
	return (
		textAt(wide, 'effect') !== 'NoExecute' ||
		most === undefined ||
		(asked !== undefined && asked <= most)
	);
};

const isCovered = (narrow: JsonObject, wide: JsonObject): boolean => {
	if (isSame(narrow, wide)) {
		return true;
	}

	const operator = textAt(wide, 'operator');
	const isOfKey =
		textAt(narrow, 'key') === textAt(wide, 'key') ||
		(textAt(wide, 'key') === '' && operator === 'Exists');
	const isOfEffect =
		textAt(wide, 'effect') === '' ||
		textAt(narrow, 'effect') === textAt(wide, 'effect');
	if (!isOfKey || !isOfEffect || !isAsLong(wide, narrow)) {
		return false;
	}

	// An operator that is left out counts as Equal in the wider one only.
	return operator === 'Exists'
		? true
		: ['', 'Equal'].includes(operator) &&
				textAt(narrow, 'operator') === 'Equal' &&
				textAt(narrow, 'value') === textAt(wide, 'value');
};

/**
Joins the tolerations of a runtime class to those of a pod as the API server does: one that another covers is left out, of equal ones the
first stays (Kubernetes' RuntimeClass admission).
*/
export const mergeTolerations = (
	own: readonly Json[],
	added: readonly Json[],
): readonly JsonObject[] => {
	const all = [...own, ...added].filter((one) => isJsonObject(one));
	const merged: JsonObject[] = [];
	for (const [index, one] of all.entries()) {
		const isRedundant =
			merged.some((kept) => isCovered(one, kept)) ||
			all
				.slice(index + 1)
				.some((later) => !isSame(one, later) && isCovered(one, later));
		if (!isRedundant) {
			merged.push(one);
		}
	}

	return merged;
};
