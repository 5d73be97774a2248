import {isOpen, mapValues, type Schema} from '../schema/schema.js';
import {goText} from '../objects/shown.js';
import {isNothing, isTree, type Tree, type Value} from '../value.js';

const itemName = (item: Value, index: number, schema: Schema): string => {
	const keys = schema['x-kubernetes-list-map-keys'];
	if (schema['x-kubernetes-list-type'] !== 'map' || !keys || !isTree(item)) {
		return `[${index}]`;
	}

	const parts = keys
		.toSorted()
		.map(
			(key) =>
				[key, item[key] ?? schema.items?.properties?.[key]?.default] as const,
		)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key}=${JSON.stringify(value)}`);
	return `[${parts.join(',')}]`;
};

/**
A value as Go prints it with its types.
*/
const goSyntax = (value: Value): string => {
	if (Array.isArray(value)) {
		return `[]interface {}{${value.map((item) => goSyntax(item)).join(', ')}}`;
	}

	if (isTree(value)) {
		const fields = Object.keys(value)
			.toSorted()
			.map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`);
		return `map[string]interface {}{${fields.join(', ')}}`;
	}

	return isNothing(value) ? 'interface {}(nil)' : JSON.stringify(value);
};

/**
Of maps and lists the value is printed in another way than of scalars.
*/
const got = (path: string, wanted: string, value: Value): string =>
	`${path}: expected ${wanted}, got ${
		wanted === 'map' || wanted === 'list'
			? `&{${goText(value)}}`
			: `&value.valueUnstructured{Value:${goSyntax(value)}}`
	}`;

const words: Readonly<Record<string, string>> = {
	string: 'string',
	boolean: 'boolean',
	integer: 'numeric (int or float)',
	number: 'numeric (int or float)',
	array: 'list',
	object: 'map',
};

const typeOf = (value: Value): string =>
	Array.isArray(value) ? 'array' : isTree(value) ? 'object' : typeof value;

/**
Scalars that are written in more than one way have no type here.
*/
const isUntyped = (schema: Schema): boolean =>
	isOpen(schema) ||
	schema.type === undefined ||
	(schema['x-go-scalar'] !== undefined && schema['x-go-scalar'] !== 'bytes');

const isOfType = (value: Value, {type}: Schema): boolean =>
	typeOf(value) === (type === 'integer' ? 'number' : type);

const duplicates = (
	items: readonly Value[],
	schema: Schema,
	path: string,
): string[] => {
	const type = schema['x-kubernetes-list-type'];
	if (type !== 'set' && type !== 'map') {
		return [];
	}

	const seen = new Set<string>();
	const found = new Set<string>();
	for (const item of items) {
		const name =
			type === 'set' ? `[=${JSON.stringify(item)}]` : itemName(item, 0, schema);
		if (seen.has(name)) {
			found.add(name);
		}

		seen.add(name);
	}

	return [...found].map((name) => `${path}: duplicate entries for key ${name}`);
};

/**
Why an item cannot be one of a list that is a set or a map.
*/
const elementProblem = (item: Value, schema: Schema): string | undefined => {
	const type = schema['x-kubernetes-list-type'];
	if (type === 'set') {
		return isNothing(item)
			? "associative list without keys has an element that's an explicit null"
			: undefined;
	}

	if (type !== 'map') {
		return undefined;
	}

	if (!isTree(item)) {
		return `associative list with keys may not have ${isNothing(item) ? 'a null element' : 'non-map elements'}`;
	}

	const missing = schema['x-kubernetes-list-map-keys']?.find(
		(key) =>
			item[key] === undefined &&
			schema.items?.properties?.[key]?.default === undefined,
	);
	return missing === undefined
		? undefined
		: `associative list with keys has an element that omits key field ${JSON.stringify(missing)} (and doesn't have default value)`;
};

const find = (value: Value, schema: Schema, path: string): string[] => {
	if (isNothing(value) || isUntyped(schema)) {
		return [];
	}

	if (!isOfType(value, schema)) {
		return [got(path, words[schema.type ?? ''] ?? '', value)];
	}

	if (Array.isArray(value)) {
		return [
			...duplicates(value, schema, path),
			...value.flatMap((item, index) => {
				const problem = elementProblem(item, schema);
				return problem === undefined
					? find(item, schema.items ?? {}, path + itemName(item, index, schema))
					: [`${path}: element ${index}: ${problem}`];
			}),
		];
	}

	if (!isTree(value)) {
		return [];
	}

	const values = mapValues(schema);
	return Object.keys(value)
		.toSorted()
		.flatMap((key) => {
			const field = schema.properties?.[key] ?? values;
			return field
				? find(value[key], field, `${path}.${key}`)
				: [`${path}.${key}: field not declared in schema`];
		});
};

/**
Why a server-side apply does not fit the schema, as structured-merge-diff writes it: fields it does not know, values of another type, items
that are there twice. Paths look like `.spec.containers[name="web"].foo`.
*/
export const typedProblems = (
	{apiVersion, kind, ...configuration}: Tree,
	schema: Schema,
): string[] => find(configuration, {...schema, type: 'object'}, '');
