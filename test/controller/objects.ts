import {type JsonObject} from '../../source/core/json.js';
import {type FakeServer} from './fake-server.js';

export const namespace = (name: string): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name},
});

export const offloading = (name: string): JsonObject => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceOffloading',
	metadata: {name: 'offloading', namespace: name, generation: 1},
	spec: {
		namespaceMappingStrategy: 'DefaultName',
		podOffloadingStrategy: 'LocalAndRemote',
		clusterSelector: {nodeSelectorTerms: []},
	},
});

export const map = (cluster: string): JsonObject => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'NamespaceMap',
	metadata: {
		name: cluster,
		namespace: `liqo-tenant-${cluster}`,
		labels: {'liqo.io/remote-cluster-id': cluster},
	},
	spec: {desiredMapping: {}},
});

export const offload = (server: FakeServer, name: string): void => {
	server.put('home', namespace(name));
	server.put('home', offloading(name));
};

const volatile = new Set(['resourceVersion', 'uid', 'creationTimestamp']);

/**
The objects of all clusters as text, without what differs from run to run.
*/
export const stateOf = (
	server: FakeServer,
	clusters: string[] = ['home'],
): string =>
	JSON.stringify(
		clusters.map((cluster) => [
			cluster,
			['Namespace', 'NamespaceMap', 'NamespaceOffloading', 'RoleBinding'].map(
				(kind) =>
					server
						.list(cluster, kind)
						.toSorted((a, b) =>
							JSON.stringify(a.metadata).localeCompare(
								JSON.stringify(b.metadata),
							),
						),
			),
		]),
		(key, value: unknown) => (volatile.has(key) ? undefined : value),
		'\t',
	);
