import {
	labelValueProblems,
	qualifiedNameProblems,
} from '../validation/names.js';
import {type Labels} from '../../core/kubernetes.js';

export type Requirement = {
	readonly key: string;
	readonly operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';
	readonly values: readonly string[];
};

/**
A parsed selector, or why it does not parse in the API server's words.
*/
export type Parsed<T> = {readonly selector: T} | {readonly problem: string};

type Token = {readonly kind: 'word' | 'sign'; readonly text: string};

const signs = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'];

const tokenize = (text: string): Token[] => {
	const tokens: Token[] = [];
	let position = 0;
	while (position < text.length) {
		if (/\s/v.test(text[position]!)) {
			position++;
			continue;
		}

		const sign = signs.find((candidate) =>
			text.startsWith(candidate, position),
		);
		if (sign !== undefined) {
			tokens.push({kind: 'sign', text: sign});
			position += sign.length;
			continue;
		}

		const [word = ''] = /^[^\s!\(\),<=>]+/v.exec(text.slice(position)) ?? [];
		tokens.push({kind: 'word', text: word});
		position += word.length;
	}

	return tokens;
};

class SelectorProblem extends Error {}

const described = (token: Token | undefined): string =>
	token === undefined ? '' : token.text;

const operators: Readonly<Record<string, Requirement['operator']>> = {
	'=': 'in',
	'==': 'in',
	'!=': 'notin',
	in: 'in',
	notin: 'notin',
	'>': 'gt',
	'<': 'lt',
};

const createReader = (tokens: readonly Token[]) => {
	let index = 0;
	const peek = () => tokens[index];
	const next = () => tokens[index++];
	const is = (text: string) => peek()?.kind === 'sign' && peek()?.text === text;

	const readValues = (): string[] => {
		if (!is('(')) {
			throw new SelectorProblem(`found '${described(peek())}' expected: '('`);
		}

		next();
		const values: string[] = [];
		for (;;) {
			const token = next();
			if (token?.kind === 'word') {
				values.push(token.text);
				if (is(',')) {
					next();
					continue;
				}

				if (is(')')) {
					next();
					return values;
				}

				throw new SelectorProblem(
					`found '${described(peek())}', expected: ',' or ')'`,
				);
			}

			if (token?.text === ')' || token?.text === ',') {
				values.push('');
				if (token.text === ')') {
					return values;
				}

				continue;
			}

			throw new SelectorProblem(
				`found '${described(token)}', expected: ',', ')' or identifier`,
			);
		}
	};

	const readValue = (): string => {
		if (peek()?.kind === 'word') {
			return next()?.text ?? '';
		}

		if (peek() !== undefined && !is(',')) {
			throw new SelectorProblem(
				`found '${described(peek())}', expected: identifier`,
			);
		}

		return '';
	};

	const readRequirement = (): Requirement => {
		const isNegated = is('!');
		if (isNegated) {
			next();
		}

		const key = next();
		if (key?.kind !== 'word') {
			throw new SelectorProblem(
				`found '${described(key)}', expected: identifier`,
			);
		}

		if (isNegated) {
			return {key: key.text, operator: '!', values: []};
		}

		if (peek() === undefined || is(',')) {
			return {key: key.text, operator: 'exists', values: []};
		}

		const sign = next();
		const operator = operators[sign?.text ?? ''];
		if (!operator || (sign?.kind === 'sign' && sign.text === '!')) {
			throw new SelectorProblem(
				`found '${described(sign)}', expected: in, notin, =, ==, !=, gt, lt`,
			);
		}

		const values = sign?.kind === 'word' ? readValues() : [readValue()];
		return {key: key.text, operator, values};
	};

	const beginsRequirement = (): boolean => peek()?.kind === 'word' || is('!');

	const stop = (expected: string): never => {
		throw new SelectorProblem(
			`found '${described(peek())}', expected: ${expected}`,
		);
	};

	const readOne = (): Requirement => {
		try {
			return readRequirement();
		} catch (error) {
			throw error instanceof SelectorProblem
				? new SelectorProblem(`unable to parse requirement: ${error.message}`)
				: error;
		}
	};

	return {
		readAll(): Requirement[] {
			const requirements: Requirement[] = [];
			if (!beginsRequirement()) {
				stop("!, identifier, or 'end of string'");
			}

			for (;;) {
				requirements.push(readOne());
				if (peek() === undefined) {
					return requirements;
				}

				if (!is(',')) {
					stop("',' or 'end of string'");
				}

				next();
				if (!beginsRequirement()) {
					stop("identifier after ','");
				}
			}
		},
	};
};

const problemOf = ({
	key,
	operator,
	values,
}: Requirement): string | undefined => {
	const [keyProblem] = qualifiedNameProblems(key);
	if (keyProblem !== undefined) {
		return `<nil>: Invalid value: ${JSON.stringify(key)}: ${qualifiedNameProblems(key).join('; ')}`;
	}

	if (operator === 'gt' || operator === 'lt') {
		return values.every((value) => /^-?\d+$/v.test(value))
			? undefined
			: `values[0]: Invalid value: ${JSON.stringify(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer`;
	}

	for (const [index, value] of values.entries()) {
		const problems = labelValueProblems(value);
		if (problems.length > 0) {
			return `values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`;
		}
	}

	return undefined;
};

/**
Reads a label selector as in a `labelSelector` query (apimachinery, labels.Parse). An empty one selects everything.
*/
export const parseLabelSelector = (
	text: string,
): Parsed<readonly Requirement[]> => {
	if (text.trim() === '') {
		return {selector: []};
	}

	try {
		const selector = createReader(tokenize(text)).readAll();
		for (const requirement of selector) {
			const problem = problemOf(requirement);
			if (problem !== undefined) {
				return {problem: `unable to parse requirement: ${problem}`};
			}
		}

		return {selector};
	} catch (error) {
		if (error instanceof SelectorProblem) {
			return {
				problem: error.message,
			};
		}

		throw error;
	}
};

const meets = (
	{key, operator, values}: Requirement,
	labels: Labels,
): boolean => {
	const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
	switch (operator) {
		case 'in': {
			return value !== undefined && values.includes(value);
		}

		case 'notin': {
			return value === undefined || !values.includes(value);
		}

		case 'exists': {
			return value !== undefined;
		}

		case '!': {
			return value === undefined;
		}

		case 'gt':
		case 'lt': {
			if (value === undefined || !/^-?\d+$/v.test(value)) {
				return false;
			}

			const limit = BigInt(values[0] ?? '0');
			return operator === 'gt' ? BigInt(value) > limit : BigInt(value) < limit;
		}
	}
};

export const matchesLabels = (
	selector: readonly Requirement[],
	labels: Labels | undefined,
): boolean => selector.every((requirement) => meets(requirement, labels ?? {}));
