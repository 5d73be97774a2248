import {type Labels} from '../core/model.js';

/**
What a row offers to a filter.
*/
export type Filterable = {
	readonly text: string;
	readonly labels: Labels;
};

/**
A filter as typed, made into a test; or the reason why it is none.

- `text`: regular expression, case ignored unless it has a capital.
- `!text`: rows that do not match it.
- `-l key=value,key!=value,key,!key,key in (a,b),key notin (a,b)`: labels, as kubectl takes them.
- `-f text`: fuzzy, the characters in this order.
*/
export type Filter =
	| {readonly isValid: true; matches(row: Filterable): boolean}
	| {readonly isValid: false; readonly problem: string};

type LabelTest = (labels: Labels) => boolean;

/**
Splits at the commas that are not inside the brackets of a set.
*/
const splitRequirements = (text: string): readonly string[] => {
	const parts: string[] = [];
	let part = '';
	let depth = 0;
	for (const character of text) {
		if (character === ',' && depth === 0) {
			parts.push(part.trim());
			part = '';
			continue;
		}

		if (character === '(') {
			depth++;
		} else if (character === ')') {
			depth--;
		}

		part += character;
	}

	return [...parts, part.trim()];
};

const inSetForm =
	/^(?<key>\S+)\s+(?<operator>in|notin)\s*\((?<values>[^\)]*)\)$/v;
const equalityForm =
	/^(?<key>[^\s!=]+)\s*(?<operator>==|=|!=)\s*(?<value>[^\s!=]*)$/v;
const existsForm = /^(?<not>!?)\s*(?<key>[^\s!\(\),=]+)$/v;

const parseRequirement = (text: string): LabelTest | undefined => {
	const set = inSetForm.exec(text)?.groups;
	if (set) {
		const values = new Set(set.values!.split(',').map((value) => value.trim()));
		const isIn = set.operator === 'in';
		return (labels) => {
			const value = labels[set.key!];
			return isIn
				? value !== undefined && values.has(value)
				: value === undefined || !values.has(value);
		};
	}

	const equality = equalityForm.exec(text)?.groups;
	if (equality) {
		const isEqual = equality.operator !== '!=';
		return (labels) => (labels[equality.key!] === equality.value) === isEqual;
	}

	const exists = existsForm.exec(text)?.groups;
	return exists
		? (labels) => Object.hasOwn(labels, exists.key!) === (exists.not === '')
		: undefined;
};

const parseLabels = (text: string): Filter => {
	const tests: LabelTest[] = [];
	for (const part of splitRequirements(text)) {
		if (part === '') {
			continue;
		}

		const test = parseRequirement(part);
		if (!test) {
			return {
				isValid: false,
				problem: `"${part}" is no label selector; write key=value, key!=value, key, !key or key in (a,b)`,
			};
		}

		tests.push(test);
	}

	return {
		isValid: true,
		matches: (row) => tests.every((test) => test(row.labels)),
	};
};

const isFuzzyMatch = (wanted: string, text: string): boolean => {
	let at = 0;
	for (const character of wanted) {
		at = text.indexOf(character, at) + 1;
		if (at === 0) {
			return false;
		}
	}

	return true;
};

const parseFuzzy = (text: string): Filter => {
	const wanted = text.toLowerCase().replaceAll(' ', '');
	return {
		isValid: true,
		matches: (row) => isFuzzyMatch(wanted, row.text.toLowerCase()),
	};
};

const parseRegExp = (text: string, isInverse: boolean): Filter => {
	try {
		const expression = new RegExp(
			text,
			/\p{Uppercase_Letter}/v.test(text) ? 'u' : 'iu',
		);
		return {
			isValid: true,
			matches: (row) => expression.test(row.text) !== isInverse,
		};
	} catch {
		return {
			isValid: false,
			problem: `"${text}" is no regular expression; -f ${text} looks for the characters themselves`,
		};
	}
};

const matchesAll: Filter = {isValid: true, matches: () => true};

export const parseFilter = (typed: string): Filter => {
	const text = typed.trim();
	if (['', '!', '-l', '-f'].includes(text)) {
		return matchesAll;
	}

	if (text.startsWith('-l ')) {
		return parseLabels(text.slice(3));
	}

	if (text.startsWith('-f ')) {
		return parseFuzzy(text.slice(3));
	}

	return text.startsWith('!')
		? parseRegExp(text.slice(1), true)
		: parseRegExp(text, false);
};
