import {type Node, type SelectorTerm} from './model.js';
import {
	type PodRequirement,
	type PodTerm,
	type RequirementOrigin,
} from './pod-terms.js';
import {evaluateTerm} from './selector.js';

const asTerm = ({
	source,
	key,
	operator,
	values,
}: PodRequirement): SelectorTerm => ({
	[source]: [{key, operator, ...(values !== undefined && {values})}],
});

/**
What a requirement wants of a label, without its key: `eu or us`, `none`.
*/
const wantOf = ({operator, values = []}: PodRequirement): string => {
	switch (operator) {
		case 'In': {
			return values.join(' or ');
		}

		case 'NotIn': {
			return `anything but ${values.join(' or ')}`;
		}

		case 'Exists': {
			return 'it';
		}

		case 'DoesNotExist': {
			return 'none';
		}

		case 'Gt': {
			return `more than ${values.join(' ')}`;
		}

		case 'Lt': {
			return `less than ${values.join(' ')}`;
		}

		default: {
			return `${operator} ${values.join(' ')}`;
		}
	}
};

const who: Readonly<Record<RequirementOrigin, string>> = {
	pod: 'the pod',
	nodeSelector: 'the pod',
	offloading: 'the offloading',
};

/**
What a node lacks of one term: each label with what it is and who wants what of it.
*/
const lackOf = (
	{requirements}: PodTerm,
	{metadata: {name, labels}}: Node,
): string => {
	const unmet = requirements.flatMap((requirement) => {
		const {matches, requirements: results} = evaluateTerm(
			asTerm(requirement),
			{name, labels},
			0,
			'v1',
		);
		return matches ? [] : [{requirement, actual: results[0]?.actual}];
	});
	return Array.from(
		Map.groupBy(unmet, ({requirement}) => requirement.key),
		([key, all]) =>
			`${key} ${all[0]?.actual === undefined ? 'absent' : `is ${all[0].actual}`}: ${[
				...new Set(
					all.map(
						({requirement}) =>
							`${who[requirement.origin]} wants ${wantOf(requirement)}`,
					),
				),
			].join(', ')}`,
	).join('; ');
};

const termsShown = 3;

const lacksOf = (terms: readonly PodTerm[], node: Node): string | undefined => {
	const lacks = terms.map((term) =>
		term.requirements.length === 0 ? 'it is empty' : lackOf(term, node),
	);
	if (lacks.length === 0 || lacks.includes('')) {
		return undefined;
	}

	const different = [...new Set(lacks)];
	if (different.length === 1) {
		return different[0];
	}

	const more = different.length - termsShown;
	return `${different
		.slice(0, termsShown)
		.join(
			' / or ',
		)}${more > 0 ? ` / and ${more} more ways, none of them` : ''}`;
};

/**
Tells of a node why no term of a pod holds there; nothing when one does. Terms are alternatives: each is short of something. Nodes that are alike
in what is asked for are looked at once.
*/
export const createUnmetDemands = (
	terms: readonly PodTerm[],
): ((node: Node) => string | undefined) => {
	const all = terms.flatMap(({requirements}) => requirements);
	const keys = [...new Set(all.map(({key}) => key))];
	const hasFields = all.some(({source}) => source === 'matchFields');
	const known = new Map<string, string | undefined>();
	return (node) => {
		const {labels, name} = node.metadata;
		const alike = JSON.stringify([
			hasFields ? name : '',
			keys.map((key) => (Object.hasOwn(labels, key) ? labels[key] : 0)),
		]);
		if (!known.has(alike)) {
			known.set(alike, lacksOf(terms, node));
		}

		return known.get(alike);
	};
};
