import {fieldSchema} from '../managed/field-set.js';
import {type Schema} from '../schema/schema.js';
import {
	clone,
	isEqual,
	isNothing,
	isTree,
	listAt,
	type Tree,
	type Value,
} from '../value.js';

const directive = '$patch';
const retainKeys = '$retainKeys';
const deletePrefix = '$deleteFromPrimitiveList/';
const orderPrefix = '$setElementOrder/';

/**
Why a strategic patch does not apply, in the API server's words.
*/
export class StrategicProblem extends Error {}

const isMerged = (schema: Schema): boolean =>
	schema['x-kubernetes-patch-strategy']?.includes('merge') ?? false;

const isDirective = (key: string): boolean =>
	key === directive ||
	key === retainKeys ||
	key.startsWith(deletePrefix) ||
	key.startsWith(orderPrefix);

const bare = (value: Value, schema: Schema): Value => {
	if (isTree(value)) {
		return mergeTree({}, value, schema);
	}

	return Array.isArray(value)
		? value
				.filter((item) => !isTree(item) || item[directive] === undefined)
				.map((item) => bare(item, schema.items ?? {}))
		: clone(value);
};

const mergeKeyOf = (schema: Schema): string | undefined =>
	schema['x-kubernetes-patch-merge-key'];

const keyOf = (item: Value, mergeKey: string): Value => {
	const value = isTree(item) ? item[mergeKey] : undefined;
	if (value === undefined) {
		throw new StrategicProblem(
			`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`,
		);
	}

	return value;
};

/**
Go's way to print a map in an error.
*/
const goText = (value: Value): string => {
	if (Array.isArray(value)) {
		return `[${value.map((item) => goText(item)).join(' ')}]`;
	}

	return isTree(value)
		? `map[${Object.keys(value)
				.toSorted()
				.map((key) => `${key}:${goText(value[key])}`)
				.join(' ')}]`
		: String(value);
};

/**
Puts the items of a merged list in order: those of the patch as the patch has them, the others where they were among them.

@param merged
@param wanted the items that have an order of their own
@param original
@param isSame
*/
const arrange = (
	merged: readonly Value[],
	wanted: readonly Value[],
	original: readonly Value[],
	isSame: (left: Value, right: Value) => boolean,
): Value[] => {
	const indexIn = (list: readonly Value[], item: Value): number =>
		list.findIndex((other) => isSame(other, item));
	const listed = merged
		.filter((item) => indexIn(wanted, item) !== -1)
		.toSorted((left, right) => indexIn(wanted, left) - indexIn(wanted, right));
	const others = merged.filter((item) => indexIn(wanted, item) === -1);
	const result: Value[] = [];
	let next = 0;
	for (const item of listed) {
		const place = indexIn(original, item);
		while (
			next < others.length &&
			place !== -1 &&
			indexIn(original, others[next]) < place
		) {
			result.push(others[next++]);
		}

		result.push(item);
	}

	return [...result, ...others.slice(next)];
};

const sameItem =
	(schema: Schema) =>
	(left: Value, right: Value): boolean => {
		const mergeKey = mergeKeyOf(schema);
		return mergeKey !== undefined && isTree(left) && isTree(right)
			? isEqual(left[mergeKey], right[mergeKey])
			: isEqual(left, right);
	};

const mergeItems = (
	current: Value[],
	patch: Value[],
	schema: Schema,
): Value[] => {
	const isSame = sameItem(schema);
	const mergeKey = mergeKeyOf(schema);
	if (mergeKey === undefined) {
		const added = patch.filter((item) =>
			current.every((other) => !isEqual(other, item)),
		);
		return arrange([...current, ...clone(added)], patch, current, isSame);
	}

	if (patch.some((item) => isTree(item) && item[directive] === 'replace')) {
		return bare(
			patch.filter((item) => !isTree(item) || item[directive] === undefined),
			schema,
		) as Value[];
	}

	const result = clone(current);
	for (const item of patch) {
		const key = keyOf(item, mergeKey);
		const index = result.findIndex(
			(other) => isTree(other) && isEqual(other[mergeKey], key),
		);
		const found = result[index];
		if (isTree(item) && item[directive] === 'delete') {
			if (index !== -1) {
				result.splice(index, 1);
			}
		} else if (isTree(item) && isTree(found)) {
			result[index] = mergeTree(found, item, schema.items ?? {});
		} else {
			result.push(bare(item, schema.items ?? {}));
		}
	}

	return arrange(result, patch, current, isSame);
};

const mergeField = (
	result: Tree,
	key: string,
	value: Value,
	schema: Schema,
): void => {
	const current = result[key];
	if (isNothing(value)) {
		delete result[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
	} else if (isTree(value)) {
		result[key] = isTree(current)
			? mergeTree(current, value, schema)
			: bare(value, schema);
	} else if (
		Array.isArray(value) &&
		Array.isArray(current) &&
		isMerged(schema)
	) {
		result[key] = mergeItems(current, value, schema);
	} else {
		result[key] = bare(value, schema);
	}
};

function mergeTree(current: Tree, patch: Tree, schema: Schema): Tree {
	const mode = patch[directive];
	if (mode === 'delete') {
		return {};
	}

	if (mode !== undefined && mode !== 'replace' && mode !== 'merge') {
		throw new StrategicProblem(
			`unknown patch type: ${goText(mode)} in map: ${goText(patch)}`,
		);
	}

	const result: Tree = mode === 'replace' ? {} : {...current};
	const retained = patch[retainKeys];
	if (Array.isArray(retained)) {
		for (const key of Object.keys(result)) {
			if (!retained.includes(key)) {
				delete result[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
			}
		}
	}

	for (const key of Object.keys(patch)) {
		if (!isDirective(key)) {
			mergeField(result, key, patch[key], fieldSchema(schema, key));
		}
	}

	for (const key of Object.keys(patch)) {
		if (key.startsWith(deletePrefix)) {
			const name = key.slice(deletePrefix.length);
			const gone = listAt(patch, key);
			result[name] = listAt(result, name).filter((item) =>
				gone.every((other) => !isEqual(other, item)),
			);
		} else if (key.startsWith(orderPrefix)) {
			const name = key.slice(orderPrefix.length);
			if (Array.isArray(result[name])) {
				const field = fieldSchema(schema, name);
				result[name] = arrange(
					result[name],
					listAt(patch, key),
					listAt(current, name),
					sameItem(field),
				);
			}
		}
	}

	return result;
}

/**
Applies a strategic merge patch: like a merge patch, but lists whose schema has a merge key are merged item by item.
*/
export const applyStrategicPatch = (
	document: Tree,
	patch: Tree,
	schema: Schema,
): {readonly result: Tree} | {readonly problem: string} => {
	try {
		return {result: mergeTree(document, patch, schema)};
	} catch (error) {
		if (error instanceof StrategicProblem) {
			return {problem: error.message};
		}

		throw error;
	}
};
