import {absent} from '../../core/json.js';
import {type Schema} from '../schema/schema.js';
import {
	type FieldError,
	invalid,
	notSupported,
	required,
} from '../validation/field-error.js';
import {isTree, textAt, type Tree} from '../value.js';
import {type Expression} from './compile-expression.js';
import {compileRules, type Rule, type RuleNode} from './compile-rules.js';
import {resolveFieldPath} from './field-path.js';

const reasons = [
	'FieldValueDuplicate',
	'FieldValueForbidden',
	'FieldValueInvalid',
	'FieldValueRequired',
];

const hasLines = (text: string): boolean => /[\n\r]/v.test(text);

const messageErrors = (rule: Tree, field: string): FieldError[] => {
	const message = textAt(rule, 'message');
	if (message !== '' && message.trim() === '') {
		return [
			invalid(`${field}.message`, message, 'must be non-empty if specified'),
		];
	}

	if (hasLines(message.trim())) {
		return [
			invalid(`${field}.message`, message, 'must not contain line breaks'),
		];
	}

	return hasLines(textAt(rule, 'rule').trim()) && message === ''
		? [
				required(
					`${field}.message`,
					'message must be specified if rule contains line breaks',
				),
			]
		: [];
};

/**
What is wrong with a rule before anybody has looked into its expressions.
*/
const formErrors = (
	rule: Tree,
	schema: Schema,
	field: string,
): FieldError[] => {
	const errors: FieldError[] = [];
	if (textAt(rule, 'rule').trim() === '') {
		errors.push(required(`${field}.rule`, 'rule is not specified'));
	}

	errors.push(...messageErrors(rule, field));
	const expression = textAt(rule, 'messageExpression');
	if (expression !== '' && expression.trim() === '') {
		errors.push(
			required(
				`${field}.messageExpression`,
				'messageExpression must be non-empty if specified',
			),
		);
	}

	const reason = textAt(rule, 'reason');
	if (reason !== '' && !reasons.includes(reason)) {
		errors.push(notSupported(`${field}.reason`, reason, reasons));
	}

	const fieldPath = textAt(rule, 'fieldPath');
	if (fieldPath !== '' && fieldPath.trim() === '') {
		errors.push(
			invalid(
				`${field}.fieldPath`,
				fieldPath,
				'must be non-empty if specified',
			),
		);
	}

	if (resolveFieldPath(schema, fieldPath) === undefined) {
		errors.push(
			invalid(`${field}.fieldPath`, fieldPath, 'must be a valid path'),
		);
	}

	return errors;
};

/**
A rule as Go writes it into an error, with what HTML could misread escaped.
*/
const shown = (rule: Tree): string =>
	JSON.stringify({
		Rule: textAt(rule, 'rule'),
		Message: textAt(rule, 'message'),
		MessageExpression: textAt(rule, 'messageExpression'),
		Reason: rule.reason ?? absent,
		FieldPath: textAt(rule, 'fieldPath'),
		OptionalOldSelf: rule.optionalOldSelf ?? absent,
	})
		.replaceAll('&', String.raw`\u0026`)
		.replaceAll('<', String.raw`\u003c`)
		.replaceAll('>', String.raw`\u003e`);

const expressionErrors = (
	{source}: Rule,
	expression: Expression | undefined,
	field: string,
	prefix = '',
): FieldError[] =>
	expression && 'problem' in expression
		? [
				{
					field,
					reason: 'FieldValueInvalid',
					message: `Invalid value: ${shown(source)}: ${expression.problem.startsWith('compilation') ? prefix : ''}${expression.problem}`,
				},
			]
		: [];

const compiledErrors = (
	rule: Rule,
	field: string,
	uncorrelated: string | undefined,
): FieldError[] => {
	const {expression, source, text, isOldOptional} = rule;
	const usesOldSelf = 'run' in expression && expression.usesOldSelf;
	return [
		...expressionErrors(rule, expression, `${field}.rule`),
		...expressionErrors(
			rule,
			rule.messageExpression,
			`${field}.messageExpression`,
			'messageExpression ',
		),
		...(usesOldSelf && uncorrelated !== undefined
			? [
					invalid(
						`${field}.rule`,
						textAt(source, 'rule'),
						`oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
					),
				]
			: []),
		...(isOldOptional &&
		!usesOldSelf &&
		!('unsupported' in expression) &&
		text !== ''
			? [
					invalid(
						`${field}.optionalOldSelf`,
						true,
						'may not be set if oldSelf is not used in rule',
					),
				]
			: []),
	];
};

type Found = {readonly errors: FieldError[]; readonly warnings: string[]};

const unsupportedWarnings = (
	{expression, messageExpression}: Rule,
	field: string,
): string[] =>
	[
		{part: 'rule', of: expression},
		{part: 'messageExpression', of: messageExpression},
	].flatMap(({part, of}) =>
		of && 'unsupported' in of
			? [
					`${field}.${part}: this server does not know ${of.unsupported}() and leaves the ${part} out`,
				]
			: [],
	);

const visit = (
	node: RuleNode,
	field: string,
	uncorrelated: string | undefined,
	found: Found,
): void => {
	for (const [index, rule] of node.rules.entries()) {
		const place = `${field}.x-kubernetes-validations[${index}]`;
		found.errors.push(...compiledErrors(rule, place, uncorrelated));
		found.warnings.push(...unsupportedWarnings(rule, place));
	}

	for (const [name, child] of node.properties) {
		visit(child, `${field}.properties[${name}]`, uncorrelated, found);
	}

	if (node.values) {
		visit(node.values, `${field}.additionalProperties`, uncorrelated, found);
	}

	if (node.items) {
		const isMap = node.schema['x-kubernetes-list-type'] === 'map';
		visit(
			node.items,
			`${field}.items`,
			uncorrelated ?? (isMap ? undefined : field),
			found,
		);
	}
};

/**
What is wrong with the form of the validation rules that stand at one schema.
*/
export const ruleFormErrors = (schema: Schema, field: string): FieldError[] =>
	(schema['x-kubernetes-validations'] ?? []).flatMap((rule, index) =>
		isTree(rule)
			? formErrors(rule, schema, `${field}.x-kubernetes-validations[${index}]`)
			: [],
	);

/**
What is wrong with the expressions of a whole schema's validation rules; `warnings` tell of those that this server cannot evaluate.
*/
export const checkDefinitionRules = (
	schema: Schema,
	field: string,
): {
	readonly errors: readonly FieldError[];
	readonly warnings: readonly string[];
} => {
	const found: Found = {errors: [], warnings: []};
	const root = compileRules(schema);
	if (root) {
		visit(root, field, undefined, found);
	}

	return found;
};
