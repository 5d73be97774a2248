import {type NodeSelector, type SelectorTerm} from './model.js';
import {type Edit, editsOf, withEdit} from './selector-edits.js';
import {evaluateTerm, type SelectableNode} from './selector.js';

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

const isEmpty = ({matchExpressions, matchFields}: SelectorTerm): boolean =>
	(matchExpressions ?? []).length + (matchFields ?? []).length === 0;

type Judged = {
	readonly node: SelectableNode;
	/**
	For each term, the places of the requirements that the node fails: none means that the term chooses it. Absent for a term without requirements.
	*/
	readonly failed: ReadonlyArray<readonly number[] | undefined>;
	/**
	How many terms choose it.
	*/
	readonly chosenBy: number;
};

const judge = (
	node: SelectableNode,
	terms: readonly SelectorTerm[],
): Judged => {
	const failed = terms.map((term, index) => {
		const {requirements} = evaluateTerm(term, node, index, 'v1');
		return requirements.length === 0
			? undefined
			: requirements.flatMap(({matches}, place) => (matches ? [] : [place]));
	});
	return {
		node,
		failed,
		chosenBy: failed.filter((places) => places?.length === 0).length,
	};
};

/**
Whether a term chooses the node; without `except`, whether any does.
*/
const isChosen = ({failed, chosenBy}: Judged, except?: number): boolean => {
	const own = except !== undefined && failed[except]?.length === 0 ? 1 : 0;
	return chosenBy > own;
};

const mostSuggestions = 8;

type Found = {
	readonly term: number;
	readonly next: SelectorTerm;
	readonly edit: Edit;
	readonly selects: readonly string[];
	readonly drops: readonly string[];
	/**
	What is lost, how far it is from what was meant, how much comes with it; small first.
	*/
	readonly rank: readonly number[];
};

/**
The smallest edits that would make a selector choose more of the virtual nodes there are: a requirement dropped, a value that nodes really have added,
a misspelt key, operator or value put right. Nearest to what was meant first, then those that change the choice least; none when nothing gets better.

`everything` stands for the selector without any requirement: an empty list of terms, where that selects every node. Only terms that a node fails by
one requirement are looked at closely: no single edit helps the others.
*/
export const suggestSelectors = (
	selector: NodeSelector,
	nodes: readonly SelectableNode[],
	everything?: NodeSelector,
): readonly SelectorSuggestion[] => {
	const terms = selector.nodeSelectorTerms;
	if (terms.length === 0) {
		return [];
	}

	const judged = nodes.map((node) => judge(node, terms));
	const keys = new Set(nodes.flatMap(({labels}) => Object.keys(labels)));
	const found = new Map<string, Found>();

	const consider = (term: number, next: SelectorTerm, edit: Edit) => {
		const key = `${term} ${JSON.stringify(next)}`;
		if (found.has(key)) {
			return;
		}

		const isAll = isEmpty(next) && terms.length === 1;
		const after = judged.map((one) => ({
			name: one.node.name,
			was: isChosen(one),
			is:
				isAll ||
				evaluateTerm(next, one.node, term, 'v1').matches ||
				isChosen(one, term),
		}));
		const gained = after.filter(({was, is}) => is && !was).length;
		if (gained === 0) {
			return;
		}

		const drops = after.filter(({was, is}) => was && !is);
		found.set(key, {
			term,
			next,
			edit,
			selects: after.flatMap(({name, is}) => (is ? [name] : [])),
			drops: drops.map(({name}) => name),
			rank: [drops.length, edit.cost, gained],
		});
	};

	for (const [index, term] of terms.entries()) {
		for (const [position, requirement] of (
			term.matchExpressions ?? []
		).entries()) {
			const near = judged
				.filter((one) => {
					const failed = one.failed[index];
					return (
						failed?.length === 1 && failed[0] === position && !isChosen(one)
					);
				})
				.map(({node}) => node);
			const edits = near.length === 0 ? [] : editsOf(requirement, near, keys);
			for (const edit of edits) {
				consider(index, withEdit(term, position, edit), edit);
			}
		}
	}

	return found
		.values()
		.toArray()
		.toSorted((one, other) => {
			const index = one.rank.findIndex(
				(value, place) => value !== other.rank[place],
			);
			return (one.rank[index] ?? 0) - (other.rank[index] ?? 0);
		})
		.slice(0, mostSuggestions)
		.map(({term, next, edit, selects, drops}) => {
			const left = isEmpty(next)
				? terms.toSpliced(term, 1)
				: terms.with(term, next);
			return {
				selector:
					left.length === 0 && everything
						? everything
						: {nodeSelectorTerms: left},
				selects,
				drops,
				edits: [edit.text],
			};
		});
};
