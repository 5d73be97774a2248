import {editDistance} from './findings/nearest.js';
import {labelValueProblems} from './label-syntax.js';
import {type SelectorRequirement, type SelectorTerm} from './model.js';
import {expressionOperators} from './selector-errors.js';
import {type SelectableNode} from './selector.js';

/**
A change of one requirement.
*/
export type Edit = {
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

	// Two letters of two or three make another word: "eu" is no slip for "us".
	const most = Math.min(one.length, other.length) > 3 ? 2 : 1;
	const found = editDistance(one, other, most);
	return found <= most ? found : undefined;
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

	return ['Gt', 'Lt'].includes(operator) && values.length > 1
		? values.map((value) => ({
				requirement: {key, operator, values: [value]},
				text: `keep only ${value} for ${key}: ${operator} takes one value`,
				cost: 1,
			}))
		: [];
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
	keys: ReadonlySet<string>,
): readonly Edit[] => {
	if (keys.has(requirement.key)) {
		return [];
	}

	const near = new Set(nodes.flatMap(({labels}) => Object.keys(labels)));
	return [...near].flatMap((key) => {
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

/**
In a longer list nobody looks for a misspelt value.
*/
const mostComparedValues = 100;

/**
Values that no label can have spoil the whole requirement: without them it holds for the others.
*/
const illegalEdits = (requirement: SelectorRequirement): readonly Edit[] => {
	const {key, operator, values = []} = requirement;
	const legal = values.filter(
		(value) => labelValueProblems(value, 'since-1.35').length === 0,
	);
	return ['In', 'NotIn'].includes(operator) &&
		legal.length > 0 &&
		legal.length < values.length
		? [
				{
					requirement: {...requirement, values: legal},
					text: `leave out ${values
						.filter((value) => !legal.includes(value))
						.map((value) => `"${value}"`)
						.join(', ')} for ${key}: no label can have that value`,
					cost: 2,
				},
			]
		: [];
};

/**
One of several values ruled out is let in again.
*/
const readmissions = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): readonly Edit[] => {
	const {key, operator, values = []} = requirement;
	return operator === 'NotIn'
		? labelsWith(nodes, key).flatMap((value): readonly Edit[] => {
				const left = values.filter((other) => other !== value);
				return left.length === 0 || left.length === values.length
					? []
					: [
							{
								requirement: {...requirement, values: left},
								text: `no longer rule out ${key}=${value}`,
								cost: 4,
							},
						];
			})
		: [];
};

const valueEdits = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
): readonly Edit[] => {
	const {key, operator, values = []} = requirement;
	if (operator !== 'In') {
		return [];
	}

	const listed = new Set(values);
	const seen = labelsWith(nodes, key).filter((value) => !listed.has(value));
	const compared = values.length > mostComparedValues ? [] : values;
	const split = compared.flatMap((value) =>
		value.split(/[\s,]+/v).filter((part) => part !== ''),
	);
	const isList =
		split.length > compared.length &&
		split.some((value) => seen.includes(value));
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
			const close = compared.find((old) => distance(old, value) !== undefined);
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

/**
What could have been meant by a requirement that some nodes fail: `nodes` are those that one looks for, `keys` the labels of all.
*/
export const editsOf = (
	requirement: SelectorRequirement,
	nodes: readonly SelectableNode[],
	keys: ReadonlySet<string>,
): readonly Edit[] => [
	...operatorEdits(requirement),
	...countEdits(requirement),
	...keyEdits(requirement, nodes, keys),
	...illegalEdits(requirement),
	...valueEdits(requirement, nodes),
	...readmissions(requirement, nodes),
	{
		text: `drop the requirement on ${requirement.key === '' ? 'an empty key' : requirement.key}`,
		cost: 6,
	},
];

/**
The term with one of its expressions edited.
*/
export const withEdit = (
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
