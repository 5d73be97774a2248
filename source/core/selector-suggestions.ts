import {editDistance} from './findings/nearest.js';
import {
	type NodeSelector,
	type SelectorRequirement,
	type SelectorTerm,
} from './model.js';
import {
	evaluateSelector,
	isRequirementMet,
	type SelectableNode,
} from './selector.js';
import {expressionErrors, expressionOperators} from './selector-errors.js';

export type SelectorSuggestion = {
	readonly selector: NodeSelector;
	/**
	Names of the nodes it selects.
	*/
	readonly selects: readonly string[];
	/**
	Names of the nodes that the present selector selects and this one does not.
	*/
	readonly drops: readonly string[];
	/**
	What is changed, in sentences.
	*/
	readonly edits: readonly string[];
};

type Edit = {
	/**
	Absent: the requirement goes.
	*/
	readonly requirement?: SelectorRequirement;
	readonly text: string;
	/**
	How far it is from what was meant; small first.
	*/
	readonly cost: number;
};

const squash = (text: string): string =>
	text.toLowerCase().replaceAll(/[^\da-z]/gv, '');

/**
How much two words differ, from 0 (the same but for case and separators); undefined when they have nothing to do with each other.
*/
const distance = (one: string, other: string): number | undefined => {
	if (squash(one) === squash(other)) {
		return 0;
	}

	const found = editDistance(one, other, 2);
	return found <= 2 ? found : undefined;
};

const operatorEdits = (requirement: SelectorRequirement): readonly Edit[] => {
	const {operator, values = []} = requirement;
	if ((expressionOperators as readonly string[]).includes(operator)) {
		return [];
	}

	const close = expressionOperators.filter(
		(candidate) => distance(operator, candidate) !== undefined,
	);
	const meant =
		close.length > 0 ? close : values.length > 0 ? ['In', 'NotIn'] : ['Exists'];
	return meant.map((candidate, index) => ({
		requirement: {...requirement, operator: candidate},
		text: `write operator ${candidate} instead of "${operator}"`,
		cost: 1 + index,
	}));
};

const countEdits = (requirement: SelectorRequirement): readonly Edit[] => {
	const {key, operator, values = []} = requirement;
	if (['Exists', 'DoesNotExist'].includes(operator) && values.length > 0) {
		return [
			{
				requirement: {key, operator},
				text: `leave out the values of ${key}: ${operator} takes none`,
				cost: 1,
			},
			...(operator === 'Exists'
				? [
						{
							requirement: {key, operator: 'In', values},
							text: `write In instead of Exists for ${key}`,
							cost: 2,
						},
					]
				: []),
		];
	}

	if (['In', 'NotIn'].includes(operator) && values.length === 0) {
		const opposite = operator === 'In' ? 'Exists' : 'DoesNotExist';
		return [
			{
				requirement: {key, operator: opposite},
				text: `write ${opposite} for ${key}: ${operator} needs values`,
				cost: 1,
			},
		];
	}

	return [];
};

const labelsWith = (
	nodes: readonly SelectableNode[],
	key: string,
): readonly string[] => [
	...new Set(
		nodes.flatMap(({labels}) =>
			Object.hasOwn(labels, key) ? [labels[key] ?? ''] : [],
		),
	),
];

const keyEdits = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): readonly Edit[] => {
	if (labelsWith(nodes, requirement.key).length > 0) {
		return [];
	}

	const keys = new Set(nodes.flatMap(({labels}) => Object.keys(labels)));
	return [...keys].flatMap((key) => {
		const found = distance(requirement.key, key);
		return found === undefined
			? []
			: [
					{
						requirement: {...requirement, key},
						text: `ask for ${key} instead of ${requirement.key}`,
						cost: 1 + found,
					},
				];
	});
};

const valueEdits = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): readonly Edit[] => {
	const {key, operator, values = []} = requirement;
	if (operator !== 'In') {
		return [];
	}

	const seen = labelsWith(nodes, key).filter(
		(value) => !values.includes(value),
	);
	const split = values.flatMap((value) =>
		value.split(/[\s,]+/v).filter((part) => part !== ''),
	);
	const isList =
		split.length > values.length && split.some((value) => seen.includes(value));
	return [
		...(isList
			? [
					{
						requirement: {...requirement, values: split},
						text: `write the values of ${key} one by one: ${split.join(', ')}`,
						cost: 1,
					},
				]
			: []),
		...seen.map((value) => {
			const close = values.find((old) => distance(old, value) !== undefined);
			return close === undefined
				? {
						requirement: {...requirement, values: [...values, value]},
						text: `also accept ${key}=${value}`,
						cost: 4,
					}
				: {
						requirement: {
							...requirement,
							values: values.map((old) => (old === close ? value : old)),
						},
						text: `write ${key}=${value} instead of ${close}`,
						cost: 1 + (distance(close, value) ?? 0),
					};
		}),
	];
};

const editsOf = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): readonly Edit[] => [
	...operatorEdits(requirement),
	...countEdits(requirement),
	...keyEdits(requirement, nodes),
	...valueEdits(requirement, nodes),
	{
		text: `drop the requirement on ${requirement.key === '' ? 'an empty key' : requirement.key}`,
		cost: 6,
	},
];

const isBroken = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): boolean =>
	expressionErrors(requirement, '', 'v1').length > 0 ||
	nodes.some(
		({labels}) =>
			!isRequirementMet(
				requirement.operator,
				requirement.values ?? [],
				Object.hasOwn(labels, requirement.key)
					? labels[requirement.key]
					: undefined,
			),
	);

const withTerm = (
	selector: NodeSelector,
	index: number,
	term: SelectorTerm,
): NodeSelector => ({
	nodeSelectorTerms: selector.nodeSelectorTerms.with(index, term),
});

const withEdit = (
	term: SelectorTerm,
	index: number,
	{requirement}: Edit,
): SelectorTerm => {
	const expressions = term.matchExpressions ?? [];
	return {
		...term,
		matchExpressions: expressions.toSpliced(
			index,
			1,
			...(requirement === undefined ? [] : [requirement]),
		),
	};
};

const selectedBy = (
	selector: NodeSelector,
	nodes: readonly SelectableNode[],
): readonly string[] =>
	selector.nodeSelectorTerms.length === 0
		? nodes.map(({name}) => name)
		: nodes
				.filter((node) => evaluateSelector(selector, node).matches)
				.map(({name}) => name);

const mostSuggestions = 8;

/**
The smallest edits that would make a selector choose more of the virtual nodes there are: a requirement dropped, a value that nodes really have added,
a misspelt key, operator or value put right. Nearest to what was meant first, then those that change the choice least; none when nothing gets better.
*/
export const suggestSelectors = (
	selector: NodeSelector,
	nodes: readonly SelectableNode[],
): readonly SelectorSuggestion[] => {
	const before = new Set(selectedBy(selector, nodes));
	const found = new Map<
		string,
		{suggestion: SelectorSuggestion; rank: readonly number[]}
	>();

	const consider = (candidate: NodeSelector, text: string, cost: number) => {
		const selects = selectedBy(candidate, nodes);
		const gained = selects.filter((name) => !before.has(name));
		const drops = [...before].filter((name) => !selects.includes(name));
		const key = JSON.stringify(candidate);
		if (gained.length === 0 || found.has(key)) {
			return;
		}

		found.set(key, {
			suggestion: {selector: candidate, selects, drops, edits: [text]},
			rank: [drops.length, cost, gained.length],
		});
	};

	for (const [index, term] of selector.nodeSelectorTerms.entries()) {
		const expressions = term.matchExpressions ?? [];
		for (const [position, requirement] of expressions.entries()) {
			const edits = isBroken(requirement, nodes)
				? editsOf(requirement, nodes)
				: [];
			for (const edit of edits) {
				const next = withEdit(term, position, edit);
				const isEmpty =
					next.matchExpressions?.length === 0 &&
					(next.matchFields ?? []).length === 0;
				const candidate = isEmpty
					? {
							nodeSelectorTerms: selector.nodeSelectorTerms.toSpliced(index, 1),
						}
					: withTerm(selector, index, next);
				consider(candidate, edit.text, edit.cost);
			}
		}
	}

	const all = found.values().toArray();
	return all
		.toSorted((one, other) => {
			const index = one.rank.findIndex(
				(value, place) => value !== other.rank[place],
			);
			return (one.rank[index] ?? 0) - (other.rank[index] ?? 0);
		})
		.slice(0, mostSuggestions)
		.map(({suggestion}) => suggestion);
};
