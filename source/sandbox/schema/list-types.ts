import {duplicate, type FieldError} from '../validation/field-error.js';
import {isEqual, isTree, type Tree, type Value} from '../value.js';
import {mapValues, type Schema} from './schema.js';

const duplicatesOf = (
	list: readonly Value[],
	path: string,
	identify: (item: Value) => Value,
): FieldError[] => {
	const errors: FieldError[] = [];
	const seen: Value[] = [];
	const reported: Value[] = [];
	for (const [index, item] of list.entries()) {
		const identity = identify(item);
		if (seen.every((other) => !isEqual(other, identity))) {
			seen.push(identity);
		} else if (reported.every((other) => !isEqual(other, identity))) {
			reported.push(identity);
			errors.push(duplicate(`${path}[${index}]`, identity));
		}
	}

	return errors;
};

const listErrors = (
	list: readonly Value[],
	schema: Schema,
	path: string,
): FieldError[] => {
	switch (schema['x-kubernetes-list-type']) {
		case 'set': {
			return duplicatesOf(list, path, (item) => item);
		}

		case 'map': {
			const keys = schema['x-kubernetes-list-map-keys'] ?? [];
			return duplicatesOf(list, path, (item): Tree =>
				Object.fromEntries(
					keys
						.filter((key) => isTree(item) && item[key] !== undefined)
						.map((key) => [key, (item as Tree)[key]]),
				),
			);
		}

		default: {
			return [];
		}
	}
};

const visit = (value: Value, schema: Schema, path: string): FieldError[] => {
	if (Array.isArray(value)) {
		return [
			...listErrors(value, schema, path),
			...value.flatMap((item, index) =>
				visit(item, schema.items ?? {}, `${path}[${index}]`),
			),
		];
	}

	if (!isTree(value)) {
		return [];
	}

	return Object.entries(value).flatMap(([key, item]) => {
		const property = schema.properties?.[key];
		const child = property ?? mapValues(schema);
		const separator = path === '' ? '' : '.';
		return child
			? visit(
					item,
					child,
					property ? `${path}${separator}${key}` : `${path}[${key}]`,
				)
			: [];
	});
};

/**
What is said twice in lists that are sets or maps. An object that had such a list already may keep it.
*/
export const listTypeErrors = (
	object: Tree,
	old: Tree | undefined,
	schema: Schema,
): FieldError[] => {
	// The metadata are no business of the definition's.
	const {metadata, ...rest} = object;
	const errors = visit(rest, schema, '');
	if (errors.length === 0 || !old) {
		return errors;
	}

	const {metadata: _, ...before} = old;
	return visit(before, schema, '').length > 0 ? [] : errors;
};
