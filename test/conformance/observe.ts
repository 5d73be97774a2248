import {type Recorded} from './case-types.js';
import {type Reference, type Stage} from './stage.js';

const v1 = {
	offloading: 'offloading.liqo.io/v1beta1',
	map: 'offloading.liqo.io/v1beta1',
};
const v03 = {
	offloading: 'offloading.liqo.io/v1alpha1',
	map: 'virtualkubelet.liqo.io/v1alpha1',
};

export const versions = (generation: 1 | 2): typeof v1 =>
	generation === 1 ? v03 : v1;

export const offloadingReference = (
	generation: 1 | 2,
	namespace: string,
	name = 'offloading',
): Reference => ({
	apiVersion: versions(generation).offloading,
	kind: 'NamespaceOffloading',
	namespace,
	name,
});

export const namespaceReference = (name: string): Reference => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	name,
});

const withoutTimes = (conditions: Recorded): Recorded =>
	Object.fromEntries(
		Object.entries(conditions ?? {}).map(([key, list]) => [
			key,
			(list as Recorded[]).map(({lastTransitionTime, ...rest}) => rest),
		]),
	);

const observeOffloading = (object: Recorded, generation: 1 | 2): Recorded => {
	if (object === undefined) {
		return undefined;
	}

	const {metadata, spec, status = {}} = object;
	return {
		metadata: {
			name: metadata.name,
			namespace: metadata.namespace,
			...(generation === 2 && {generation: metadata.generation}),
			finalizers: metadata.finalizers,
			labels: metadata.labels,
			annotations: metadata.annotations,
			deletionTimestamp: metadata.deletionTimestamp ? '<set>' : undefined,
		},
		spec: tidySpec(spec),
		status: {
			...status,
			remoteNamespacesConditions: withoutTimes(
				status.remoteNamespacesConditions,
			),
		},
	};
};

/**
Lists without content inside the selector come and go with the writer's serialisation.
*/
const tidySpec = (spec: Recorded): Recorded => structuredClone(spec);

const userLabels = (labels: Recorded): Recorded =>
	Object.fromEntries(
		Object.entries(labels ?? {}).filter(
			([key]) => key !== 'kubernetes.io/metadata.name',
		),
	);

const mapKey = (map: Recorded, generation: 1 | 2): string =>
	generation === 1
		? map.metadata.labels['liqo.io/remote-cluster-id']
		: map.metadata.name;

const isLocal = (map: Recorded): boolean =>
	map.metadata.labels?.['liqo.io/replicated'] === undefined;

/**
What the recordings hold about one namespace, read from the stage.
*/
export const observeNamespace = async (
	stage: Pick<Stage, 'find' | 'list'>,
	namespace: string,
	generation: 1 | 2,
	name = 'offloading',
): Promise<Recorded> => {
	const object = await stage.find(
		offloadingReference(generation, namespace, name),
	);
	const owner = await stage.find(namespaceReference(namespace));
	const maps = (await stage.list('NamespaceMap')).filter((map) => isLocal(map));
	const events = (await stage.list('Event')).filter(
		(event) =>
			event.involvedObject?.namespace === namespace &&
			event.involvedObject?.kind === 'NamespaceOffloading',
	);
	const entries = Object.fromEntries(
		maps.map((map) => [
			mapKey(map, generation),
			{
				desired: map.spec?.desiredMapping?.[namespace],
				current: map.status?.currentMapping?.[namespace],
			},
		]),
	);
	return {
		namespaceOffloading: observeOffloading(object, generation),
		[generation === 1 ? 'namespaceMapsByClusterID' : 'namespaceMaps']: entries,
		namespace: owner && {
			labels: userLabels(owner.metadata.labels),
			annotations: owner.metadata.annotations,
		},
		events: events.map((event) => ({
			type: event.type,
			reason: event.reason,
			message: event.message,
			source: event.source?.component,
		})),
	};
};

export const transitionTimes = (
	object: Recorded,
): ReadonlyMap<string, string> =>
	new Map(
		Object.entries(object?.status?.remoteNamespacesConditions ?? {}).flatMap(
			([key, list]) =>
				(list as Recorded[]).map(
					(condition) =>
						[`${key}/${condition.type}`, condition.lastTransitionTime] as const,
				),
		),
	);
