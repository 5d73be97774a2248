import {fieldsOf} from '../managed/compare-fields.js';
import {
	changeFields,
	childrenOf,
	describePath,
	fieldSchema,
	type FieldSet,
	itemStep,
	joinSteps,
	shapeOf,
	stepsOf,
} from '../managed/field-set.js';
import {findManager, type Manager} from '../managed/managers.js';
import {type Schema} from '../schema/schema.js';
import {
	clone,
	isEqual,
	isNothing,
	isTree,
	type Tree,
	type Value,
} from '../value.js';

export type ApplyConflict = {
	readonly manager: Manager;
	readonly path: string;
	/**
	The path as people read it.
	*/
	readonly field: string;
};

const merge = (live: Value, applied: Value, schema: Schema): Value => {
	const shape = shapeOf(schema, applied);
	if (isNothing(live) || shape === 'leaf' || shapeOf(schema, live) !== shape) {
		return clone(applied);
	}

	if (shape === 'map') {
		const result: Tree = {...(live as Tree)};
		for (const [key, value] of Object.entries(applied as Tree)) {
			if (isNothing(value)) {
				continue;
			}

			result[key] = merge(result[key], value, fieldSchema(schema, key));
		}

		return result;
	}

	const stepOf = (item: Value): string =>
		shape === 'list' ? itemStep(schema, item) : JSON.stringify(item);
	const result = [...(live as Value[])];
	for (const item of applied as Value[]) {
		const index = result.findIndex((other) => stepOf(other) === stepOf(item));
		if (index === -1) {
			result.push(clone(item));
		} else {
			result[index] = merge(result[index], item, schema.items ?? {});
		}
	}

	return result;
};

/**
Takes a field, and what is below it, out of a value.
*/
const removePath = (
	value: Value,
	steps: readonly string[],
	schema: Schema,
): void => {
	const [step = '', ...rest] = steps;
	if (isTree(value)) {
		const key = step.slice(2);
		const inner = fieldSchema(schema, key);
		if (rest.length === 0) {
			delete value[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		} else {
			removePath(value[key], rest, inner);
		}
	} else if (Array.isArray(value)) {
		const index = value.findIndex(
			(item) =>
				(step.startsWith('k:')
					? itemStep(schema, item)
					: `v:${JSON.stringify(item)}`) === step,
		);
		if (index === -1) {
			return;
		}

		if (rest.length === 0) {
			value.splice(index, 1);
		} else {
			removePath(value[index], rest, schema.items ?? {});
		}
	}
};

const valueAt = (value: Value, schema: Schema, path: string): Value => {
	let current = {value, schema};
	for (const step of stepsOf(path)) {
		const child = childrenOf(current.value, current.schema).get(step);
		if (!child) {
			return undefined;
		}

		current = child;
	}

	return current.value;
};

const hasBelow = (set: ReadonlySet<string>, path: string): boolean => {
	const prefix = joinSteps(path, '');
	for (const member of set) {
		if (member === path || member.startsWith(prefix)) {
			return true;
		}
	}

	return false;
};

export type Applied = {
	readonly object: Tree;
	readonly managers: Manager[];
	readonly conflicts: readonly ApplyConflict[];
};

/**
Server-side apply (structured merge): what the configuration says is merged into the live object; what this manager applied before and says
no more goes, unless somebody else owns it too; what others own and this would change is a conflict. With `isForced` they lose it.
*/
export const applyConfiguration = ({
	live,
	configuration,
	schema,
	managers,
	writer,
	isForced,
	dropUnreached,
}: {
	readonly live: Tree | undefined;
	readonly configuration: Tree;
	readonly schema: Schema;
	readonly managers: Manager[];
	readonly writer: Omit<Manager, 'operation' | 'fields'>;
	readonly isForced: boolean;
	/**
	Takes out of a set what this write does not reach.
	*/
	dropUnreached(fields: FieldSet): void;
}): Applied => {
	const fields = fieldsOf(configuration, schema);
	dropUnreached(fields);
	const key = {...writer, operation: 'Apply' as const};
	const previous = findManager(managers, key);
	const others = managers.filter((manager) => manager !== previous);
	const merged = merge(live ?? {}, configuration, schema) as Tree;
	const conflicts: ApplyConflict[] = [];
	for (const path of [...fields].toSorted()) {
		const wanted = valueAt(configuration, schema, path);
		const isAgreed =
			childrenOf(wanted, schema).size > 0 ||
			/(?:^|\n)k:[^\n]*$/v.test(path) ||
			isEqual(valueAt(live, schema, path), wanted);
		if (isAgreed) {
			continue;
		}

		for (const manager of others) {
			if (!manager.fields.has(path)) {
				continue;
			}

			conflicts.push({manager, path, field: describePath(path)});
			if (isForced) {
				manager.fields = changeFields(manager.fields, {
					removed: new Set([path]),
				});
			}
		}
	}

	// List items before what is in them: without its key an item could not be found again.
	const dropped = [...(previous?.fields ?? [])]
		.filter((path) => !hasBelow(fields, path))
		.toSorted((left, right) => left.length - right.length);
	for (const path of dropped) {
		if (others.every((manager) => !hasBelow(manager.fields, path))) {
			removePath(merged, stepsOf(path), schema);
		}
	}

	const isSame =
		previous === undefined ||
		previous.fields.symmetricDifference(fields).size === 0;
	const own: Manager = {
		...key,
		fields,
		// Who changes nothing has no time of a change.
		time:
			isSame && isEqual(merged, live) ? (previous?.time ?? '') : writer.time,
	};
	return {
		object: merged,
		managers: [...others, own],
		conflicts: isForced ? [] : conflicts,
	};
};
