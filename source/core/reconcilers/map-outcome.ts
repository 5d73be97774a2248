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

/**
Notes the twins that are about to be created, before they are: whoever goes on after an interruption then knows what there is to take away. Entries
that are noted already stay as they are.
*/
export const announceTwins = (
	view: ClusterView,
	map: NamespaceMap,
	outcomes: ReadonlyMap<string, CurrentMapping>,
	creations: Steps['changes'],
	steps: Steps,
): 'noted' | 'refused' => {
	const created = new Set(
		creations
			.filter(({object}) => object.kind === 'Namespace')
			.map(({object}) => object.name),
	);
	const unknown = [...outcomes].filter(
		([local, {remoteNamespace}]) =>
			created.has(remoteNamespace) &&
			!Object.hasOwn(map.status.currentMapping, local),
	);
	const change =
		unknown.length > 0 &&
		statusPatch(
			view,
			map,
			{
				currentMapping: Object.fromEntries(
					unknown.map(([local, {remoteNamespace}]) => [
						local,
						{remoteNamespace},
					]),
				),
			},
			`${unknown.length} twins are about to be created`,
		);
	return change === false || steps.take(change) ? 'noted' : 'refused';
};
