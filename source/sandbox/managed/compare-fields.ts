import {type Schema} from '../schema/schema.js';
import {isEqual, isNothing, type Value} from '../value.js';
import {
	childrenOf,
	type FieldSet,
	joinSteps,
	separator,
	shapeOf,
} from './field-set.js';

const nobody: ReadonlySet<string> = new Set([
	'f:apiVersion',
	'f:kind',
	...[
		'name',
		'namespace',
		'creationTimestamp',
		'selfLink',
		'uid',
		'generation',
		'managedFields',
		'resourceVersion',
	].map((key) => `f:metadata${separator}f:${key}`),
]);

/**
The fields between two states of an object: those whose value is new or another, and those that are gone.
*/
export const compareFields = (
	old: Value,
	next: Value,
	schema: Schema,
): {changed: FieldSet; removed: FieldSet} => {
	const changed: FieldSet = new Set();
	const removed: FieldSet = new Set();
	const walk = (
		before: Value,
		after: Value,
		current: Schema,
		path: string,
	): void => {
		// Most of an object stays as it was, and to look at it once is cheaper than to take it apart.
		if (nobody.has(path) || isEqual(before, after)) {
			return;
		}

		const wasThere = !isNothing(before);
		const isThere = !isNothing(after);
		if (!wasThere && !isThere) {
			// A time that is written as null belongs to whoever wrote the object it is in.
			if (
				before === undefined &&
				after !== undefined &&
				current['x-go-scalar'] === 'time'
			) {
				changed.add(path);
			}

			return;
		}

		const isWhole =
			shapeOf(current, isThere ? after : before) === 'leaf' ||
			(wasThere &&
				isThere &&
				shapeOf(current, before) !== shapeOf(current, after));
		if (isWhole) {
			if (!isThere && wasThere) {
				removed.add(path);
			} else {
				changed.add(path);
			}

			return;
		}

		// An explicit null is Go's empty list: only what is in it is new. Metadata is always there.
		if (path !== '' && path !== 'f:metadata' && wasThere !== isThere) {
			if (isThere && before === undefined) {
				changed.add(path);
			} else if (wasThere) {
				removed.add(path);
			}
		}

		const oldChildren = childrenOf(before, current);
		const newChildren = childrenOf(after, current);
		for (const [step, child] of newChildren) {
			walk(
				oldChildren.get(step)?.value,
				child.value,
				child.schema,
				joinSteps(path, step),
			);
		}

		for (const [step, child] of oldChildren) {
			if (!newChildren.has(step)) {
				walk(child.value, undefined, child.schema, joinSteps(path, step));
			}
		}
	};

	walk(old, next, schema, '');
	return {changed, removed};
};

/**
All fields that an applied configuration speaks of.
*/
export const fieldsOf = (value: Value, schema: Schema): FieldSet => {
	const set: FieldSet = new Set();
	const walk = (
		current: Value,
		currentSchema: Schema,
		path: string,
		isEntry: boolean,
	): void => {
		if (nobody.has(path)) {
			return;
		}

		const shape = shapeOf(currentSchema, current);
		const children = childrenOf(current, currentSchema);
		const isOwn =
			isEntry || shape === 'leaf' || (shape === 'map' && children.size === 0);
		if (path !== '' && isOwn) {
			set.add(path);
		}

		for (const [step, child] of children) {
			// Items and what a map holds are owned beside what is in them; fields are not.
			walk(
				child.value,
				child.schema,
				joinSteps(path, step),
				shape !== 'map' ||
					!Object.hasOwn(currentSchema.properties ?? {}, step.slice(2)),
			);
		}
	};

	walk(value, schema, '', false);
	return set;
};
