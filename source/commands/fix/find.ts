import {type Finding} from '../../core/findings/finding.js';

/**
Every finding of an id, also those that another one explains; of the object of that name when one is given.
*/
export const findIn = (
	findings: readonly Finding[],
	id: string,
	name: string | undefined,
): readonly Finding[] =>
	findings
		.flatMap((finding) => [finding, ...finding.behind])
		.filter(
			(finding) =>
				finding.id === id &&
				(name === undefined || finding.object.name === name),
		);

/**
Of what was found in the whole cluster, that which is meant: with `-n` everything that concerns the namespace; else what is in the namespace of the
context, or, as virtual nodes and peerings are, in none.
*/
export const meantBy = (
	found: readonly Finding[],
	asked: string | undefined,
	namespace: string | undefined,
): readonly Finding[] => {
	if (asked !== undefined || namespace === undefined) {
		return found;
	}

	const here = found.filter((finding) => finding.namespace === namespace);
	return here.length > 0
		? here
		: found.filter((finding) => finding.namespace === undefined);
};

/**
Where it is instead of here.
*/
export const elsewhere = (found: readonly Finding[]): string => {
	const names = [
		...new Set(
			found.flatMap((finding) =>
				finding.namespace === undefined ? [] : [finding.namespace],
			),
		),
	].toSorted();
	return names.length === 0
		? ''
		: ` It is in ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}: add -n ${names[0]!}.`;
};
