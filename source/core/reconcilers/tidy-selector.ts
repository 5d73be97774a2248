import {encodeTerm} from '../admission.js';
import {type Change} from '../change.js';
import {type Rules} from '../divergences.js';
import {isJsonObject} from '../json.js';
import {finalizers} from '../keys.js';
import {
	type NamespaceOffloading,
	type NodeSelector,
	type SelectorRequirement,
} from '../model.js';

const hasEmptyList = (value: unknown): boolean =>
	Array.isArray(value)
		? value.length === 0 || value.some((item) => hasEmptyList(item))
		: isJsonObject(value) &&
			Object.values(value).some((item) => hasEmptyList(item));

/**
Upstream replaces the whole object, which loses the empty lists inside the selector's terms.
*/
export const withTidySelector = (
	patch: Change,
	{spec}: NamespaceOffloading,
): Change => {
	const terms = spec.clusterSelector?.nodeSelectorTerms ?? [];
	if (terms.every((term) => !hasEmptyList(term))) {
		return patch;
	}

	const nodeSelectorTerms = terms.map((term) => encodeTerm(term));
	return {
		...patch,
		body: {
			...(isJsonObject(patch.body) && patch.body),
			spec: {clusterSelector: {nodeSelectorTerms}},
		},
	};
};

const tidyRequirement = ({
	values,
	...requirement
}: SelectorRequirement): SelectorRequirement =>
	values === undefined || values.length === 0
		? requirement
		: {...requirement, values};

/**
The selector as the controller reads it when it evaluates it: an object without the finalizer has been replaced by then, so that no list of
values is empty. One that gets such a list later keeps it. Only the wording of errors depends on it.
*/
export const readSelector = (
	{spec, metadata}: NamespaceOffloading,
	rules: Rules,
): NodeSelector | undefined => {
	const {clusterSelector} = spec;
	const isReplaced =
		rules === 'upstream' &&
		!metadata.finalizers.includes(finalizers.namespaceOffloading);
	return clusterSelector === undefined || !isReplaced
		? clusterSelector
		: {
				nodeSelectorTerms: clusterSelector.nodeSelectorTerms.map((term) => ({
					...(term.matchExpressions && {
						matchExpressions: term.matchExpressions.map((requirement) =>
							tidyRequirement(requirement),
						),
					}),
					...(term.matchFields && {
						matchFields: term.matchFields.map((requirement) =>
							tidyRequirement(requirement),
						),
					}),
				})),
			};
};
