import {isEqual, isNothing, isTree, type Value} from '../value.js';
import {mapValues, type Schema} from './schema.js';

/**
The item of a list that was before what this item is now: only lists that are maps know that.
*/
export const correlateItem = (
	schema: Schema,
	item: Value,
	old: Value,
): Value => {
	const keys = schema['x-kubernetes-list-map-keys'] ?? [];
	const isMap = schema['x-kubernetes-list-type'] === 'map' && keys.length > 0;
	if (!isMap || !Array.isArray(old) || !isTree(item)) {
		return undefined;
	}

	return old.find(
		(other) =>
			isTree(other) && keys.every((key) => isEqual(other[key], item[key])),
	);
};

/**
Whether what is at a path is as it was before, or, where that cannot be told, the nearest thing around it (apiextensions-apiserver:
ratcheting). The whole object never is: it changes with every write.

@param path keys and indexes from the object down
@param object
@param old
@param schema
*/
export const isUnchanged = (
	path: readonly string[],
	object: Value,
	old: Value,
	schema: Schema,
): boolean => {
	let value = object;
	let before = old;
	let place: Schema | undefined = schema;
	let nearest: readonly [Value, Value] | undefined;
	for (const key of path) {
		if (Array.isArray(value)) {
			value = value[Number(key)];
			before = correlateItem(place ?? {}, value, before);
			place = place?.items;
		} else {
			value = isTree(value) ? value[key] : undefined;
			before = isTree(before) ? before[key] : undefined;
			place = place?.properties?.[key] ?? mapValues(place ?? {});
		}

		if (!isNothing(before)) {
			nearest = [value, before];
		}
	}

	return nearest !== undefined && isEqual(...nearest);
};
