import {type Schema, mapValues} from '../schema/schema.js';
import {isTree, type Tree, type Value} from '../value.js';

/**
A set of fields of one object. A member is a path of steps as `metadata.managedFields` writes them (`f:spec`, `k:{"name":"web"}`, `v:"x"`).
*/
export type FieldSet = Set<string>;

export const separator = '\n';

const nothing: ReadonlySet<string> = new Set();

export const joinSteps = (path: string, step: string): string =>
	path === '' ? step : `${path}${separator}${step}`;

export const stepsOf = (path: string): string[] => path.split(separator);

/**
What a set was read from: most sets are written as they were read, and writing one anew costs as much as reading the whole object.
*/
const origins = new WeakMap<ReadonlySet<string>, Tree>();

/**
The set as `fieldsV1`: a dot stands for a field that is a member itself beside the members below it.
*/
export const toFieldsV1 = (set: ReadonlySet<string>): Tree => {
	const origin = origins.get(set);
	if (origin) {
		return origin;
	}

	const root: Tree = {};
	for (const path of [...set].toSorted()) {
		let node = root;
		for (const step of stepsOf(path)) {
			node[step] ??= {};
			node = node[step] as Tree;
		}

		node['.'] = {};
	}

	const dropLonelyDots = (node: Tree): void => {
		for (const child of Object.values(node)) {
			if (isTree(child)) {
				dropLonelyDots(child);
			}
		}

		if (Object.keys(node).length === 1 && node['.']) {
			delete node['.'];
		}
	};

	dropLonelyDots(root);
	return root;
};

/**
The set that `fieldsV1` stands for.
*/
export const fromFieldsV1 = (tree: Tree): ReadonlySet<string> => {
	const set: FieldSet = new Set();
	const walk = (node: Tree, path: string): void => {
		const steps = Object.keys(node);
		if (path !== '' && (steps.length === 0 || node['.'] !== undefined)) {
			set.add(path);
		}

		for (const step of steps) {
			const child = node[step];
			if (step !== '.' && isTree(child)) {
				walk(child, joinSteps(path, step));
			}
		}
	};

	walk(tree, '');
	origins.set(set, tree);
	return set;
};

/**
The set with these members and without those; the same one when that changes nothing.
*/
export const changeFields = (
	set: ReadonlySet<string>,
	{
		added = nothing,
		removed = nothing,
	}: Readonly<{added?: ReadonlySet<string>; removed?: ReadonlySet<string>}>,
): ReadonlySet<string> =>
	added.isSubsetOf(set) && removed.isDisjointFrom(set)
		? set
		: set.union(added).difference(removed);

/**
How a value of this schema is taken apart: `map` by key, `list` by the keys of its items, `set` by its values, `leaf` not at all.
*/
export const shapeOf = (
	schema: Schema,
	value: Value,
): 'map' | 'list' | 'set' | 'leaf' => {
	if (isTree(value)) {
		return schema['x-kubernetes-map-type'] === 'atomic' ? 'leaf' : 'map';
	}

	if (Array.isArray(value)) {
		const type = schema['x-kubernetes-list-type'];
		return type === 'map' ? 'list' : type === 'set' ? 'set' : 'leaf';
	}

	return 'leaf';
};

export const fieldSchema = (schema: Schema, key: string): Schema =>
	(schema.properties && Object.hasOwn(schema.properties, key)
		? schema.properties[key]
		: mapValues(schema)) ?? {};

/**
The step to an item of a list that is a map: its keys, with the schema's defaults for absent ones.
*/
export const itemStep = (schema: Schema, item: Value): string => {
	const keys: Tree = {};
	for (const key of (schema['x-kubernetes-list-map-keys'] ?? []).toSorted()) {
		const value = isTree(item) ? item[key] : undefined;
		keys[key] =
			value === undefined
				? fieldSchema(schema.items ?? {}, key).default
				: value;
	}

	return `k:${JSON.stringify(keys)}`;
};

export const valueStep = (item: Value): string => `v:${JSON.stringify(item)}`;

/**
The children of a value by step, each with its schema.
*/
export const childrenOf = (
	value: Value,
	schema: Schema,
): Map<string, {value: Value; schema: Schema}> => {
	const children = new Map<string, {value: Value; schema: Schema}>();
	switch (shapeOf(schema, value)) {
		case 'map': {
			const tree = value as Tree;
			for (const key of Object.keys(tree)) {
				if (tree[key] !== undefined) {
					children.set(`f:${key}`, {
						value: tree[key],
						schema: fieldSchema(schema, key),
					});
				}
			}

			break;
		}

		case 'list': {
			for (const item of value as Value[]) {
				children.set(itemStep(schema, item), {
					value: item,
					schema: schema.items ?? {},
				});
			}

			break;
		}

		case 'set': {
			for (const item of value as Value[]) {
				children.set(valueStep(item), {
					value: item,
					schema: schema.items ?? {},
				});
			}

			break;
		}

		case 'leaf': {
			break;
		}
	}

	return children;
};

/**
A path as conflicts name it: `.spec.containers[name="web"].image`.
*/
export const describePath = (path: string): string =>
	stepsOf(path)
		.map((step) => {
			const text = step.slice(2);
			if (step.startsWith('f:')) {
				return `.${text}`;
			}

			if (step.startsWith('k:')) {
				const keys = JSON.parse(text) as Record<string, Value>;
				return `[${Object.entries(keys)
					.map(([key, value]) => `${key}=${JSON.stringify(value)}`)
					.join(',')}]`;
			}

			return `[=${text}]`;
		})
		.join('');
