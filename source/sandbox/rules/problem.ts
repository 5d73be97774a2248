import {type ASTNode} from '@marcbachmann/cel-js';

/**
What the library tells of an expression that is wrong, or of an evaluation that failed.
*/
export type CelProblem = Error & {
	readonly code?: string;
	readonly summary?: string;
	readonly node?: {readonly op?: string};
	readonly range?: {readonly start: number};
};

const binary = new Set([
	'!=',
	'==',
	'in',
	'+',
	'-',
	'*',
	'/',
	'%',
	'<',
	'<=',
	'>',
	'>=',
	'&&',
	'||',
]);

const find = (input: string, sign: string, from: number): number => {
	const found = input.indexOf(sign, from);
	return found === -1 ? from : found;
};

/**
Where Go says a part of an expression is: at its operator, its dot or its parenthesis.
*/
export const positionOf = (node: ASTNode): number => {
	const {input} = node;
	switch (node.op) {
		case '.':
		case '.?': {
			return find(input, '.', node.args[0].end);
		}

		case '[]':
		case '[?]': {
			return find(input, '[', node.args[0].end);
		}

		case 'call': {
			return find(input, '(', node.start);
		}

		case 'rcall': {
			return find(input, '(', node.args[1].end);
		}

		case '?:': {
			return find(input, '?', node.args[0].end);
		}

		default: {
			return binary.has(node.op)
				? find(input, node.op, (node.args as [ASTNode, ASTNode])[0].end)
				: node.start;
		}
	}
};
