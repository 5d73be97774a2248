import {
	type PodSpec,
	type SelectorRequirement,
	type SelectorTerm,
} from './model.js';
import {findConflict, type SourcedRequirement} from './term-conflicts.js';

/**
Who asked for a requirement: the pod's own affinity, its node selector, or the offloading of its namespace.
*/
export type RequirementOrigin = 'pod' | 'nodeSelector' | 'offloading';

export type PodRequirement = SourcedRequirement & {
	readonly origin: RequirementOrigin;
};

export type PodTerm = {
	readonly requirements: readonly PodRequirement[];
	/**
	Whether any node at all could satisfy the term, whatever its labels.
	*/
	readonly isSatisfiable: boolean;
	/**
	The smallest set of requirements that exclude each other; indices into `requirements`.
	*/
	readonly conflict: readonly number[];
};

const isSame = (
	one: SelectorRequirement | undefined,
	other: SelectorRequirement,
): boolean =>
	one?.key === other.key &&
	one.operator === other.operator &&
	(one.values ?? []).length === (other.values ?? []).length &&
	(one.values ?? []).every((value, index) => value === other.values?.[index]);

const isSuffix = (
	list: readonly SelectorRequirement[],
	suffix: readonly SelectorRequirement[],
): boolean =>
	suffix.length <= list.length &&
	suffix.every((requirement, index) =>
		isSame(list[list.length - suffix.length + index], requirement),
	);

/**
How many requirements at the end of a term come from the offloading: the longest imposed term that it ends with.
*/
const imposedCount = (
	list: readonly SelectorRequirement[],
	imposed: ReadonlyArray<readonly SelectorRequirement[]>,
): number =>
	Math.max(
		0,
		...imposed
			.filter((suffix) => isSuffix(list, suffix))
			.map((suffix) => suffix.length),
	);

const withOrigins = (
	list: readonly SelectorRequirement[],
	source: SourcedRequirement['source'],
	imposed: ReadonlyArray<readonly SelectorRequirement[]>,
): readonly PodRequirement[] => {
	const own = list.length - imposedCount(list, imposed);
	return list.map((requirement, index) => ({
		...requirement,
		source,
		origin: index < own ? 'pod' : 'offloading',
	}));
};

/**
The terms a pod's node has to satisfy, its node selector included, with the origin of each requirement and the contradictions among them
(Liqo: unschedulability analysis). `imposed`: what the offloading of its namespace adds to pods now; a requirement at the end of a term that
equals it is counted as the offloading's. A pod without any demand has no terms.
*/
export const podTerms = (
	spec: PodSpec,
	imposed: readonly SelectorTerm[] = [],
): readonly PodTerm[] => {
	const bySelector = Object.entries(spec.nodeSelector ?? {}).map(
		([key, value]): PodRequirement => ({
			key,
			operator: 'In',
			values: [value],
			source: 'matchExpressions',
			origin: 'nodeSelector',
		}),
	);
	const required =
		spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
			?.nodeSelectorTerms;
	const terms = required ?? (bySelector.length > 0 ? [undefined] : []);
	const expressions = imposed.map((term) => term.matchExpressions ?? []);
	const fields = imposed.map((term) => term.matchFields ?? []);
	return terms.map((term) => {
		const own =
			term === undefined
				? []
				: [
						...withOrigins(
							term.matchExpressions ?? [],
							'matchExpressions',
							expressions,
						),
						...withOrigins(term.matchFields ?? [], 'matchFields', fields),
					];
		const requirements = [...own, ...bySelector];
		const conflict = findConflict(requirements);
		// A term without requirements matches nothing by definition.
		const isEmpty = term !== undefined && own.length === 0;
		return {
			requirements,
			isSatisfiable: !isEmpty && conflict.length === 0,
			conflict,
		};
	});
};

/**
Whether no node could ever satisfy the pod: it has terms, and each of them contradicts itself.
*/
export const isAntithetical = (terms: readonly PodTerm[]): boolean =>
	terms.length > 0 && terms.every((term) => !term.isSatisfiable);
