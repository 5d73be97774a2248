import {absent, isJsonObject, type Json} from '../json.js';
import {keys} from '../keys.js';
import {type SelectorTerm} from '../model.js';
import {selectorErrors} from '../selector.js';
import {changes, gone, offloadingOf, patchOf, refuse} from './planning.js';
import {namesIn, podDeletions} from './pod-deletions.js';
import {type Input, type Remedy} from './remedy.js';

const isTerm = (value: unknown): boolean =>
	isJsonObject(value) &&
	['matchExpressions', 'matchFields'].every(
		(key) =>
			value[key] === undefined ||
			(Array.isArray(value[key]) &&
				value[key].every(
					(requirement) =>
						isJsonObject(requirement) &&
						typeof requirement.key === 'string' &&
						typeof requirement.operator === 'string' &&
						(requirement.values === undefined ||
							(Array.isArray(requirement.values) &&
								requirement.values.every((one) => typeof one === 'string'))),
				)),
	);

/**
Reads selector terms as JSON: a list of terms, or an object with `nodeSelectorTerms`. A sentence says what is wrong.
*/
export const parseTerms = (
	text: string,
): readonly SelectorTerm[] | {readonly problem: string} => {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {
			problem:
				'The selector must be a JSON list of terms, e.g. [{"matchExpressions":[{"key":"region","operator":"In","values":["eu"]}]}].',
		};
	}

	const terms = isJsonObject(value) ? value.nodeSelectorTerms : value;
	return Array.isArray(terms) && terms.every((term) => isTerm(term))
		? (terms as readonly SelectorTerm[])
		: {
				problem:
					'Each term is an object with matchExpressions or matchFields, lists of {"key", "operator", "values"}.',
			};
};

const selector: Input = {
	id: 'selector',
	title: 'Selector terms',
	kind: 'selector',
	check(value) {
		const terms = parseTerms(value);
		return 'problem' in terms
			? terms.problem
			: selectorErrors({nodeSelectorTerms: terms})[0];
	},
};

export const setSelector: Remedy = {
	id: 'set-selector',
	title: 'Change the selector',
	safety: 'confirm',
	inputs: [selector],
	plan(finding, world, answers) {
		const {namespace} = finding;
		const offloading = offloadingOf(world, namespace);
		if (!offloading) {
			return gone(`The offloading of ${namespace ?? 'the namespace'}`);
		}

		const terms = parseTerms(answers.selector ?? '');
		if ('problem' in terms) {
			return refuse(terms.problem);
		}

		const [error] = selectorErrors({nodeSelectorTerms: terms});
		if (error !== undefined) {
			return refuse(`The selector would not be valid: ${error}.`);
		}

		const isSame =
			JSON.stringify(offloading.spec.clusterSelector?.nodeSelectorTerms) ===
			JSON.stringify(terms);
		const hasNote =
			offloading.metadata.annotations[keys.schedulingEnabled] !== undefined;
		if (isSame && !hasNote) {
			return refuse('The selector is already like that.');
		}

		return changes(
			patchOf(
				offloading,
				{
					...(hasNote && {
						metadata: {annotations: {[keys.schedulingEnabled]: absent}},
					}),
					spec: {
						clusterSelector: {nodeSelectorTerms: terms as unknown as Json},
					},
				},
				'Change the cluster selector.',
			),
			...podDeletions(world, namespace, namesIn(answers.pods)),
		);
	},
};
