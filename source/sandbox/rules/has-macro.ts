import {type ASTNode} from '@marcbachmann/cel-js';
import {Struct} from './cel-value.js';
import {type CelProblem, positionOf} from './problem.js';

/**
What the library calls in a macro; it declares the shapes of its checker and evaluator nowhere.
*/
type Checker = {
	check(node: ASTNode, scope: unknown): unknown;
	getType(name: string): unknown;
};
type Evaluator = {run(node: ASTNode, scope: unknown): unknown};
type HasMacro = {readonly ast: ASTNode; readonly field: ASTNode};

const isPresent = (object: unknown, name: string): boolean =>
	object instanceof Map
		? object.has(name)
		: object instanceof Struct && Object.hasOwn(object, name);

const problemAt = (message: string, position: number): CelProblem =>
	Object.assign(new Error(message), {
		range: {start: position, end: position},
	});

const checkField = (
	checker: Checker,
	{ast, field}: HasMacro,
	scope: unknown,
): void => {
	if (field.op !== '.' && field.op !== '.?') {
		throw problemAt('invalid argument to has() macro', positionOf(field));
	}

	const [object, name] = field.args;
	checker.check(object, scope);
	try {
		checker.check(field, scope);
	} catch (error) {
		throw (error as CelProblem).code === 'no_such_key'
			? problemAt(`undefined field '${name}'`, positionOf(ast))
			: error;
	}
};

/**
CEL's `has`: the library's own neither looks whether there is such a field nor behind an index.
*/
export const hasMacro = ({
	args,
	ast,
}: {
	readonly args: readonly ASTNode[];
	readonly ast: ASTNode;
}) => ({
	ast,
	field: args[0],
	typeCheck(checker: Checker, macro: HasMacro, scope: unknown) {
		checkField(checker, macro, scope);
		return checker.getType('bool');
	},
	evaluate(evaluator: Evaluator, {field}: HasMacro, scope: unknown) {
		const [object, name] = field.args as [ASTNode, string];
		return isPresent(evaluator.run(object, scope), name);
	},
});
