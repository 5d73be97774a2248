import {type Environment} from '@marcbachmann/cel-js';
import {type Schema} from '../schema/schema.js';
import {isTree, textAt, type Tree} from '../value.js';
import {compileExpression, type Expression} from './compile-expression.js';
import {type CelType, declareTypes} from './declare-types.js';
import {createEnvironment} from './environment.js';

/**
A rule of `x-kubernetes-validations` with what became of its expressions.
*/
export type Rule = {
	readonly source: Tree;
	readonly text: string;
	readonly expression: Expression;
	readonly messageExpression?: Expression;
	readonly isOldOptional: boolean;
};

/**
The rules of a schema and of all below it. What has none is left out.
*/
export type RuleNode = {
	readonly schema: Schema;
	readonly type: CelType;
	readonly rules: readonly Rule[];
	readonly properties: ReadonlyMap<string, RuleNode>;
	readonly values?: RuleNode;
	readonly items?: RuleNode;
};

const compileRule = (
	environment: Environment,
	type: CelType,
	source: Tree,
): Rule => {
	const isOldOptional = source.optionalOldSelf === true;
	const scope = environment
		.clone()
		.registerVariable('self', type.name)
		.registerVariable(
			'oldSelf',
			isOldOptional ? `optional<${type.name}>` : type.name,
		);
	const text = textAt(source, 'rule').trim();
	const message = textAt(source, 'messageExpression');
	return {
		source,
		text,
		isOldOptional,
		expression: compileExpression(
			scope,
			textAt(source, 'rule'),
			'bool',
			'cel expression must evaluate to a bool',
		),
		...(message.trim() !== '' && {
			messageExpression: compileExpression(
				scope,
				message,
				'string',
				'messageExpression must evaluate to a string',
			),
		}),
	};
};

const hasRules = (schema: Schema): boolean =>
	(schema['x-kubernetes-validations'] ?? []).length > 0 ||
	Object.values(schema.properties ?? {}).some((child) => hasRules(child)) ||
	(schema.items !== undefined && hasRules(schema.items)) ||
	(typeof schema.additionalProperties === 'object' &&
		hasRules(schema.additionalProperties));

const compileNode = (
	environment: Environment,
	schema: Schema,
	type: CelType | undefined,
): RuleNode | undefined => {
	if (!type || !hasRules(schema)) {
		return undefined;
	}

	const properties = new Map<string, RuleNode>();
	for (const [name, property] of Object.entries(schema.properties ?? {})) {
		const node = compileNode(environment, property, type.fields?.get(name));
		if (node) {
			properties.set(name, node);
		}
	}

	const values =
		typeof schema.additionalProperties === 'object'
			? compileNode(environment, schema.additionalProperties, type.values)
			: undefined;
	const items =
		schema.items && compileNode(environment, schema.items, type.items);
	return {
		schema,
		type,
		rules: (schema['x-kubernetes-validations'] ?? [])
			.filter((source) => isTree(source))
			.map((source) => compileRule(environment, type, source)),
		properties,
		...(values && {values}),
		...(items && {items}),
	};
};

const compiled = new WeakMap<Schema, {readonly node: RuleNode | undefined}>();

/**
The rules of a custom resource's schema; undefined when there are none. Compiled once.
*/
export const compileRules = (schema: Schema): RuleNode | undefined => {
	let known = compiled.get(schema);
	if (!known) {
		if (hasRules(schema)) {
			const environment = createEnvironment();
			const type = declareTypes(environment, schema);
			known = {node: compileNode(environment, schema, type)};
		} else {
			known = {node: undefined};
		}

		compiled.set(schema, known);
	}

	return known.node;
};
