import {type ASTNode, type Environment} from '@marcbachmann/cel-js';
import {type CelProblem, positionOf} from './problem.js';
import {compilePattern} from './texts.js';
import {childrenOf} from './unsupported.js';

const largest = 2n ** 63n;

const problemAt = (message: string, node: ASTNode): CelProblem =>
	Object.assign(new Error(message), {
		range: {start: positionOf(node), end: node.end},
	});

const textOf = (node: ASTNode | undefined): string | undefined =>
	node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;

const isEvaluable = (environment: Environment, expression: string): boolean => {
	try {
		environment.evaluate(expression);
		return true;
	} catch {
		return false;
	}
};

const problemOf = (
	node: ASTNode,
	environment: Environment,
): CelProblem | undefined => {
	switch (node.op) {
		case 'id': {
			return node.args === 'cel'
				? problemAt("undeclared reference to 'cel' (in container '')", node)
				: undefined;
		}

		case 'value': {
			return typeof node.args === 'bigint' && node.args >= largest
				? problemAt('invalid int literal', node)
				: undefined;
		}

		case 'rcall': {
			const [name, , [argument]] = node.args;
			const pattern = textOf(argument);
			if (pattern === undefined || compilePattern(pattern)) {
				return undefined;
			}

			if (name === 're2test') {
				return problemAt('invalid matches argument', argument!);
			}

			return name === 'find' || name === 'findAll'
				? new Error(`error parsing regexp: ${pattern}`)
				: undefined;
		}

		case 'call': {
			const [name, [argument]] = node.args;
			const text = textOf(argument);
			return (name === 'duration' || name === 'timestamp') &&
				text !== undefined &&
				!isEvaluable(environment, `${name}(${JSON.stringify(text)})`)
				? problemAt(`invalid ${name} argument`, argument!)
				: undefined;
		}

		case '[]': {
			const [{start, end, input}] = node.args;
			const type = environment.check(input.slice(start, end)).type ?? '';
			return type.startsWith('Object')
				? problemAt(
						"found no matching overload for '_[_]' applied to '(selfType0, string)'",
						node,
					)
				: undefined;
		}

		default: {
			return undefined;
		}
	}
};

/**
What is wrong with an expression that the library does not see: literals that are no number, pattern, time or duration, objects asked like
maps, and names that Kubernetes does not have. A problem without a place is one of the program, not of the text.
*/
export const findLiteralProblem = (
	node: ASTNode,
	environment: Environment,
): CelProblem | undefined => {
	const problem = problemOf(node, environment);
	if (problem) {
		return problem;
	}

	for (const child of childrenOf(node)) {
		const found = findLiteralProblem(child, environment);
		if (found) {
			return found;
		}
	}

	return undefined;
};
