import {clone, isNothing, isTree, type Tree, type Value} from '../value.js';

const withoutNulls = (value: Value): Value =>
	isTree(value) ? applyMergePatch({}, value) : clone(value);

/**
Applies a merge patch (RFC 7386): objects are merged, everything else replaced, `null` removes.
*/
export const applyMergePatch = (document: Tree, patch: Tree): Tree => {
	const result: Tree = {...document};
	for (const key of Object.keys(patch)) {
		const value = patch[key];
		const current = result[key];
		if (isNothing(value)) {
			delete result[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		} else if (isTree(value)) {
			result[key] = isTree(current)
				? applyMergePatch(current, value)
				: withoutNulls(value);
		} else {
			result[key] = clone(value);
		}
	}

	return result;
};
