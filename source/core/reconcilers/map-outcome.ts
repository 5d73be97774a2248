import {type JsonObject} from '../json.js';
import {mergePatchBetween} from '../merge-patch.js';
import {type CurrentMapping, type NamespaceMap} from '../model.js';
import {type ClusterView} from '../world.js';
import {statusPatch, type Steps} from './writes.js';

export type MappingPhase = 'Accepted' | 'CreationLoopBackOff' | 'Terminating';

const encodeMappings = (
	mappings: ReadonlyMap<string, CurrentMapping>,
): JsonObject =>
	Object.fromEntries(
		Array.from(mappings, ([namespace, {remoteNamespace, phase}]) => [
			namespace,
			{
				...(remoteNamespace !== '' && {remoteNamespace}),
				...(phase !== undefined && {phase}),
			},
		]),
	);

/**
Brings the outcomes in a map's status up to date, entry by entry; takes no step when they are.
*/
export const writeOutcomes = (
	view: ClusterView,
	map: NamespaceMap,
	outcomes: ReadonlyMap<string, CurrentMapping>,
	steps: Steps,
): void => {
	const before = encodeMappings(
		new Map(Object.entries(map.status.currentMapping)),
	);
	const currentMapping = mergePatchBetween(before, encodeMappings(outcomes));
	if (currentMapping !== undefined) {
		steps.take(
			statusPatch(
				view,
				map,
				{currentMapping},
				`${Object.keys(currentMapping).length} mappings have a new outcome`,
			),
		);
	}
};
