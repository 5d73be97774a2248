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

/**
Whose offloadings are looked at: of which generation, and of which cluster.
*/
export type Setting = {
	readonly generation: 'v1beta1' | 'v0.3';
	readonly homeId: string;
};

const usual: Setting = {generation: 'v1beta1', homeId};

type Lists = ReadonlyArray<
	readonly [apiVersion: string, kind: string, path: string]
>;

const commonLists: Lists = [
	['v1', 'Namespace', '/api/v1/namespaces'],
	['v1', 'Node', '/api/v1/nodes'],
	['v1', 'ConfigMap', '/api/v1/namespaces/liqo/configmaps'],
];

const groups = {
	v1beta1: {
		offloadings: '/apis/offloading.liqo.io/v1beta1/namespaceoffloadings',
		maps: '/apis/offloading.liqo.io/v1beta1/namespacemaps',
		owner: 'liqo.io/managed-by-namespace-map',
		own: [
			[
				'offloading.liqo.io/v1beta1',
				'VirtualNode',
				'/apis/offloading.liqo.io/v1beta1/virtualnodes',
			],
			[
				'offloading.liqo.io/v1beta1',
				'NamespaceOffloading',
				'/apis/offloading.liqo.io/v1beta1/namespaceoffloadings',
			],
		],
	},
	'v0.3': {
		offloadings: '/apis/offloading.liqo.io/v1alpha1/namespaceoffloadings',
		maps: '/apis/virtualkubelet.liqo.io/v1alpha1/namespacemaps',
		owner: 'liqo.io/remote-namespace',
		own: [
			[
				'discovery.liqo.io/v1alpha1',
				'ForeignCluster',
				'/apis/discovery.liqo.io/v1alpha1/foreignclusters',
			],
			[
				'offloading.liqo.io/v1alpha1',
				'NamespaceOffloading',
				'/apis/offloading.liqo.io/v1alpha1/namespaceoffloadings',
			],
		],
	},
} as const satisfies Record<
	Setting['generation'],
	{
		readonly offloadings: string;
		readonly maps: string;
		/**
		Annotation of twins.
		*/
		readonly owner: string;
		readonly own: Lists;
	}
>;

const isTwin = (object: JsonObject, {generation}: Setting): boolean =>
	at(object, 'metadata', 'annotations', groups[generation].owner) !== undefined;

/**
What a provider's Capsule gives the owner of a namespace (v0.3).
*/
export const capsuleBindings = (
	namespace: string,
	{homeId: owner}: Setting,
): readonly JsonObject[] =>
	['1', '2', '3'].map((index) => ({
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {
			name: `capsule-${index}`,
			namespace,
			labels: {'capsule.clastix.io/tenant': `tenant-${owner}`},
		},
		subjects: [],
		roleRef: {
			apiGroup: 'rbac.authorization.k8s.io',
			kind: 'ClusterRole',
			name: 'view',
		},
	}));

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
	setting: Setting,
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
				String(at(map, 'metadata', 'labels', 'liqo.io/remote-cluster-id')),
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
							isTwin(object, setting) &&
							isMeant(nameOf(object).slice(0, -setting.homeId.length - 1)),
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
	setting: Setting = usual,
): Promise<Standing> => {
	const {offloadings, maps} = groups[setting.generation];
	const namespaces: Record<string, readonly JsonObject[]> = {};
	for (const [id, cluster] of providers) {
		namespaces[id] = await readList(cluster, '/api/v1/namespaces');
	}

	return standingOf(
		await readList(home, offloadings),
		await readList(home, maps),
		namespaces,
		isMeant,
		setting,
	);
};

const memory = (
	key: string,
	id: string,
	objects: readonly JsonObject[],
	{generation}: Setting,
): MemoryCluster =>
	createMemoryCluster({
		key,
		role: key === 'home' ? 'consumer' : 'provider',
		title: key,
		clusterId: id,
		generation: generationById(generation),
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
	setting: Setting = usual,
): Promise<Standing> => {
	const objects: JsonObject[] = [];
	for (const [apiVersion, kind, path] of [
		...commonLists,
		...groups[setting.generation].own,
	]) {
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
					.filter((object) => !isTwin(object, setting))
					.map((object) => asWritten(object, 'v1', 'Namespace')),
				setting,
			),
		);
	}

	const consumer = memory('home', setting.homeId, objects, setting);
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
	if (setting.generation === 'v0.3') {
		for (const [cluster, {objects: all}] of remote) {
			const twins = Iterator.from(all())
				.filter((object) => isTwin(object, setting))
				.toArray();
			for (const body of twins.flatMap((object) =>
				capsuleBindings(nameOf(object), setting),
			)) {
				simulation.send({
					cluster,
					verb: 'create',
					object: {
						apiVersion: 'rbac.authorization.k8s.io/v1',
						kind: 'RoleBinding',
						namespace: nameOf(body, 'namespace'),
						name: nameOf(body),
					},
					body,
					reason: 'Capsule',
				});
			}
		}

		simulation.settle();
	}

	return standingOf(
		ofKind(consumer, 'NamespaceOffloading'),
		ofKind(consumer, 'NamespaceMap'),
		Object.fromEntries(
			Array.from(remote, ([id, cluster]) => [id, ofKind(cluster, 'Namespace')]),
		),
		isMeant,
		setting,
	);
};
