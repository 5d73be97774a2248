import {absent, isJsonObject, type Json, type JsonObject} from './json.js';

/**
Applies a JSON merge patch (RFC 7386): objects are merged, `null` removes, everything else replaces.
*/
export const applyMergePatch = (
	target: Json | undefined,
	patch: Json,
): Json => {
	if (!isJsonObject(patch)) {
		return patch;
	}

	const result: Record<string, Json | undefined> = isJsonObject(target)
		? {...target}
		: {};
	for (const [key, value] of Object.entries(patch)) {
		if (value === absent) {
			// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- The object was made here.
			delete result[key];
		} else if (value !== undefined) {
			result[key] = applyMergePatch(result[key], value);
		}
	}

	return result;
};

/**
Whether two JSON values say the same; keys without a value do not count.
*/
export const isSameJson = (
	one: Json | undefined,
	other: Json | undefined,
): boolean => {
	if (one === other) {
		return true;
	}

	if (Array.isArray(one) && Array.isArray(other)) {
		const list: readonly Json[] = other;
		return (
			one.length === list.length &&
			one.every((item: Json, index) => isSameJson(item, list[index]))
		);
	}

	if (!isJsonObject(one) || !isJsonObject(other)) {
		return false;
	}

	const keysOf = (value: JsonObject): string[] =>
		Object.keys(value).filter((key) => value[key] !== undefined);
	return (
		keysOf(one).length === keysOf(other).length &&
		keysOf(one).every((key) => isSameJson(one[key], other[key]))
	);
};

/**
The merge patch that turns one object into another: only what differs, removed keys as `null`, lists whole; absent when nothing differs.
*/
export const mergePatchBetween = (
	before: JsonObject,
	after: JsonObject,
): JsonObject | undefined => {
	const patch: Record<string, Json> = {};
	for (const [key, value] of Object.entries(before)) {
		if (value !== undefined && value !== absent && after[key] === undefined) {
			patch[key] = absent;
		}
	}

	for (const [key, value] of Object.entries(after)) {
		const old = before[key];
		if (value === undefined || isSameJson(old, value)) {
			continue;
		}

		const inner =
			isJsonObject(old) && isJsonObject(value)
				? mergePatchBetween(old, value)
				: value;
		if (inner !== undefined) {
			patch[key] = inner;
		}
	}

	return Object.keys(patch).length === 0 ? undefined : patch;
};
