import {Optional} from '@marcbachmann/cel-js';
import {type Schema} from '../schema/schema.js';
import {
	type FieldError,
	forbidden,
	invalid,
	required,
} from '../validation/field-error.js';
import {
	type ApiObject,
	isEqual,
	isNothing,
	isTree,
	textAt,
	type Value,
} from '../value.js';
import {correlateItem} from '../schema/correlate.js';
import {type Rule, type RuleNode, compileRules} from './compile-rules.js';
import {describeFailure} from './describe-problem.js';
import {resolveFieldPath} from './field-path.js';
import {type CelProblem} from './problem.js';

/**
What rules have against an object: `warnings` where the part that breaks one has not changed.
*/
export type RuleFindings = {
	readonly errors: readonly FieldError[];
	readonly warnings: readonly string[];
};

/**
A value with what it was before, and the nearest value around it of which that is known.
*/
type Place = {
	readonly path: string;
	readonly value: Value;
	readonly old: Value;
	readonly nearest: readonly [value: Value, old: Value];
};

const longestMessage = 5 * 1024;

const messageOf = (
	{source, text, messageExpression}: Rule,
	values: Readonly<Record<string, unknown>>,
): string => {
	const plain = textAt(source, 'message').trim() || `failed rule: ${text}`;
	if (!messageExpression || !('run' in messageExpression)) {
		return plain;
	}

	try {
		const made = String(messageExpression.run(values)).trim();
		return made === '' || made.includes('\n') || made.length > longestMessage
			? plain
			: made;
	} catch {
		return plain;
	}
};

const broken = (
	{source}: Rule,
	{schema}: RuleNode,
	path: string,
	message: string,
): FieldError => {
	const field =
		`${path}${resolveFieldPath(schema, textAt(source, 'fieldPath')) ?? ''}`.replace(
			/^\./v,
			'',
		) || '<nil>';
	const type = schema.type ?? '';
	switch (source.reason) {
		case 'FieldValueForbidden': {
			return forbidden(field, message);
		}

		case 'FieldValueRequired': {
			return required(field, message);
		}

		case 'FieldValueDuplicate': {
			return {
				...invalid(field, type, ''),
				reason: source.reason,
				message: `Duplicate value: ${JSON.stringify(type)}`,
			};
		}

		default: {
			return invalid(field, type, message);
		}
	}
};

const checkRule = (
	rule: Rule,
	node: RuleNode,
	{path, value, old}: Place,
): FieldError | undefined => {
	const {expression, isOldOptional, source, text} = rule;
	if (!('run' in expression)) {
		return undefined;
	}

	const isNew = isNothing(old);
	if (expression.usesOldSelf && isNew && !isOldOptional) {
		return undefined;
	}

	const {convert} = node.type;
	const before = isNew ? undefined : convert(old);
	const values = {
		self: convert(value),
		...(isOldOptional
			? {oldSelf: isNew ? Optional.none() : Optional.of(before)}
			: !isNew && {oldSelf: before}),
	};
	try {
		return expression.run(values) === true
			? undefined
			: broken(rule, node, path, messageOf(rule, values));
	} catch (error) {
		const named = textAt(source, 'message').trim() || text;
		return invalid(
			path === '' ? '<nil>' : path,
			node.schema.type ?? '',
			`${describeFailure(error as CelProblem)} evaluating rule: ${named}`,
		);
	}
};

const placeBelow = (
	{nearest}: Place,
	path: string,
	value: Value,
	old: Value,
): Place => ({
	path,
	value,
	old,
	nearest: isNothing(old) ? nearest : [value, old],
});

/**
Checks a custom resource against the validation rules of its schema (apiextensions-apiserver: `x-kubernetes-validations`). Rules that compare
with the past hold for updates alone; what has not changed is only warned of.
*/
export const checkRules = (
	object: ApiObject,
	old: ApiObject | undefined,
	schema: Schema,
): RuleFindings => {
	const errors: FieldError[] = [];
	const warnings: string[] = [];

	const visit = (node: RuleNode, place: Place): void => {
		const {path, value, old: before} = place;
		if (isNothing(value)) {
			return;
		}

		for (const rule of node.rules) {
			const error = checkRule(rule, node, place);
			if (!error) {
				continue;
			}

			const isTransition =
				'run' in rule.expression && rule.expression.usesOldSelf;
			// The whole object changes with every write.
			const isUnchanged =
				path !== '' &&
				!isTransition &&
				!isNothing(place.nearest[1]) &&
				isEqual(place.nearest[0], place.nearest[1]);
			if (isUnchanged) {
				warnings.push(`${error.field}: ${error.message}`);
			} else {
				errors.push(error);
			}
		}

		if (isTree(value)) {
			const past = isTree(before) ? before : {};
			for (const key of Object.keys(value).toSorted()) {
				const property = node.properties.get(key);
				const child = property ?? node.values;
				if (child) {
					const next = property
						? `${path === '' ? '' : `${path}.`}${key}`
						: `${path}[${key}]`;
					visit(child, placeBelow(place, next, value[key], past[key]));
				}
			}
		}

		if (Array.isArray(value) && node.items) {
			for (const [index, item] of value.entries()) {
				const past = correlateItem(node.schema, item, before);
				visit(node.items, placeBelow(place, `${path}[${index}]`, item, past));
			}
		}
	};

	const root = compileRules(schema);
	if (root) {
		visit(root, {path: '', value: object, old, nearest: [object, old]});
	}

	return {errors, warnings};
};
