import {parseLabelSelector} from '../core/label-selector.js';
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

const parseLabels = (text: string): Filter => {
	// The comma is typed before what follows it.
	const selector = parseLabelSelector(text.replace(/,\s*$/v, ''));
	return selector.isValid
		? {isValid: true, matches: ({labels}) => selector.matches(labels)}
		: selector;
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
