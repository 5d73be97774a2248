import {isOpen, mapValues, type Schema} from '../schema/schema.js';
import {isTree, type Tree, type Value} from '../value.js';

const itemName = (item: Value, index: number, schema: Schema): string => {
	const keys = schema['x-kubernetes-list-map-keys'];
	if (schema['x-kubernetes-list-type'] !== 'map' || !keys || !isTree(item)) {
		return `[${index}]`;
	}

	const parts = keys
		.filter((key) => item[key] !== undefined)
		.map((key) => `${key}=${JSON.stringify(item[key])}`);
	return `[${parts.join(',')}]`;
};

const find = (value: Value, schema: Schema, path: string): string[] => {
	if (Array.isArray(value)) {
		return value.flatMap((item, index) =>
			find(item, schema.items ?? {}, path + itemName(item, index, schema)),
		);
	}

	if (!isTree(value) || isOpen(schema)) {
		return [];
	}

	const values = mapValues(schema);
	return Object.keys(value).flatMap((key) => {
		const field = schema.properties?.[key] ?? values;
		return field
			? find(value[key], field, `${path}.${key}`)
			: [`${path}.${key}`];
	});
};

/**
What a server-side apply says that the schema does not know, as structured-merge-diff writes paths: `.spec.containers[name="web"].foo`.
*/
export const undeclaredFields = (
	{apiVersion, kind, ...configuration}: Tree,
	schema: Schema,
): string[] => find(configuration, schema, '');
