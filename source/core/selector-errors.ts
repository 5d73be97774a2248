import {
	labelKeyProblems,
	labelValueProblems,
	quote,
	type SyntaxWording,
} from './label-syntax.js';
import {type SelectorRequirement} from './model.js';

/**
Which release of Kubernetes' selector library speaks: the one in Liqo v0.3 (0.22) or the one in v1.2 (0.35). Only the wording differs.
*/
export type SelectorWording = 'v0.3' | 'v1';

const syntaxWordings: Readonly<Record<SelectorWording, SyntaxWording>> = {
	'v0.3': 'until-1.34',
	v1: 'since-1.35',
};

export const expressionOperators = [
	'In',
	'NotIn',
	'Exists',
	'DoesNotExist',
	'Gt',
	'Lt',
] as const;

export const fieldOperators = ['In', 'NotIn'] as const;

const isDecimal = (text: string): boolean => /^[+\-]?\d+$/v.test(text);

const smallest = -9_223_372_036_854_775_808n;
const largest = 9_223_372_036_854_775_807n;

/**
Reads a signed 64-bit decimal integer as Go's `ParseInt` does; undefined when it is not one.
*/
export const parseInteger = (text: string): bigint | undefined => {
	if (!isDecimal(text)) {
		return undefined;
	}

	const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
	return value < smallest || value > largest ? undefined : value;
};

/**
A text as Go's JSON encoder writes it: fit for the inside of a web page.
*/
const printText = (value: string): string =>
	JSON.stringify(value).replaceAll(
		/[&<>\u{2028}\u{2029}]/gv,
		(character) =>
			String.raw`\u` +
			(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'),
	);

const printList = (
	values: readonly string[] | undefined,
	wording: SelectorWording,
): string => {
	if (wording === 'v0.3') {
		return values === undefined
			? '[]string(nil)'
			: `[]string{${values.map((value) => quote(value)).join(', ')}}`;
	}

	return values === undefined
		? 'null'
		: `[${values.map((value) => printText(value)).join(',')}]`;
};

const isOneOf = (operators: readonly string[], operator: string): boolean =>
	operators.includes(operator);

const unsupported = (
	path: string,
	operator: string,
	supported: readonly string[] | undefined,
): string => {
	const list =
		supported === undefined
			? ''
			: `: supported values: ${supported.map((value) => quote(value)).join(', ')}`;
	return `${path}.operator: Unsupported value: ${quote(operator)}${list}`;
};

const countError = (operator: string, count: number): string | undefined => {
	switch (operator) {
		case 'In':
		case 'NotIn': {
			return count === 0
				? "for 'in', 'notin' operators, values set can't be empty"
				: undefined;
		}

		case 'Exists':
		case 'DoesNotExist': {
			return count === 0
				? undefined
				: 'values set must be empty for exists and does not exist';
		}

		default: {
			return count === 1
				? undefined
				: "for 'Gt', 'Lt' operators, exactly one value is required";
		}
	}
};

const integerErrors = (
	operator: string,
	values: readonly string[],
	path: string,
): readonly string[] =>
	operator === 'Gt' || operator === 'Lt'
		? values.flatMap((value, index) =>
				parseInteger(value) === undefined
					? [
							`${path}.values[${index}]: Invalid value: ${quote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
						]
					: [],
			)
		: [];

const valueErrors = (
	key: string,
	values: readonly string[],
	path: string,
	wording: SelectorWording,
): readonly string[] =>
	values.flatMap((value, index) => {
		const problems = labelValueProblems(value, syntaxWordings[wording]);
		return problems.length === 0
			? []
			: [
					`${path}.values[${index}][${key}]: Invalid value: ${quote(value)}: ${problems.join('; ')}`,
				];
	});

export const uniqueErrors = (
	messages: readonly string[],
): readonly string[] => [...new Set(messages)];

/**
What is wrong with a requirement on labels, in the order in which Kubernetes reports it: key, number of values, integers, values.
*/
export const expressionErrors = (
	requirement: SelectorRequirement,
	path: string,
	wording: SelectorWording,
): readonly string[] => {
	const {key, operator, values} = requirement;
	if (!isOneOf(expressionOperators, operator)) {
		return [
			unsupported(
				path,
				operator,
				wording === 'v1' ? expressionOperators : undefined,
			),
		];
	}

	const given = values ?? [];
	const keyProblems = labelKeyProblems(key, syntaxWordings[wording]);
	const keyErrors =
		keyProblems.length === 0
			? []
			: [
					`${path}.key: Invalid value: ${quote(key)}: ${keyProblems.join('; ')}`,
				];
	const wrongCount = countError(operator, given.length);
	const countErrors =
		wrongCount === undefined
			? []
			: [
					`${path}.values: Invalid value: ${printList(values, wording)}: ${wrongCount}`,
				];
	return uniqueErrors([
		...keyErrors,
		...countErrors,
		...integerErrors(operator, given, path),
		...valueErrors(key, given, path, wording),
	]);
};

/**
What is wrong with a requirement on fields.
*/
export const fieldErrors = (
	requirement: SelectorRequirement,
	path: string,
	wording: SelectorWording,
): readonly string[] => {
	const {operator, values} = requirement;
	if (!isOneOf(fieldOperators, operator)) {
		return [unsupported(path, operator, fieldOperators)];
	}

	return values?.length === 1
		? []
		: [
				`${path}.values: Invalid value: ${printList(values, wording)}: must have one element`,
			];
};

/**
Several errors as Kubernetes joins them: one alone, several in brackets, duplicates removed; undefined when there is none.
*/
export const joinErrors = (errors: readonly string[]): string | undefined => {
	const messages = uniqueErrors(errors);
	return messages.length > 1 ? `[${messages.join(', ')}]` : messages[0];
};
