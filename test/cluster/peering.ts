import {setTimeout as delay} from 'node:timers/promises';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {definitionsOf} from '../../source/sandbox/crds/index.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import {installDefinitions} from '../../source/sandbox/engines/kube-apiserver/populate.js';
import {ask, create, type Thing} from '../helpers/control-plane.js';
import {clusterIdConfigMap} from '../helpers/cluster-id-config-map.js';

export const homeId = 'home-id';

const namespace = (
	name: string,
	labels: Readonly<Record<string, string>> = {},
): Thing => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name, labels}});

const tenantLabels = (id: string) => ({
	'liqo.io/remote-cluster-id': id,
	'liqo.io/tenant-namespace': 'true',
});

export const virtualNodeOf = (
	id: string,
	labels: Readonly<Record<string, string>>,
): readonly Thing[] => [
	{
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'VirtualNode',
		metadata: {
			name: id,
			namespace: `liqo-tenant-${id}`,
			labels: {'liqo.io/remote-cluster-id': id},
		},
		spec: {clusterID: id, createNode: true, labels},
	},
	{
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name: id,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				...labels,
			},
		},
		spec: {
			taints: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					value: 'true',
					effect: 'NoExecute',
				},
			],
		},
	},
];

/**
Makes a consumer and its providers ready for offloading, as a peering leaves them: definitions, cluster-ids, tenant namespaces, virtual nodes.
*/
export const peer = async (
	home: ApiServer,
	providers: ReadonlyMap<string, ApiServer>,
): Promise<void> => {
	for (const cluster of [home, ...providers.values()]) {
		await installDefinitions(
			cluster,
			definitionsOf('v1beta1') as readonly JsonObject[],
		);
		await create(cluster, [namespace('liqo')]);
	}

	await create(home, [clusterIdConfigMap(homeId)]);
	for (const [id, cluster] of providers) {
		await create(home, [
			namespace(`liqo-tenant-${id}`, tenantLabels(id)),
			...virtualNodeOf(id, {region: id, 'liqo.io/remote-cluster-id': id}),
		]);
		await create(cluster, [
			clusterIdConfigMap(id),
			namespace(`liqo-tenant-${homeId}`, tenantLabels(homeId)),
			{
				apiVersion: 'rbac.authorization.k8s.io/v1',
				kind: 'ClusterRole',
				metadata: {name: 'liqo-virtual-kubelet-remote'},
				rules: [],
			},
		]);
	}
};

export const offloading = (
	name: string,
	spec: JsonObject = {},
): readonly Thing[] => [
	namespace(name),
	{
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: {name: 'offloading', namespace: name},
		spec: {clusterSelector: {nodeSelectorTerms: []}, ...spec},
	},
];

export const selecting = (...regions: string[]): JsonObject => ({
	clusterSelector: {
		nodeSelectorTerms: [
			{
				matchExpressions: [{key: 'region', operator: 'In', values: regions}],
			},
		],
	},
});

/**
Asks again when a connection that was kept open turns out to be closed.
*/
export const askAgain: typeof ask = async (cluster, url, request) => {
	for (let attempt = 1; ; attempt++) {
		try {
			return await ask(cluster, url, request);
		} catch (error) {
			if (
				attempt === 3 ||
				(error as NodeJS.ErrnoException).code !== 'ECONNRESET'
			) {
				throw error;
			}
		}
	}
};

export const readList = async (
	cluster: ApiServer,
	path: string,
): Promise<readonly JsonObject[]> => {
	const answer = await askAgain(cluster, path);
	if (answer.status !== 200) {
		throw new Error(`${path}: ${answer.text}`);
	}

	const {items} = JSON.parse(answer.text) as {items: JsonObject[]};
	return items;
};

export const offloadingPath = (name: string): string =>
	`/apis/offloading.liqo.io/v1beta1/namespaces/${name}/namespaceoffloadings/offloading`;

export const patch = async (
	cluster: ApiServer,
	path: string,
	body: JsonObject,
): Promise<void> => {
	const answer = await askAgain(cluster, path, {
		method: 'PATCH',
		contentType: 'application/merge-patch+json',
		body,
	});
	if (answer.status !== 200) {
		throw new Error(`${path}: ${answer.text}`);
	}
};

const at = (object: JsonObject | undefined, ...keys: string[]): unknown => {
	let value: unknown = object;
	for (const key of keys) {
		value = isJsonObject(value) ? value[key] : undefined;
	}

	return value;
};

export {at};

/**
Does for namespaces what the kube-controller-manager does, which these control planes lack: empties those that are being deleted of what
offloading puts into them, and lets them go.
*/
export const buryNamespaces = (
	clusters: readonly ApiServer[],
	version = 'v1beta1',
): {stop(): Promise<void>} => {
	const ending = new AbortController();
	const bury = async (cluster: ApiServer, object: JsonObject) => {
		const name = String(at(object, 'metadata', 'name'));
		for (const collection of [
			`/apis/rbac.authorization.k8s.io/v1/namespaces/${name}/rolebindings`,
			`/apis/offloading.liqo.io/${version}/namespaces/${name}/namespaceoffloadings`,
		]) {
			await ask(cluster, collection, {method: 'DELETE'});
		}

		const left = await readList(
			cluster,
			`/apis/offloading.liqo.io/${version}/namespaces/${name}/namespaceoffloadings`,
		);
		if (left.length === 0) {
			await ask(cluster, `/api/v1/namespaces/${name}/finalize`, {
				method: 'PUT',
				body: {...object, spec: {finalizers: []}},
			});
		}
	};

	const loop = async () => {
		while (!ending.signal.aborted) {
			for (const cluster of clusters) {
				const namespaces = await readList(cluster, '/api/v1/namespaces').catch(
					() => [],
				);
				for (const object of namespaces) {
					if (at(object, 'metadata', 'deletionTimestamp') !== undefined) {
						await bury(cluster, object).catch(() => undefined);
					}
				}
			}

			await delay(100);
		}
	};

	const running = loop();
	return {
		async stop() {
			ending.abort();
			await running;
		},
	};
};
