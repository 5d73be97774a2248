import {type Environment, type ParseResult} from '@marcbachmann/cel-js';
import {describeProblem} from './describe-problem.js';
import {toOwnNames} from './environment.js';
import {findLiteralProblem} from './literal-problem.js';
import {type CelProblem} from './problem.js';
import {findUnsupported, mentions} from './unsupported.js';

/**
An expression ready to be evaluated, or why it is not: `problem` when no API server would take it, `unsupported` when only this one does
not know what it asks for.
*/
export type Expression =
	| {
			readonly run: (values: Readonly<Record<string, unknown>>) => unknown;
			readonly usesOldSelf: boolean;
	  }
	| {readonly problem: string}
	| {readonly unsupported: string};

const parse = (
	environment: Environment,
	rule: string,
): ParseResult | CelProblem => {
	try {
		return environment.parse(toOwnNames(rule));
	} catch (error) {
		return error as CelProblem;
	}
};

/**
Compiles a rule or a message expression.

@param environment with `self` and `oldSelf` declared
@param rule
@param wanted the type of its value
@param wantedProblem what is said when it has another
*/
export const compileExpression = (
	environment: Environment,
	rule: string,
	wanted: 'bool' | 'string',
	wantedProblem: string,
): Expression => {
	// Format takes values of different types, everything else lists of one.
	const suited = rule.includes('.format(')
		? environment.clone({homogeneousAggregateLiterals: false})
		: environment;
	const parsed = parse(suited, rule);
	if (parsed instanceof Error) {
		return {
			problem: `compilation failed: ${describeProblem(parsed, rule, suited)}`,
		};
	}

	const unsupported = findUnsupported(parsed.ast);
	if (unsupported !== undefined) {
		return {unsupported};
	}

	const {valid, type, error} = parsed.check();
	if (!valid) {
		return {
			problem: `compilation failed: ${describeProblem(error as CelProblem, rule, suited)}`,
		};
	}

	const literal = findLiteralProblem(parsed.ast, suited);
	if (literal) {
		return {
			problem:
				'range' in literal
					? `compilation failed: ${describeProblem(literal, rule, suited)}`
					: `program instantiation failed: ${literal.message}`,
		};
	}

	if (type !== wanted) {
		return {problem: wantedProblem};
	}

	return {
		usesOldSelf: mentions(parsed.ast, 'oldSelf'),
		run: (values) => parsed({...values}) as unknown,
	};
};
