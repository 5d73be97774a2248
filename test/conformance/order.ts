import {type Recorded} from './case-types.js';
import {differences} from './compare.js';

const mapsOf = (observed: Recorded): Record<string, Recorded> =>
	observed?.namespaceMaps ?? observed?.namespaceMapsByClusterID ?? {};

const desiredOf = (observed: Recorded): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(mapsOf(observed)).map(([name, entry]) => [
			name,
			entry?.desired ?? undefined,
		]),
	);

const selectedOf = (observed: Recorded): readonly string[] =>
	Object.entries(desiredOf(observed))
		.filter(([, desired]) => desired !== undefined)
		.map(([name]) => name)
		.toSorted((one, other) => one.localeCompare(other));

/**
Phase of a second-generation offloading as the maps make it (Liqo: gen 2 phase).
*/
const phaseOf = (observed: Recorded): string => {
	const entries = Object.values(mapsOf(observed));
	const count = (phase: string): number =>
		entries.filter((entry) => entry?.current?.phase === phase).length;
	const required = selectedOf(observed).length;
	if (required === 0) {
		return 'NoClusterSelected';
	}

	if (count('Accepted') === required) {
		return 'Ready';
	}

	const failed = count('CreationLoopBackOff');
	return failed === required
		? 'AllFailed'
		: failed > 0
			? 'SomeFailed'
			: 'InProgress';
};

/**
What holds whatever order things are looked at in: the object itself but for its status, the label, the events, and a status that fits the maps
that came out.
*/
export const checkInvariants = (
	recorded: Recorded,
	actual: Recorded,
	path: string,
): readonly string[] => {
	const {status: _, ...object} = recorded.namespaceOffloading ?? {};
	const {status = {}, ...mine} = actual.namespaceOffloading ?? {};
	const found = [
		...differences(`${path}.namespaceOffloading`, object, mine),
		...differences(
			`${path}.current`,
			Object.values(mapsOf(recorded)).map((entry) => entry?.current),
			Object.values(mapsOf(actual)).map((entry) => entry?.current),
		),
		...differences(
			`${path}.observedGeneration`,
			recorded.namespaceOffloading?.status?.observedGeneration,
			status.observedGeneration,
		),
		...differences(
			`${path}.remoteNamespaceName`,
			recorded.namespaceOffloading?.status?.remoteNamespaceName,
			status.remoteNamespaceName,
		),
		...differences(`${path}.namespace`, recorded.namespace, actual.namespace),
		...differences(`${path}.events`, recorded.events, actual.events),
	];
	if (mine.metadata === undefined || actual.namespaceMaps === undefined) {
		return found;
	}

	if (
		mine.metadata.deletionTimestamp === undefined &&
		status.offloadingPhase !== phaseOf(actual)
	) {
		found.push(
			`${path}: phase ${status.offloadingPhase} does not fit the maps, which make ${phaseOf(actual)}`,
		);
	}

	for (const [name, desired] of Object.entries(desiredOf(actual))) {
		const conditions: Recorded[] =
			status.remoteNamespacesConditions?.[name] ?? [];
		const required = conditions.find(({type}) => type === 'OffloadingRequired');
		const isRequired = desired !== undefined;
		if ((required?.status === 'True') !== isRequired) {
			found.push(
				`${path}: OffloadingRequired of ${name} is ${required?.status}, its map ${isRequired ? 'wants' : 'does not want'} the namespace`,
			);
		}

		if (isRequired && conditions.every(({type}) => type !== 'Ready')) {
			found.push(`${path}: ${name} is wanted and has no Ready condition`);
		}
	}

	return found;
};

/**
Whether one outcome, in one of the ways they are written, is what came out: the selected maps, one desired name or none, or a part of what was
observed.
*/
const isOutcome = (outcome: unknown, actual: Recorded): boolean => {
	const selected = selectedOf(actual);
	const names = Object.values(desiredOf(actual)).filter(Boolean);
	if (!outcome) {
		// One map is what such a case is about; others are selected in every outcome.
		return selected.length < Object.keys(mapsOf(actual)).length;
	}

	if (outcome === true) {
		return selected.length > 0;
	}

	if (typeof outcome === 'string') {
		return selected.includes(outcome) || names.includes(outcome);
	}

	if (Array.isArray(outcome)) {
		return (
			differences(
				'',
				outcome.map(String).toSorted((one, other) => one.localeCompare(other)),
				selected,
			).length === 0
		);
	}

	const {selectedMaps, selectedClusters, desired, ...rest} =
		outcome as Recorded;
	const maps = selectedMaps ?? selectedClusters;
	const part = Object.fromEntries(
		Object.keys(rest)
			.filter((key) => key in actual)
			.map((key) => [key, actual[key]]),
	);
	return (
		(maps === undefined || isOutcome(maps, actual)) &&
		(desired === undefined || isOutcome(desired, actual)) &&
		(Object.keys(part).length === 0 ||
			differences(
				'',
				Object.fromEntries(Object.keys(part).map((key) => [key, rest[key]])),
				part,
			).length === 0)
	);
};

/**
Whether what came out is one of the outcomes that the case lists, or was seen in one of its steps. Without a list only the invariants count.
*/
export const isListed = (
	outcomes: unknown,
	steps: readonly Recorded[],
	actual: Recorded,
): boolean => {
	if (outcomes === undefined) {
		return true;
	}

	const wasSeen = steps.some(
		({observed}) =>
			observed &&
			differences('', desiredOf(observed), desiredOf(actual)).length === 0,
	);
	return (
		wasSeen ||
		Object.values(outcomes as Recorded).some((outcome) =>
			isOutcome(outcome, actual),
		)
	);
};
