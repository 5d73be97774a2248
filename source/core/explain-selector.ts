import {everyCluster} from './findings/selecting.js';
import {type JsonObject} from './json.js';
import {plain} from './generations/encode.js';
import {type NamespaceOffloading, type NodeSelector} from './model.js';
import {candidatesOf, type Candidate} from './reconcilers/candidates.js';
import {choosingSelector} from './reconcilers/legacy-namespace-offloading.js';
import {type Rules} from './reconcilers/reconciler.js';
import {readSelector} from './reconcilers/tidy-selector.js';
import {
	evaluateSelector,
	selectorErrors,
	type SelectorResult,
} from './selector.js';
import {joinErrors, type SelectorWording} from './selector-errors.js';
import {
	type SelectorSuggestion,
	suggestSelectors,
} from './selector-suggestions.js';
import {type ClusterView} from './world.js';

export type SelectorExplanation = {
	/**
	Whether every term is well-formed, whatever the nodes are.
	*/
	readonly isValid: boolean;
	/**
	Kubernetes' own words.
	*/
	readonly error?: string;
	readonly nodes: ReadonlyArray<{
		readonly candidate: Candidate;
		readonly result: SelectorResult;
	}>;
	readonly suggestions: readonly SelectorSuggestion[];
};

const wordingOf = (view: ClusterView): SelectorWording =>
	view.generation?.rules.controllers === 'v0.3' ? 'v0.3' : 'v1';

/**
The selector in force of an offloading. Since v0.5 an absent or empty one selects every cluster, which a list without terms stands for.
*/
const selectorOf = (
	object: NamespaceOffloading,
	rules: Rules,
	wording: SelectorWording,
): NodeSelector =>
	wording === 'v0.3'
		? choosingSelector(object, rules)
		: (readSelector(object, rules) ?? {nodeSelectorTerms: []});

/**
Why the selector of an offloading picks the clusters it picks, and what would make it pick more.
*/
export const explainSelector = (
	object: NamespaceOffloading,
	view: ClusterView,
	rules: Rules,
): SelectorExplanation => {
	const wording = wordingOf(view);
	const selector = selectorOf(object, rules, wording);
	const candidates = candidatesOf(view, rules);
	const error = joinErrors(selectorErrors(selector, wording));
	const isEverything =
		wording === 'v1' && selector.nodeSelectorTerms.length === 0;
	return {
		isValid: error === undefined,
		...(error !== undefined && {error}),
		nodes: candidates.map((candidate) => ({
			candidate,
			result: isEverything
				? {matches: true, terms: []}
				: evaluateSelector(selector, candidate, wording),
		})),
		suggestions: isEverything
			? []
			: suggestSelectors(
					selector,
					candidates,
					everyCluster({isFirst: wording === 'v0.3'}),
				),
	};
};

/**
The explanation as a document for programs.
*/
export const selectorExplanationDocument = (
	namespace: string,
	{isValid, error, nodes, suggestions}: SelectorExplanation,
): JsonObject => ({
	namespace,
	valid: isValid,
	error,
	nodes: nodes.map(({candidate, result}) => ({
		node: candidate.name,
		cluster: candidate.clusterId,
		matches: result.matches,
		terms: result.terms.map((term) => ({
			matches: term.matches,
			requirements: term.requirements.map(
				({source, key, operator, values, actual, matches}) => ({
					source,
					key,
					operator,
					values,
					actual,
					matches,
				}),
			),
		})),
	})),
	suggestions: suggestions.map(({selector, selects, drops, edits}) => ({
		selector: plain(selector),
		selects,
		drops,
		edits,
	})),
});
