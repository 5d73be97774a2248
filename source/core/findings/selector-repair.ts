import {
	type NodeSelector,
	type SelectorRequirement,
	type SelectorTerm,
} from '../model.js';
import {selectorErrors} from '../selector.js';
import {expressionOperators} from '../selector-errors.js';
import {requirementText} from '../requirement-text.js';
import {editDistance, nearest} from './nearest.js';

const synonyms: Readonly<Record<string, string>> = {
	'=': 'In',
	'==': 'In',
	equal: 'In',
	equals: 'In',
	eq: 'In',
	is: 'In',
	'!=': 'NotIn',
	notequals: 'NotIn',
	neq: 'NotIn',
	not: 'NotIn',
	exist: 'Exists',
	notexists: 'DoesNotExist',
	'!': 'DoesNotExist',
	'>': 'Gt',
	greaterthan: 'Gt',
	'<': 'Lt',
	lessthan: 'Lt',
};

/**
The legal operator that was probably meant.
*/
export const likelyOperator = (operator: string): string | undefined => {
	if ((expressionOperators as readonly string[]).includes(operator)) {
		return operator;
	}

	const plain = operator.toLowerCase().replaceAll(/[ \-_]/gv, '');
	return (
		expressionOperators.find((one) => one.toLowerCase() === plain) ??
		synonyms[plain] ??
		nearest(operator, expressionOperators)[0] ??
		expressionOperators.find(
			(one) => editDistance(one.toLowerCase(), plain) <= 1,
		)
	);
};

const withoutTail = (text: string): string =>
	text.slice(
		0,
		[...text].findLastIndex((character) => /[\da-z]/iv.test(character)) + 1,
	);

const legalText = (text: string): string =>
	withoutTail(
		text
			.trim()
			.replaceAll(/\s+/gv, '-')
			.replaceAll(/[^\w\-.\/]/gv, '')
			.replace(/^[^\da-z]+/iv, ''),
	);

const repairRequirement = (
	requirement: SelectorRequirement,
): SelectorRequirement | undefined => {
	const values = (requirement.values ?? []).flatMap((value) =>
		value.includes(',')
			? value.split(',').map((part) => legalText(part))
			: [value],
	);
	const operator = likelyOperator(requirement.operator);
	const key = legalText(requirement.key);
	if (operator === undefined || key === '') {
		return undefined;
	}

	switch (operator) {
		case 'In':
		case 'NotIn': {
			const legal = values.map((value) => legalText(value));
			return legal.length === 0
				? {key, operator: operator === 'In' ? 'Exists' : 'DoesNotExist'}
				: {key, operator, values: legal};
		}

		case 'Exists':
		case 'DoesNotExist': {
			return {key, operator};
		}

		default: {
			return {key, operator, values: values.slice(0, 1)};
		}
	}
};

/**
The selector with every malformed requirement put right by the smallest plausible edit; nothing when no guess makes it legal.
*/
export const repairSelector = (
	selector: NodeSelector,
	wording: 'v0.3' | 'v1' = 'v1',
): NodeSelector | undefined => {
	const isLegal = (term: SelectorTerm) =>
		selectorErrors({nodeSelectorTerms: [term]}, wording).length === 0;
	const terms: SelectorTerm[] = [];
	for (const term of selector.nodeSelectorTerms) {
		if (isLegal(term)) {
			terms.push(term);
			continue;
		}

		const matchExpressions: SelectorRequirement[] = [];
		for (const requirement of term.matchExpressions ?? []) {
			const repaired = isLegal({matchExpressions: [requirement]})
				? requirement
				: repairRequirement(requirement);
			if (!repaired) {
				return undefined;
			}

			matchExpressions.push(repaired);
		}

		const fields = (term.matchFields ?? []).filter((requirement) =>
			isLegal({matchFields: [requirement]}),
		);
		terms.push({
			matchExpressions,
			...(fields.length > 0 && {matchFields: fields}),
		});
	}

	const repaired = {nodeSelectorTerms: terms};
	return selectorErrors(repaired, wording).length === 0 ? repaired : undefined;
};

/**
A copy of the selector with one requirement replaced, or dropped when there is no replacement.
*/
export const withRequirement = (
	selector: NodeSelector,
	term: number,
	index: number,
	replacement: SelectorRequirement | undefined,
): NodeSelector => ({
	nodeSelectorTerms: selector.nodeSelectorTerms.map((one, position) =>
		position === term
			? {
					...one,
					matchExpressions: (one.matchExpressions ?? []).flatMap(
						(requirement, place) =>
							place === index
								? replacement
									? [replacement]
									: []
								: [requirement],
					),
				}
			: one,
	),
});

/**
`region In [eu, us], tier Exists; or zone In [a]`.
*/
export const describeSelector = (selector: NodeSelector): string => {
	if (selector.nodeSelectorTerms.length === 0) {
		return 'every cluster';
	}

	return selector.nodeSelectorTerms
		.map((term) =>
			[...(term.matchExpressions ?? []), ...(term.matchFields ?? [])]
				.map((requirement) => requirementText(requirement))
				.join(', '),
		)
		.map((term) => (term === '' ? '(empty term)' : term))
		.join('; or ');
};
