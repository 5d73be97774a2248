import {type Labels} from './model.js';

/**
A label selector as kubectl takes it with `-l`, made into a test; or why it is none.
*/
export type LabelSelector =
	| {readonly isValid: true; matches(labels: Labels): boolean}
	| {readonly isValid: false; readonly problem: string};

type Test = (labels: Labels) => boolean;

const valueOf = (labels: Labels, key: string): string | undefined =>
	Object.hasOwn(labels, key) ? labels[key] : undefined;

/**
Splits at the commas that are not inside the brackets of a set.
*/
const splitTerms = (text: string): readonly string[] => {
	const terms: string[] = [];
	let depth = 0;
	let start = 0;
	for (let index = 0; index <= text.length; index++) {
		const character = text[index];
		if (character === '(') {
			depth++;
		} else if (character === ')') {
			depth--;
		} else if (character === undefined || (character === ',' && depth === 0)) {
			terms.push(text.slice(start, index).trim());
			start = index + 1;
		}
	}

	return terms;
};

const key = String.raw`(?<key>[\w\-.\/]+)`;
const memberForm = new RegExp(
	String.raw`^${key}\s+(?<operator>in|notin)\s*\((?<values>[^\(\)]*)\)$`,
	'v',
);
const equalForm = new RegExp(
	String.raw`^${key}\s*(?<operator>==|=|!=)\s*(?<value>[\w\-.]*)$`,
	'v',
);
const existsForm = new RegExp(String.raw`^(?<not>!?)\s*${key}$`, 'v');

const parseTerm = (term: string): Test | undefined => {
	const set = memberForm.exec(term)?.groups;
	if (set) {
		const values = new Set(
			(set.values ?? '').split(',').map((value) => value.trim()),
		);
		// As Kubernetes: an object without the key satisfies "notin".
		return set.operator === 'in'
			? (labels) => {
					const value = valueOf(labels, set.key ?? '');
					return value !== undefined && values.has(value);
				}
			: (labels) => {
					const value = valueOf(labels, set.key ?? '');
					return value === undefined || !values.has(value);
				};
	}

	const equal = equalForm.exec(term)?.groups;
	if (equal) {
		return equal.operator === '!='
			? (labels) => valueOf(labels, equal.key ?? '') !== equal.value
			: (labels) => valueOf(labels, equal.key ?? '') === equal.value;
	}

	const exists = existsForm.exec(term)?.groups;
	return (
		exists &&
		((labels) =>
			(valueOf(labels, exists.key ?? '') === undefined) ===
			(exists.not === '!'))
	);
};

/**
Reads `key=value`, `key==value`, `key!=value`, `key`, `!key`, `key in (a,b)`, `key notin (a,b)`, joined by commas.
*/
export const parseLabelSelector = (text: string): LabelSelector => {
	const tests: Test[] = [];
	for (const term of splitTerms(text)) {
		if (term === '' && text.trim() === '') {
			continue;
		}

		const test = parseTerm(term);
		if (test === undefined) {
			return {
				isValid: false,
				problem: `"${term}" is no label selector: write key=value, key!=value, key, !key, key in (a,b) or key notin (a,b).`,
			};
		}

		tests.push(test);
	}

	return {
		isValid: true,
		matches: (labels) => tests.every((test) => test(labels)),
	};
};
