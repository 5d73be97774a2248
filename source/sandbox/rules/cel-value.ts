/**
An object of a declared type as rules see it: its fields under the names that rules use for them.
*/
export class Struct {
	readonly [field: string]: unknown;

	constructor(fields: ReadonlyMap<string, unknown>) {
		Object.assign(this, Object.fromEntries(fields));
	}
}

/**
A value of one of Kubernetes' own types: equal to another when their texts are.
*/
export abstract class Opaque {
	abstract toString(): string;
}

const isSameList = (left: readonly unknown[], right: unknown): boolean =>
	Array.isArray(right) &&
	left.length === right.length &&
	left.every((item, index) => isSame(item, right[index]));

const isSameBytes = (left: Uint8Array, right: unknown): boolean =>
	right instanceof Uint8Array &&
	left.length === right.length &&
	left.every((byte, index) => byte === right[index]);

const isSameMap = (
	left: ReadonlyMap<unknown, unknown>,
	right: unknown,
): boolean =>
	right instanceof Map &&
	left.size === right.size &&
	[...left].every(
		([key, value]) => right.has(key) && isSame(value, right.get(key)),
	);

/**
CEL's equality of values of the same type.
*/
export const isSame = (left: unknown, right: unknown): boolean => {
	if (Array.isArray(left)) {
		return isSameList(left as unknown[], right);
	}

	if (left instanceof Map) {
		return isSameMap(left, right);
	}

	if (left instanceof Struct) {
		return (
			right instanceof Struct &&
			isSameMap(new Map(Object.entries(left)), new Map(Object.entries(right)))
		);
	}

	if (left instanceof Uint8Array) {
		return isSameBytes(left, right);
	}

	if (left instanceof Date) {
		return right instanceof Date && left.getTime() === right.getTime();
	}

	return left instanceof Opaque
		? right instanceof Opaque && String(left) === String(right)
		: left === right;
};
