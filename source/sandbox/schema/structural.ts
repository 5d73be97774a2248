import {clone, isNothing, isTree, type Value} from '../value.js';
import {isOpen, mapValues, type Schema} from './schema.js';

const embedded = new Set(['apiVersion', 'kind', 'metadata']);

const join = (path: string, key: string): string =>
	path === '' ? key : `${path}.${key}`;

/**
Removes, in place, what the structural schema does not specify, and lists it (`spec.foo`, `spec.items[0].bar`).
*/
export const prune = (
	value: Value,
	schema: Schema,
	unknown: string[],
	path = '',
): void => {
	if (Array.isArray(value)) {
		// Where no list is expected, nothing in it is known.
		if (schema.items ?? !isOpen(schema)) {
			for (const [index, item] of value.entries()) {
				prune(item, schema.items ?? {}, unknown, `${path}[${index}]`);
			}
		}

		return;
	}

	if (!isTree(value)) {
		return;
	}

	const values = mapValues(schema);
	const isResource = schema['x-kubernetes-embedded-resource'] === true;
	for (const key of Object.keys(value)) {
		const inner = join(path, key);
		const field =
			schema.properties && Object.hasOwn(schema.properties, key)
				? schema.properties[key]
				: values;
		if (field) {
			prune(value[key], field, unknown, inner);
		} else if (!isOpen(schema) && !(isResource && embedded.has(key))) {
			unknown.push(inner);
			delete value[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		}
	}
};

/**
Removes, in place, `null` where the schema allows neither null nor has a default for it: the API server treats it as absent.
*/
export const dropNulls = (value: Value, schema: Schema): void => {
	if (Array.isArray(value)) {
		for (const item of value) {
			dropNulls(item, schema.items ?? {});
		}

		return;
	}

	if (!isTree(value)) {
		return;
	}

	const values = mapValues(schema);
	for (const key of Object.keys(value)) {
		const field = schema.properties?.[key] ?? values;
		if (!field) {
			continue;
		}

		if (isNothing(value[key]) && !field.nullable && !isOpen(field)) {
			delete value[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		} else {
			dropNulls(value[key], field);
		}
	}
};

/**
Fills in, in place, the defaults of absent fields, also below defaults just filled in.
*/
export const setDefaults = (value: Value, schema: Schema): void => {
	if (Array.isArray(value)) {
		for (const item of value) {
			setDefaults(item, schema.items ?? {});
		}

		return;
	}

	if (!isTree(value)) {
		return;
	}

	for (const [key, field] of Object.entries(schema.properties ?? {})) {
		if (field.default !== undefined && value[key] === undefined) {
			value[key] = clone(field.default);
		}

		setDefaults(value[key], field);
	}

	const values = mapValues(schema);
	if (values) {
		for (const [key, value_] of Object.entries(value)) {
			if (!schema.properties?.[key]) {
				setDefaults(value_, values);
			}
		}
	}
};
