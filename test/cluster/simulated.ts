import {generationById} from '../../source/core/generations/index.js';
import {
	isJsonObject,
	type Json,
	type JsonObject,
} from '../../source/core/json.js';
import {
	createMemoryCluster,
	type MemoryCluster,
} from '../../source/core/memory-cluster.js';
import {createSimulation} from '../../source/core/simulation.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import {at, homeId, readList} from './peering.js';

const group = '/apis/offloading.liqo.io/v1beta1';

const consumerLists: ReadonlyArray<
	readonly [apiVersion: string, kind: string, path: string]
> = [
	['v1', 'Namespace', '/api/v1/namespaces'],
	['v1', 'Node', '/api/v1/nodes'],
	['v1', 'ConfigMap', '/api/v1/namespaces/liqo/configmaps'],
	['offloading.liqo.io/v1beta1', 'VirtualNode', `${group}/virtualnodes`],
	[
		'offloading.liqo.io/v1beta1',
		'NamespaceOffloading',
		`${group}/namespaceoffloadings`,
	],
];

const isTwin = (object: JsonObject): boolean =>
	at(object, 'metadata', 'annotations', 'liqo.io/managed-by-namespace-map') !==
	undefined;

/**
An object as somebody would have written it: without what controllers and servers added.
*/
const asWritten = (
	object: JsonObject,
	apiVersion: string,
	kind: string,
): JsonObject => {
	const metadata = isJsonObject(object.metadata) ? object.metadata : {};
	const {status, ...rest} = object;
	const {
		finalizers,
		resourceVersion,
		uid,
		managedFields,
		labels,
		...keptMetadata
	} = metadata;
	const {'liqo.io/scheduling-enabled': _label, ...keptLabels} = isJsonObject(
		labels,
	)
		? labels
		: {};
	return {
		...rest,
		apiVersion,
		kind,
		metadata: {...keptMetadata, labels: keptLabels},
		...(kind !== 'NamespaceOffloading' && {status}),
	};
};

/**
Where offloading stands, without times: statuses, maps and twins.
*/
export type Standing = {
	readonly offloadings: Readonly<Record<string, Json | undefined>>;
	readonly maps: Readonly<Record<string, Json | undefined>>;
	readonly twins: Readonly<Record<string, readonly string[]>>;
};

const volatile = new Set(['lastTransitionTime', 'observedGeneration']);

const sorted = (value: unknown): Json =>
	JSON.parse(
		JSON.stringify(value ?? {}, (key, inner: unknown) => {
			if (volatile.has(key)) {
				return undefined;
			}

			return isJsonObject(inner)
				? Object.fromEntries(
						Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b)),
					)
				: inner;
		}),
	) as Json;

const nameOf = (object: JsonObject, field = 'name'): string =>
	String(at(object, 'metadata', field));

const standingOf = (
	offloadings: readonly JsonObject[],
	maps: readonly JsonObject[],
	namespaces: Readonly<Record<string, readonly JsonObject[]>>,
	isMeant: (namespace: string) => boolean,
): Standing => {
	const entries = (mapping: unknown) =>
		Object.fromEntries(
			Object.entries(isJsonObject(mapping) ? mapping : {}).filter(([name]) =>
				isMeant(name),
			),
		);
	return {
		offloadings: Object.fromEntries(
			offloadings
				.filter((object) => isMeant(nameOf(object, 'namespace')))
				.map((object) => [nameOf(object, 'namespace'), sorted(object.status)]),
		),
		maps: Object.fromEntries(
			maps.map((map) => [
				nameOf(map),
				sorted({
					desired: entries(at(map, 'spec', 'desiredMapping')),
					current: entries(at(map, 'status', 'currentMapping')),
				}),
			]),
		),
		twins: Object.fromEntries(
			Object.entries(namespaces).map(([id, list]) => [
				id,
				list
					.filter(
						(object) =>
							isTwin(object) &&
							isMeant(nameOf(object).slice(0, -homeId.length - 1)),
					)
					.map((object) => nameOf(object))
					.toSorted(),
			]),
		),
	};
};

/**
Where offloading stands on real servers.
*/
export const readStanding = async (
	home: ApiServer,
	providers: ReadonlyMap<string, ApiServer>,
	isMeant: (namespace: string) => boolean,
): Promise<Standing> => {
	const namespaces: Record<string, readonly JsonObject[]> = {};
	for (const [id, cluster] of providers) {
		namespaces[id] = await readList(cluster, '/api/v1/namespaces');
	}

	return standingOf(
		await readList(home, `${group}/namespaceoffloadings`),
		await readList(home, `${group}/namespacemaps`),
		namespaces,
		isMeant,
	);
};

const memory = (
	key: string,
	id: string,
	objects: readonly JsonObject[],
): MemoryCluster =>
	createMemoryCluster({
		key,
		role: key === 'home' ? 'consumer' : 'provider',
		title: key,
		clusterId: id,
		generation: generationById('v1beta1'),
		liqoNamespace: 'liqo',
		objects,
	});

/**
Where the same offloadings would stand if they were created now, as the simulation has it.
*/
export const simulateStanding = async (
	home: ApiServer,
	providers: ReadonlyMap<string, ApiServer>,
	isMeant: (namespace: string) => boolean,
): Promise<Standing> => {
	const objects: JsonObject[] = [];
	for (const [apiVersion, kind, path] of consumerLists) {
		const list = await readList(home, path);
		objects.push(...list.map((object) => asWritten(object, apiVersion, kind)));
	}

	const remote = new Map<string, MemoryCluster>();
	for (const [id, cluster] of providers) {
		const namespaces = await readList(cluster, '/api/v1/namespaces');
		remote.set(
			id,
			memory(
				id,
				id,
				namespaces
					.filter((object) => !isTwin(object))
					.map((object) => asWritten(object, 'v1', 'Namespace')),
			),
		);
	}

	const consumer = memory('home', homeId, objects);
	const simulation = createSimulation({
		consumer,
		providers: remote,
		rules: 'corrected',
		now: () => '2026-01-01T00:00:00Z',
	});
	simulation.start();
	simulation.settle();
	const ofKind = (cluster: MemoryCluster, kind: string) =>
		Iterator.from(cluster.objects())
			.filter((object) => object.kind === kind)
			.toArray();
	return standingOf(
		ofKind(consumer, 'NamespaceOffloading'),
		ofKind(consumer, 'NamespaceMap'),
		Object.fromEntries(
			Array.from(remote, ([id, cluster]) => [id, ofKind(cluster, 'Namespace')]),
		),
		isMeant,
	);
};
