import {type Candidate} from '../../core/findings/facts.js';
import {everyCluster} from '../../core/findings/selecting.js';
import {worldScope} from '../../core/findings/scope.js';
import {type SelectorTerm} from '../../core/model.js';
import {
	evaluateSelector,
	selectorErrors,
	type SelectorResult,
} from '../../core/selector.js';
import {expressionOperators} from '../../core/selector-errors.js';
import {
	suggestSelectors,
	type SelectorSuggestion,
} from '../../core/selector-suggestions.js';
import {type World} from '../../core/world.js';
import {selectorOf} from './selector-edit.js';

export type ClusterVerdict = {
	readonly candidate: Candidate;
	readonly now: SelectorResult;
	readonly isSelected: boolean;
	readonly wasSelected: boolean;
	/**
	Pods of the namespace that run there.
	*/
	readonly pods: number;
};

/**
What a selector would do, for each virtual node, before anything is written.
*/
export type Preview = {
	readonly clusters: readonly ClusterVerdict[];
	/**
	Kubernetes' words for what is wrong with it.
	*/
	readonly errors: readonly string[];
	readonly suggestions: readonly SelectorSuggestion[];
	/**
	Whether a selector without terms selects every cluster.
	*/
	readonly isEmptyAll: boolean;
};

/**
Selects: an empty list of terms means every cluster, except to v0.3 (Liqo: selector evaluation).
*/
const isChosen = (
	terms: readonly SelectorTerm[],
	result: SelectorResult,
	isFirst: boolean,
): boolean => (terms.length === 0 && !isFirst) || result.matches;

export const previewSelector = (
	world: World,
	namespace: string,
	{
		terms,
		saved,
		now,
	}: {
		readonly terms: readonly SelectorTerm[];
		readonly saved: readonly SelectorTerm[];
		readonly now: number;
	},
): Preview => {
	const scope = worldScope(world, now);
	const isFirst = scope?.isFirst ?? false;
	const wording = isFirst ? 'v0.3' : 'v1';
	const candidates = scope?.candidates ?? [];
	const errors = [...new Set(selectorErrors(selectorOf(terms), wording))];
	const clusters = candidates.map((candidate): ClusterVerdict => {
		const result = evaluateSelector(selectorOf(terms), candidate, wording);
		const before =
			terms === saved
				? result
				: evaluateSelector(selectorOf(saved), candidate, wording);
		let pods = 0;
		for (const pod of world.consumer.podsOnNode(candidate.name)) {
			pods += pod.metadata.namespace === namespace ? 1 : 0;
		}

		return {
			candidate,
			now: result,
			isSelected: isChosen(terms, result, isFirst),
			wasSelected: isChosen(saved, before, isFirst),
			pods,
		};
	});
	return {
		clusters,
		errors,
		isEmptyAll: !isFirst,
		suggestions: suggestSelectors(
			selectorOf(terms),
			candidates,
			scope && everyCluster(scope),
		).slice(0, 4),
	};
};

/**
Labels that virtual nodes really have, with how many have each value.
*/
export const labelCatalogue = (
	world: World,
	now: number,
): ReadonlyMap<string, ReadonlyMap<string, number>> => {
	const catalogue = new Map<string, Map<string, number>>();
	for (const {labels} of worldScope(world, now)?.candidates ?? []) {
		for (const [key, value] of Object.entries(labels)) {
			const values = catalogue.get(key) ?? new Map<string, number>();
			values.set(value, (values.get(value) ?? 0) + 1);
			catalogue.set(key, values);
		}
	}

	return catalogue;
};

const sumOf = (counts: ReadonlyMap<string, number>): number => {
	let sum = 0;
	for (const count of counts.values()) {
		sum += count;
	}

	return sum;
};

/**
What begins as typed comes first, then labels that people gave (no prefix), then by name.
*/
const compareKeys = (a: string, b: string, typed: string): number => {
	const rankOf = (key: string): number =>
		(key.startsWith(typed) ? 0 : 2) + (key.includes('/') ? 1 : 0);
	const byRank = rankOf(a) - rankOf(b);
	if (byRank !== 0) {
		return byRank;
	}

	return a < b ? -1 : 1;
};

/**
Words that could stand at the end of a requirement being typed, best first: keys, then operators, then values of that key.
*/
export const completionsFor = (
	typed: string,
	world: World,
	now: number,
): ReadonlyArray<{readonly text: string; readonly note: string}> => {
	const catalogue = labelCatalogue(world, now);
	const words = typed.split(/[\s,]+/v);
	const last = words.at(-1) ?? '';
	const [key = ''] = words;
	if (words.length < 2) {
		return [...catalogue]
			.filter(([name]) => name.startsWith(last) || name.includes(last))
			.toSorted(([a], [b]) => compareKeys(a, b, last))
			.map(([text, values]) => ({
				text,
				note: String(sumOf(values)),
			}));
	}

	if (words.length === 2) {
		return expressionOperators
			.filter((name) => name.toLowerCase().startsWith(last.toLowerCase()))
			.map((text) => ({text, note: ''}));
	}

	return [...(catalogue.get(key) ?? new Map<string, number>())]
		.filter(([value]) => value.startsWith(last))
		.map(([text, count]) => ({text, note: String(count)}));
};
