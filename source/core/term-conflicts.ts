import {type SelectorRequirement} from './model.js';
import {parseInteger} from './selector-errors.js';
import {
	evaluateTerm,
	isRequirementMet,
	type RequirementSource,
} from './selector.js';

/**
A requirement together with where it is looked up.
*/
export type SourcedRequirement = SelectorRequirement & {
	readonly source: RequirementSource;
};

// A label value cannot begin with a minus sign.
const smallest = 0n;
const largest = 9_223_372_036_854_775_807n;

const isWellFormed = (requirement: SourcedRequirement): boolean => {
	const {source, key, operator, values} = requirement;
	const bare = {key, operator, ...(values !== undefined && {values})};
	const term =
		source === 'matchFields'
			? {matchFields: [bare]}
			: {matchExpressions: [bare]};
	return (
		evaluateTerm(term, {name: '', labels: {}}, 0, 'v1').errors.length === 0
	);
};

const bounds = (
	requirements: readonly SourcedRequirement[],
	operator: 'Gt' | 'Lt',
): readonly bigint[] =>
	requirements
		.filter((requirement) => requirement.operator === operator)
		.map(({values = []}) => parseInteger(values[0] ?? '') ?? 0n);

const hasIntegerBetween = (
	requirements: readonly SourcedRequirement[],
): boolean => {
	let lowest = smallest;
	for (const bound of bounds(requirements, 'Gt')) {
		lowest = bound >= lowest ? bound + 1n : lowest;
	}

	let highest = largest;
	for (const bound of bounds(requirements, 'Lt')) {
		highest = bound <= highest ? bound - 1n : highest;
	}

	return lowest <= highest;
};

const isMetBy = (
	requirements: readonly SourcedRequirement[],
	value: string | undefined,
): boolean =>
	requirements.every(({operator, values = []}) =>
		isRequirementMet(operator, values, value),
	);

/**
Whether some label value, or its absence, satisfies all of these requirements on one key.
*/
const isSatisfiableLabel = (
	requirements: readonly SourcedRequirement[],
): boolean => {
	if (isMetBy(requirements, undefined)) {
		return true;
	}

	const choice = requirements.find(({operator}) => operator === 'In');
	if (choice !== undefined) {
		return (choice.values ?? []).some((value) => isMetBy(requirements, value));
	}

	// An integer can be written with leading zeros, so forbidden values never use up a range.
	return (
		requirements.every(({operator}) => operator !== 'DoesNotExist') &&
		hasIntegerBetween(requirements)
	);
};

const isSatisfiableField = (
	requirements: readonly SourcedRequirement[],
	key: string,
): boolean => {
	if (key !== 'metadata.name') {
		return isMetBy(requirements, '');
	}

	const choice = requirements.find(({operator}) => operator === 'In');
	return (
		choice === undefined ||
		(choice.values ?? []).some((value) => isMetBy(requirements, value))
	);
};

const isSatisfiable = (
	requirements: readonly SourcedRequirement[],
): boolean => {
	const [first] = requirements;
	if (first === undefined) {
		return true;
	}

	if (requirements.some((requirement) => !isWellFormed(requirement))) {
		return false;
	}

	return first.source === 'matchFields'
		? isSatisfiableField(requirements, first.key)
		: isSatisfiableLabel(requirements);
};

type Indexed = {
	readonly index: number;
	readonly requirement: SourcedRequirement;
};

const isConflict = (group: readonly Indexed[]): boolean =>
	!isSatisfiable(group.map(({requirement}) => requirement));

/**
All ways of choosing so many of a list, in order.

@yields One choice.
*/
const choose = function* (
	list: readonly Indexed[],
	count: number,
): Generator<readonly Indexed[]> {
	if (count === 0) {
		yield [];
		return;
	}

	for (const [position, item] of list.entries()) {
		for (const rest of choose(list.slice(position + 1), count - 1)) {
			yield [item, ...rest];
		}
	}
};

const longestSearch = 3;

const smallestConflict = (
	group: readonly Indexed[],
): readonly Indexed[] | undefined => {
	if (!isConflict(group)) {
		return undefined;
	}

	for (let count = 1; count <= Math.min(longestSearch, group.length); count++) {
		for (const subset of choose(group, count)) {
			if (isConflict(subset)) {
				return subset;
			}
		}
	}

	// Larger ones: leave out whatever is not needed.
	let core = group;
	for (const item of group) {
		const rest = core.filter((other) => other !== item);
		core = isConflict(rest) ? rest : core;
	}

	return core;
};

/**
The smallest set of requirements of one term that no node whatsoever can satisfy together, as indices into the list, ascending; empty when there is
none (Liqo: contradiction inside one term). A malformed requirement is a conflict of its own.
*/
export const findConflict = (
	requirements: readonly SourcedRequirement[],
): readonly number[] => {
	const groups = Map.groupBy(
		requirements.map((requirement, index) => ({requirement, index})),
		({requirement}) => `${requirement.source} ${requirement.key}`,
	);
	let best: readonly Indexed[] | undefined;
	for (const group of groups.values()) {
		const found = smallestConflict(group);
		if (
			found !== undefined &&
			(best === undefined || found.length < best.length)
		) {
			best = found;
		}
	}

	return best?.map(({index}) => index) ?? [];
};
