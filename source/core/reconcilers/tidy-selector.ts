import {encodeTerm} from '../admission.js';
import {type Change} from '../change.js';
import {isJsonObject} from '../json.js';
import {type NamespaceOffloading} from '../model.js';

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
