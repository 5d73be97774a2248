import {
	type Labels,
	type NodeSelector,
	type SelectorRequirement,
	type SelectorTerm,
} from './model.js';
import {
	expressionErrors,
	fieldErrors,
	joinErrors,
	parseInteger,
	type SelectorWording,
	uniqueErrors,
} from './selector-errors.js';

/**
What a selector is evaluated against.
*/
export type SelectableNode = {readonly name: string; readonly labels: Labels};

export type RequirementSource = 'matchExpressions' | 'matchFields';

export type RequirementResult = {
	readonly source: RequirementSource;
	readonly key: string;
	readonly operator: string;
	readonly values: readonly string[];
	/**
	The value the node has under the key; absent when it has none.
	*/
	readonly actual?: string;
	readonly matches: boolean;
	/**
	Kubernetes' words for what is wrong with the requirement itself.
	*/
	readonly errors: readonly string[];
};

export type TermResult = {
	/**
	A term without any requirement: it matches nothing and is passed over in silence.
	*/
	readonly isEmpty: boolean;
	readonly matches: boolean;
	readonly errors: readonly string[];
	readonly requirements: readonly RequirementResult[];
};

export type SelectorResult = {
	readonly matches: boolean;
	/**
	Present only when no term matches and at least one is malformed.
	*/
	readonly error?: string;
	readonly terms: readonly TermResult[];
};

const isBeyond = (
	operator: 'Gt' | 'Lt',
	actual: string | undefined,
	bound: string | undefined,
): boolean => {
	const left = actual === undefined ? undefined : parseInteger(actual);
	const right = bound === undefined ? undefined : parseInteger(bound);
	if (left === undefined || right === undefined) {
		return false;
	}

	return operator === 'Gt' ? left > right : left < right;
};

/**
Whether a well-formed requirement holds for a label value (`undefined`: the node has no such label).
*/
export const isRequirementMet = (
	operator: string,
	values: readonly string[],
	actual: string | undefined,
): boolean => {
	switch (operator) {
		case 'In': {
			return actual !== undefined && values.includes(actual);
		}

		case 'NotIn': {
			return actual === undefined || !values.includes(actual);
		}

		case 'Exists': {
			return actual !== undefined;
		}

		case 'DoesNotExist': {
			return actual === undefined;
		}

		case 'Gt':
		case 'Lt': {
			return isBeyond(operator, actual, values[0]);
		}

		default: {
			return false;
		}
	}
};

// The same requirement is put to every node: its own form is looked at once.
const wellFormed = new WeakSet<SelectorRequirement>();

const errorsOf = (
	requirement: SelectorRequirement,
	find: () => readonly string[],
): readonly string[] => {
	if (wellFormed.has(requirement)) {
		return [];
	}

	const errors = find();
	if (errors.length === 0) {
		wellFormed.add(requirement);
	}

	return errors;
};

const labelOf = (labels: Labels, key: string): string | undefined =>
	Object.hasOwn(labels, key) ? labels[key] : undefined;

const evaluateExpression = (
	requirement: SelectorRequirement,
	node: SelectableNode,
	path: string,
	wording: SelectorWording,
): RequirementResult => {
	const {key, operator, values = []} = requirement;
	const actual = labelOf(node.labels, key);
	const errors = errorsOf(requirement, () =>
		expressionErrors(requirement, path, wording),
	);
	return {
		source: 'matchExpressions',
		key,
		operator,
		values,
		...(actual !== undefined && {actual}),
		matches: errors.length === 0 && isRequirementMet(operator, values, actual),
		errors,
	};
};

const evaluateField = (
	requirement: SelectorRequirement,
	node: SelectableNode,
	path: string,
	wording: SelectorWording,
): RequirementResult => {
	const {key, operator, values = []} = requirement;
	const actual = key === 'metadata.name' ? node.name : undefined;
	const errors = fieldErrors(requirement, path, wording);
	// A field that does not exist reads as the empty text.
	const isEqual = (actual ?? '') === values[0];
	return {
		source: 'matchFields',
		key,
		operator,
		values,
		...(actual !== undefined && {actual}),
		matches: errors.length === 0 && (operator === 'In' ? isEqual : !isEqual),
		errors,
	};
};

const hasNone = (list: readonly unknown[] | undefined): boolean =>
	list === undefined || list.length === 0;

/**
Whether a term has no requirement at all. Such a term matches nothing.
*/
export const isEmptyTerm = (term: SelectorTerm): boolean =>
	hasNone(term.matchExpressions) && hasNone(term.matchFields);

/**
Evaluates one term; `index` is its place in the user's list and appears in messages.
*/
export const evaluateTerm = (
	term: SelectorTerm,
	node: SelectableNode,
	index: number,
	wording: SelectorWording,
): TermResult => {
	const path = `nodeSelectorTerms[${index}]`;
	const requirements = [
		...(term.matchExpressions ?? []).map((requirement, position) =>
			evaluateExpression(
				requirement,
				node,
				`${path}.matchExpressions[${position}]`,
				wording,
			),
		),
		...(term.matchFields ?? []).map((requirement, position) =>
			evaluateField(
				requirement,
				node,
				`${path}.matchFields[${position}]`,
				wording,
			),
		),
	];
	const errors = requirements.flatMap((result) => result.errors);
	return {
		isEmpty: requirements.length === 0,
		matches:
			requirements.length > 0 && requirements.every((result) => result.matches),
		errors,
		requirements,
	};
};

/**
Matches a node as Kubernetes' node affinity does, with its lazy errors: terms are ORed, requirements ANDed, a malformed term never
matches, and its errors are reported only when no other term matches (component-helpers nodeaffinity; Liqo: selector evaluation).

An empty list of terms matches nothing here; what it means for an offloading is the caller's rule.
*/
export const evaluateSelector = (
	selector: NodeSelector,
	node: SelectableNode,
	wording: SelectorWording = 'v1',
): SelectorResult => {
	const terms = selector.nodeSelectorTerms.map((term, index) =>
		evaluateTerm(term, node, index, wording),
	);
	if (terms.some((term) => term.matches)) {
		return {matches: true, terms};
	}

	const error = joinErrors(terms.flatMap((term) => term.errors));
	return error === undefined
		? {matches: false, terms}
		: {matches: false, error, terms};
};

/**
Every error of a selector, whatever the nodes are.
*/
export const selectorErrors = (
	selector: NodeSelector,
	wording: SelectorWording = 'v1',
): readonly string[] =>
	uniqueErrors(
		selector.nodeSelectorTerms.flatMap(
			(term, index) =>
				evaluateTerm(term, {name: '', labels: {}}, index, wording).errors,
		),
	);
