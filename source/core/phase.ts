import {isCorrected, type Rules} from './divergences.js';
import {type Generation} from './generations/generation.js';
import {type Condition} from './model.js';

/**
What one NamespaceMap says about a namespace.
*/
export type MappingState = {
	/**
	Under which the conditions are kept: remote cluster-id (v0.3) or name of the map.
	*/
	readonly key: string;
	/**
	Whether the map is asked for the namespace (desiredMapping).
	*/
	readonly isRequested: boolean;
	/**
	Outcome on the provider (currentMapping): `Accepted`, `CreationLoopBackOff`, `Terminating`, or anything else.
	*/
	readonly phase?: string;
	/**
	Why the mapping cannot work, known before any provider was asked; shown in the condition.
	*/
	readonly obstacle?: string;
};

export type ConditionMap = Readonly<Record<string, readonly Condition[]>>;

export type StatusInput = {
	readonly conditions: ConditionMap;
	/**
	One per remote cluster.
	*/
	readonly mappings: readonly MappingState[];
	readonly isDeleting: boolean;
	/**
	RFC 3339.
	*/
	readonly now: string;
	readonly generation: Generation;
	readonly rules: Rules;
};

export type OffloadingStatus = {
	readonly phase: string;
	readonly conditions: ConditionMap;
};

type Outcome = Omit<Condition, 'lastTransitionTime'>;

const requiredOutcome = (isRequested: boolean): Outcome =>
	isRequested
		? {
				type: 'OffloadingRequired',
				status: 'True',
				reason: 'ClusterSelected',
				message:
					'The remote cluster has been selected through the ClusterSelector field',
			}
		: {
				type: 'OffloadingRequired',
				status: 'False',
				reason: 'ClusterNotSelected',
				message:
					'The remote cluster has not been selected through the ClusterSelector field',
			};

const readyOutcome = (mapping: MappingState): Outcome => {
	switch (mapping.phase) {
		case 'Accepted': {
			return {
				type: 'Ready',
				status: 'True',
				reason: 'NamespaceCreated',
				message: 'Namespace correctly offloaded to the remote cluster',
			};
		}

		case 'CreationLoopBackOff': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'CreationLoopBackOff',
				message:
					mapping.obstacle ??
					'Some problems occurred during remote namespace creation',
			};
		}

		case 'Terminating': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'Terminating',
				message: 'The remote namespace is being deleted',
			};
		}

		case undefined:
		default: {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'Creating',
				message: mapping.obstacle ?? 'The remote namespace is being created',
			};
		}
	}
};

const hasPhase = (mapping: MappingState): boolean =>
	mapping.phase !== undefined && mapping.phase !== '';

const withCondition = (
	conditions: readonly Condition[],
	outcome: Outcome,
	now: string,
): readonly Condition[] => {
	const index = conditions.findIndex(
		(condition) => condition.type === outcome.type,
	);
	const old = conditions[index];
	if (old === undefined) {
		return [...conditions, {...outcome, lastTransitionTime: now}];
	}

	return old.status === outcome.status && old.reason === outcome.reason
		? conditions
		: conditions.with(index, {...outcome, lastTransitionTime: now});
};

const conditionsOfMapping = (
	mapping: MappingState,
	input: StatusInput,
): readonly Condition[] => {
	const {isRequested} = mapping;
	const isInPlay = isRequested || hasPhase(mapping);
	if (!isInPlay && input.isDeleting) {
		return [];
	}

	const old = Object.hasOwn(input.conditions, mapping.key)
		? (input.conditions[mapping.key] ?? [])
		: [];
	const required = withCondition(old, requiredOutcome(isRequested), input.now);
	if (isInPlay) {
		return withCondition(required, readyOutcome(mapping), input.now);
	}

	return isCorrected(input.rules, 'stale-ready')
		? required.filter((condition) => condition.type !== 'Ready')
		: required;
};

const phaseByRequests = (input: StatusInput): string => {
	if (input.isDeleting) {
		return 'Terminating';
	}

	const {mappings, rules} = input;
	const required = mappings.filter((mapping) => mapping.isRequested).length;
	if (required === 0) {
		return 'NoClusterSelected';
	}

	const counted = isCorrected(rules, 'unrequested-counted')
		? mappings.filter((mapping) => mapping.isRequested)
		: mappings;

	const ready = counted.filter(({phase}) => phase === 'Accepted').length;
	if (ready === required) {
		return 'Ready';
	}

	const failed = counted.filter(
		({phase}) => phase === 'CreationLoopBackOff',
	).length;

	if (failed === required) {
		return 'AllFailed';
	}

	return failed > 0 ? 'SomeFailed' : 'InProgress';
};

/**
Conditions and phase since v0.5 (Liqo: conditions and phase of gen 2).
*/
const currentStatus = (input: StatusInput): OffloadingStatus => ({
	phase: phaseByRequests(input),
	conditions: Object.fromEntries(
		input.mappings
			.map(
				(mapping) =>
					[mapping.key, conditionsOfMapping(mapping, input)] as const,
			)
			.filter(([, conditions]) => conditions.length > 0),
	),
});

const legacyOutcome = (mapping: MappingState, rules: Rules): Outcome => {
	switch (mapping.phase) {
		case 'Accepted': {
			return {
				type: 'Ready',
				status: 'True',
				reason: 'RemoteNamespaceCreated',
				message: 'Namespace correctly offloaded on this cluster',
			};
		}

		case 'CreationLoopBackOff': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'CreationLoopBackOff',
				message:
					mapping.obstacle ??
					'Some problems occurred during remote Namespace creation',
			};
		}

		case 'Terminating': {
			return {
				type: 'Ready',
				status: 'False',
				reason: 'TerminatingNamespace',
				message: 'The remote Namespace is requested to be deleted',
			};
		}

		case undefined:
		default: {
			if (mapping.isRequested && isCorrected(rules, 'no-progress-shown')) {
				return readyOutcome(mapping);
			}

			return {
				type: 'OffloadingRequired',
				status: 'False',
				reason: 'ClusterNotSelected',
				message:
					'You have not selected this cluster through ClusterSelector fields',
			};
		}
	}
};

const legacyConditions = (
	mapping: MappingState,
	input: StatusInput,
): readonly Condition[] => {
	const outcome = legacyOutcome(mapping, input.rules);
	const old = Object.hasOwn(input.conditions, mapping.key)
		? (input.conditions[mapping.key] ?? [])
		: [];
	const isKept = old.some(
		(condition) =>
			condition.type === outcome.type &&
			condition.status === outcome.status &&
			(condition.reason === outcome.reason ||
				!isCorrected(input.rules, 'reason-not-compared')),
	);
	return isKept ? old : [{...outcome, lastTransitionTime: input.now}];
};

const phaseByConditions = (conditions: ConditionMap): string => {
	const ready = Object.values(conditions)
		.flat()
		.filter((condition) => condition.type === 'Ready');
	const succeeded = ready.filter(
		(condition) => condition.status === 'True',
	).length;
	const failed = ready.filter(
		(condition) => condition.status === 'False',
	).length;
	if (succeeded + failed === 0) {
		return 'NoClusterSelected';
	}

	if (succeeded === 0) {
		return 'AllFailed';
	}

	return failed === 0 ? 'Ready' : 'SomeFailed';
};

/**
Conditions and phase of v0.3 (Liqo: conditions and phase of gen 1).
*/
const legacyStatus = (input: StatusInput): OffloadingStatus => {
	const conditions = Object.fromEntries(
		input.mappings.map((mapping) => [
			mapping.key,
			legacyConditions(mapping, input),
		]),
	);
	if (!input.isDeleting) {
		const phase = isCorrected(input.rules, 'no-progress-shown')
			? phaseByRequests(input)
			: phaseByConditions(conditions);
		return {phase, conditions};
	}

	const isClean = Object.values(conditions)
		.flat()
		.every((condition) => condition.type !== 'Ready');
	return {phase: 'Terminating', conditions: isClean ? {} : conditions};
};

/**
The status that Liqo's controllers give an offloading: one entry of conditions per remote cluster, and the phase they add up to. Entries of
maps that are gone are dropped; unchanged conditions keep their transition time.
*/
export const offloadingStatus = (input: StatusInput): OffloadingStatus =>
	input.generation.rules.controllers === 'v0.3'
		? legacyStatus(input)
		: currentStatus(input);
