import {type ASTNode, type Environment} from '@marcbachmann/cel-js';
import {celName, toOwnNames} from './environment.js';
import {type CelProblem, positionOf} from './problem.js';

/**
A type as Go writes it.
*/
const typeText = (name: string): string =>
	name
		.replaceAll('google.protobuf.Timestamp', 'timestamp')
		.replaceAll('google.protobuf.Duration', 'duration')
		.replaceAll(/\bObject\d+/gv, 'selfType0')
		.replaceAll('optional<', 'optional_type<')
		.replaceAll('<', '(')
		.replaceAll('>', ')');

const noOverload = (name: string, types: string): string =>
	`found no matching overload for '${name}' applied to '${typeText(types)}'`;

const undeclared = (name: string): string =>
	`undeclared reference to '${name}' (in container '')`;

const operatorNames: Readonly<Record<string, string>> = {in: '@in'};

const describeOperator = (summary: string): string | undefined => {
	const both =
		/^no such overload: (?<left>\S+(?:, \S+>)?) (?<sign>\S+) (?<right>\S.*)$/v.exec(
			summary,
		)?.groups;
	if (both) {
		const {left, sign = '', right} = both;
		return noOverload(
			operatorNames[sign] ?? `_${sign}_`,
			`(${left}, ${right})`,
		);
	}

	const one = /^no such overload: (?<sign>[!\-])(?<type>\S+)$/v.exec(
		summary,
	)?.groups;
	return one && noOverload(`${one.sign}_`, `(${one.type})`);
};

const isNode = (node: CelProblem['node']): node is ASTNode =>
	node?.op !== undefined;

const describeCall = (
	summary: string,
	node: CelProblem['node'],
	isKnown: (name: string) => boolean,
	typeOf: (node: ASTNode) => string,
): string | undefined => {
	// As in 'string.startsWith(int)' or 'size(int)'.
	const call = summary.slice(
		summary.indexOf("'") + 1,
		summary.lastIndexOf("'"),
	);
	const open = call.indexOf('(');
	if (open === -1) {
		return undefined;
	}

	const own = call.slice(call.lastIndexOf('.', open) + 1, open);
	const types = call.slice(open);
	const name = celName(own);
	if (!isKnown(own)) {
		return undeclared(name);
	}

	return noOverload(
		name,
		isNode(node) && node.op === 'rcall'
			? `${typeOf(node.args[1])}.${types}`
			: types,
	);
};

const endOfRule =
	"mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

const describeSyntax = (code: string, text: string): string =>
	/^(?:expected|invalid|unexpected|unterminated)_/v.test(code)
		? `Syntax error: ${text === 'Unexpected token: EOF' ? endOfRule : text}`
		: text;

const describe = (
	{code, summary, message, node}: CelProblem,
	isKnown: (name: string) => boolean,
	typeOf: (node: ASTNode) => string,
): string => {
	const text = summary ?? message;
	const last = typeText(text.split("'").at(-2) ?? '');
	switch (code) {
		case 'no_such_key': {
			return `undefined field '${text.replace('No such key: ', '')}'`;
		}

		case 'unknown_variable': {
			return undeclared(text.replace('Unknown variable: ', ''));
		}

		case 'no_such_overload': {
			return describeOperator(text) ?? text;
		}

		case 'no_matching_overload': {
			return describeCall(text, node, isKnown, typeOf) ?? text;
		}

		case 'cannot_index_type': {
			return `type '${last}' does not support field selection`;
		}

		case 'invalid_comprehension_range': {
			return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/v, '');
		}

		case 'incompatible_ternary_branches':
		case 'invalid_index_type': {
			return isNode(node)
				? noOverload(
						node.op === '?:' ? '_?_:_' : '_[_]',
						`(${(node.args as ASTNode[]).map((part) => typeOf(part)).join(', ')})`,
					)
				: text;
		}

		case 'invalid_logical_operand':
		case 'invalid_condition_type': {
			return `expected type 'bool' but found '${last}'`;
		}

		case 'heterogeneous_list_element':
		case 'heterogeneous_map_value': {
			const [, expected = '', found = ''] =
				/expected type '(.+)' but found '(.+)'/v.exec(text) ?? [];
			return `expected type '${typeText(expected)}' but found '${typeText(found)}'`;
		}

		case 'invalid_macro_argument': {
			return 'argument must be a simple name';
		}

		case undefined: {
			return text;
		}

		default: {
			return describeSyntax(code, text);
		}
	}
};

/**
Where a problem is: of what is no truth in `&&` and `||`, that is at the operand.
*/
const placeOf = (
	{node, range, code}: CelProblem,
	typeOf: (node: ASTNode) => string,
): number => {
	if (!isNode(node)) {
		return range?.start ?? 0;
	}

	if (code === 'invalid_logical_operand') {
		const operands = node.args as [ASTNode, ASTNode];
		const wrong = operands.find(
			(operand) => !['bool', 'dyn'].includes(typeOf(operand)),
		);
		return positionOf(wrong ?? operands[0]);
	}

	return positionOf(node);
};

/**
Says where and why an expression does not compile, as the API server says it.
*/
export const describeProblem = (
	problem: CelProblem,
	input: string,
	environment: Environment,
): string => {
	const names = new Set(
		environment.getDefinitions().functions.map(({name}) => name),
	);
	const typeOf = ({start, end}: ASTNode): string =>
		environment.check(toOwnNames(input.slice(start, end))).type ?? 'dyn';
	const position = placeOf(problem, typeOf);
	const before = input.slice(0, position).split('\n');
	const column = before.at(-1)!.length;
	const line = input.split('\n')[before.length - 1] ?? '';
	return [
		`ERROR: <input>:${before.length}:${column + 1}: ${describe(problem, (name) => names.has(name), typeOf)}`,
		` | ${line}`,
		` | ${'.'.repeat(column)}^`,
	].join('\n');
};

/**
Says why an evaluation failed, as the API server says it.
*/
export const describeFailure = ({
	code,
	summary,
	message,
}: CelProblem): string => {
	const text = summary ?? message;
	switch (code) {
		case 'no_such_key': {
			return text.replace('No such key', 'no such key');
		}

		case 'index_out_of_bounds': {
			const index = /index (?<index>-?\d+)/v.exec(text)?.groups?.index;
			return `index out of bounds: ${index ?? ''}`;
		}

		case 'numeric_overflow': {
			return 'integer overflow';
		}

		case 'modulo_by_zero': {
			return 'modulus by zero';
		}

		case 'no_matching_overload':
		case 'no_such_overload': {
			return 'no such overload';
		}

		case 'optional_value_missing': {
			return 'optional.none() dereference';
		}

		default: {
			return text;
		}
	}
};
