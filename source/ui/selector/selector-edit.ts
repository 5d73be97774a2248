import {
	type NodeSelector,
	type SelectorRequirement,
	type SelectorTerm,
} from '../../core/model.js';
import {offloadingIn, type World} from '../../core/world.js';
import {type SelectorEdit} from '../reducer/state.js';

export type Kind = 'matchExpressions' | 'matchFields';

/**
Where a requirement stands: its term, which of the two lists, its place there.
*/
export type Spot = {
	readonly term: number;
	readonly kind: Kind;
	readonly index: number;
};

/**
All requirements in the order in which they are shown. A term without any has one spot with `index` -1, so that the cursor can stand in it.
*/
export const spotsOf = (terms: readonly SelectorTerm[]): readonly Spot[] =>
	terms.flatMap((term, place) => {
		const spots = (['matchExpressions', 'matchFields'] as const).flatMap(
			(kind) =>
				(term[kind] ?? []).map((_, index): Spot => ({
					term: place,
					kind,
					index,
				})),
		);
		return spots.length === 0
			? [{term: place, kind: 'matchExpressions' as const, index: -1}]
			: spots;
	});

export const requirementAt = (
	terms: readonly SelectorTerm[],
	spot: Spot | undefined,
): SelectorRequirement | undefined =>
	spot && terms[spot.term]?.[spot.kind]?.[spot.index];

/**
A requirement as one line, as it is typed: `region In eu, us`.
*/
export const showRequirement = ({
	key,
	operator,
	values = [],
}: SelectorRequirement): string =>
	[key, operator, values.join(',')].filter((part) => part !== '').join(' ');

/**
Reads a typed requirement. An operator that is missing is `In` with values and `Exists` without, as one would say it.
*/
export const parseRequirement = (
	typed: string,
): SelectorRequirement | undefined => {
	const [key = '', operator, ...rest] = typed.trim().split(/\s+/v);
	if (key === '') {
		return undefined;
	}

	const values = rest
		.join(' ')
		.split(/[\s,]+/v)
		.filter((value) => value !== '');
	if (operator === undefined) {
		return {key, operator: 'Exists'};
	}

	return values.length === 0 ? {key, operator} : {key, operator, values};
};

const replaceAt = (
	terms: readonly SelectorTerm[],
	{term, kind, index}: Spot,
	requirement: SelectorRequirement | undefined,
): readonly SelectorTerm[] =>
	terms.map((old, place) => {
		if (place !== term) {
			return old;
		}

		const list = old[kind] ?? [];
		const next =
			index === -1
				? [...list, ...(requirement ? [requirement] : [])]
				: list.flatMap((one, at) =>
						at === index ? (requirement ? [requirement] : []) : [one],
					);
		return {...old, [kind]: next};
	});

/**
The terms with a requirement changed, added (index -1), or taken out.
*/
export const withRequirement = (
	terms: readonly SelectorTerm[],
	spot: Spot | undefined,
	requirement: SelectorRequirement | undefined,
): readonly SelectorTerm[] => {
	if (spot === undefined) {
		return requirement ? [{matchExpressions: [requirement]}] : terms;
	}

	const changed = replaceAt(terms, spot, requirement);
	// A term from which the last requirement was taken out would select nothing.
	return requirement === undefined
		? changed.filter(
				(term, place) =>
					place !== spot.term ||
					(term.matchExpressions ?? []).length +
						(term.matchFields ?? []).length >
						0,
			)
		: changed;
};

/**
The terms as they would be with what is being typed.
*/
export const termsShown = (edit: SelectorEdit): readonly SelectorTerm[] => {
	const {terms, typing, cursor} = edit;
	const requirement = typing && parseRequirement(typing.field.text);
	if (!typing || !requirement) {
		return terms;
	}

	const spot = spotsOf(terms)[cursor];
	return withRequirement(
		terms,
		spot && typing.isNew ? {...spot, index: -1} : spot,
		requirement,
	);
};

export const selectorOf = (terms: readonly SelectorTerm[]): NodeSelector => ({
	nodeSelectorTerms: terms,
});

/**
Begins to edit the selector of a namespace's offloading; nothing when it has none.
*/
export const startEdit = (
	world: World,
	namespace: string,
	isAnswer: boolean,
): SelectorEdit | undefined => {
	const offloading = offloadingIn(world.consumer, namespace);
	const saved = offloading?.spec.clusterSelector?.nodeSelectorTerms ?? [];
	return (
		offloading && {
			namespace,
			terms: saved,
			saved,
			past: [],
			cursor: 0,
			column: 0,
			typing: undefined,
			isAnswer,
		}
	);
};
