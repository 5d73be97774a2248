import {isCorrected} from '../divergences.js';
import {type Generation} from '../generations/generation.js';
import {absent, isJsonObject, type JsonObject} from '../json.js';
import {keys} from '../keys.js';
import {mergePatchBetween} from '../merge-patch.js';
import {
	type LocalCluster,
	namespaceNameProblems,
	remoteNamespaceName,
} from '../names.js';
import {type NamespaceMap, type NamespaceOffloading} from '../model.js';
import {type MappingState, offloadingStatus} from '../phase.js';
import {type ClusterView, namespaceOf} from '../world.js';
import {entryOf, ownMaps} from './candidates.js';
import {type ReconcileContext} from './reconciler.js';
import {mappingPatch, patchOf, statusPatch, type Steps} from './writes.js';

/**
What a pass over one offloading knows, and what it has decided so far.
*/
export type OffloadingPass = {
	readonly view: ClusterView;
	readonly generation: Generation;
	readonly context: ReconcileContext;
	readonly steps: Steps;
	readonly object: NamespaceOffloading;
	readonly namespace: string;
	/**
	By remote cluster-id.
	*/
	readonly maps: ReadonlyMap<string, NamespaceMap>;
	/**
	Remote name asked for in each map once the pass is done, by remote cluster-id; starts with what is asked for now.
	*/
	readonly wishes: Map<string, string>;
	/**
	The twin's name; absent while it cannot be computed.
	*/
	readonly remoteName: string | undefined;
	/**
	Why no provider would take that name; absent when it is fine.
	*/
	readonly obstacle: string | undefined;
	/**
	Clusters that are selected but cannot be asked because of the obstacle.
	*/
	readonly obstructed: Set<string>;
};

export const startPass = (
	object: NamespaceOffloading,
	view: ClusterView,
	generation: Generation,
	local: LocalCluster | undefined,
	context: ReconcileContext,
	steps: Steps,
): OffloadingPass => {
	const {namespace} = object.metadata;
	const maps = ownMaps(view, context.rules);
	const wishes = new Map<string, string>();
	for (const [id, map] of maps) {
		const desired = entryOf(map.spec.desiredMapping, namespace);
		if (desired !== undefined) {
			wishes.set(id, desired);
		}
	}

	const remoteName =
		local === undefined &&
		object.spec.namespaceMappingStrategy === 'DefaultName'
			? undefined
			: remoteNamespaceName(
					namespace,
					object.spec,
					local ?? {id: ''},
					generation,
				);
	const [obstacle] =
		remoteName !== undefined && isCorrected(context.rules, 'name-unchecked')
			? namespaceNameProblems(remoteName)
			: [];
	return {
		view,
		generation,
		context,
		steps,
		object,
		namespace,
		maps,
		wishes,
		remoteName,
		obstacle,
		obstructed: new Set(),
	};
};

/**
`refused`: the write it needs was refused in the pass before.
*/
export type StepOutcome = 'done' | 'refused';

/**
Asks a map for the namespace, or takes the wish back.
*/
export const wish = (
	pass: OffloadingPass,
	clusterId: string,
	name: string | undefined,
	reason: string,
): StepOutcome => {
	const {view, maps, wishes, namespace, steps} = pass;
	const map = maps.get(clusterId);
	if (map === undefined || wishes.get(clusterId) === name) {
		return 'done';
	}

	const change = mappingPatch(view, map, {[namespace]: name ?? absent}, reason);
	if (!steps.take(change)) {
		return 'refused';
	}

	if (name === undefined) {
		wishes.delete(clusterId);
	} else {
		wishes.set(clusterId, name);
	}

	return 'done';
};

/**
Sets or removes the label that sends the namespace's pods to the webhook. Any other value than `true` is left alone when removing.
*/
export const labelNamespace = (
	{view, namespace, steps}: OffloadingPass,
	isWanted: boolean,
	reason: string,
): StepOutcome => {
	const object = namespaceOf(view, namespace);
	if (object === undefined) {
		steps.errors.push(`namespace ${namespace} not found`);
		return 'refused';
	}

	const isThere = object.metadata.labels[keys.schedulingEnabled] === 'true';
	if (isThere === isWanted) {
		return 'done';
	}

	const value = isWanted ? 'true' : absent;
	return steps.take(
		patchOf(
			view,
			object,
			{metadata: {labels: {[keys.schedulingEnabled]: value}}},
			reason,
		),
	)
		? 'done'
		: 'refused';
};

const mappingStates = (pass: OffloadingPass): readonly MappingState[] =>
	Array.from(pass.maps, ([id, map]) => {
		const phase = entryOf(map.status.currentMapping, pass.namespace)?.phase;
		const isObstructed = pass.obstructed.has(id);
		const shown = isObstructed ? (phase ?? 'CreationLoopBackOff') : phase;
		return {
			key:
				pass.generation.rules.conditionKey === 'cluster-id'
					? id
					: map.metadata.name,
			isRequested: isObstructed || pass.wishes.has(id),
			...(shown !== undefined && {phase: shown}),
			...(isObstructed &&
				pass.obstacle !== undefined && {obstacle: pass.obstacle}),
		};
	});

const rawStatus = (
	object: NamespaceOffloading,
	generation: Generation,
): JsonObject => {
	const {status} = generation.encode(object);
	return isJsonObject(status) ? status : {};
};

/**
Brings conditions, phase, remote name and observed generation up to date; takes no step when they are. Returns whether any condition is left.
*/
export const writeStatus = (
	pass: OffloadingPass,
	{hasRemoteName}: {readonly hasRemoteName: boolean},
): void => {
	const {object, generation, context, steps, view} = pass;
	const {metadata, status} = object;
	const next = offloadingStatus({
		conditions: status.remoteNamespacesConditions,
		mappings: mappingStates(pass),
		isDeleting: metadata.deletionTimestamp !== undefined,
		now: context.now,
		generation,
		rules: context.rules,
	});
	const remoteName = hasRemoteName
		? (pass.remoteName ?? status.remoteNamespaceName)
		: status.remoteNamespaceName;
	const after: NamespaceOffloading = {
		...object,
		status: {
			...status,
			...(remoteName !== undefined &&
				remoteName !== '' && {remoteNamespaceName: remoteName}),
			offloadingPhase: next.phase,
			...(metadata.generation !== undefined &&
				generation.rules.controllers === 'v1' && {
					observedGeneration: metadata.generation,
				}),
			remoteNamespacesConditions: next.conditions,
		},
	};
	const patch = mergePatchBetween(
		rawStatus(object, generation),
		rawStatus(after, generation),
	);
	if (patch !== undefined) {
		steps.take(
			statusPatch(
				view,
				object,
				patch,
				next.phase === status.offloadingPhase
					? 'the conditions follow the maps'
					: `the phase is now ${next.phase}`,
			),
		);
	}
};

/**
Whether any condition will be left once the status is written.
*/
export const hasConditionsLeft = (pass: OffloadingPass): boolean =>
	Object.keys(
		offloadingStatus({
			conditions: pass.object.status.remoteNamespacesConditions,
			mappings: mappingStates(pass),
			isDeleting: true,
			now: pass.context.now,
			generation: pass.generation,
			rules: pass.context.rules,
		}).conditions,
	).length > 0;
