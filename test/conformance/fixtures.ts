import {type JsonObject} from '../../source/core/json.js';
import {type Recorded} from './case-types.js';

const namespace = (name: string, labels: JsonObject = {}): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, uid: `ns-${name}`, labels},
	spec: {finalizers: ['kubernetes']},
	status: {phase: 'Active'},
});

const tenant = (name: string, clusterId: string): JsonObject =>
	namespace(name, {
		'liqo.io/remote-cluster-id': clusterId,
		'liqo.io/tenant-namespace': 'true',
	});

export const nodeOf = (node: Recorded): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {
		name: node.name,
		uid: `node-${node.name}`,
		labels: node.labels,
		finalizers: node.finalizers ?? [],
	},
	spec: {
		taints: node.taints ?? [],
		...(node.unschedulable === true && {unschedulable: true}),
	},
	status: {
		allocatable: node.allocatable ?? {cpu: '8', memory: '16Gi', pods: '110'},
	},
});

export const virtualNodeOf = (recorded: Recorded): JsonObject => ({
	apiVersion: 'offloading.liqo.io/v1beta1',
	kind: 'VirtualNode',
	metadata: {
		name: recorded.name,
		namespace: recorded.namespace,
		uid: `vn-${recorded.name}`,
		labels: recorded.labels ?? {
			'liqo.io/remote-cluster-id': recorded.spec.clusterID,
		},
		finalizers: ['virtualnode-controller.liqo.io/finalizer'],
	},
	spec: recorded.spec,
});

/**
A virtual node as short as some actions write it, with the Node that the recording's author made by hand.
*/
export const shortVirtualNode = (short: Recorded): readonly JsonObject[] => {
	const id: string = short.clusterID;
	const labels = {...short.labels};
	const isPeered = short.tenantNamespaceExists !== false;
	const place: string =
		short.namespace ?? (isPeered ? `liqo-tenant-${id}` : `plain-${id}`);
	return [
		isPeered ? tenant(place, id) : namespace(place),
		nodeOf({
			name: short.name,
			labels: {
				...labels,
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				'kubernetes.io/hostname': short.name,
				'storage.liqo.io/available': 'false',
			},
			taints: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					value: 'true',
					effect: 'NoExecute',
				},
			],
		}),
		virtualNodeOf({
			name: short.name,
			namespace: place,
			spec: {clusterID: id, createNode: true, labels},
		}),
	];
};

const mapOf = (
	map: Recorded,
	apiVersion: string,
	finalizers: readonly string[],
): JsonObject => ({
	apiVersion,
	kind: 'NamespaceMap',
	metadata: {
		name: String(map.name).replace('<rand>', 'abcde'),
		namespace: map.namespace,
		uid: `map-${map.name}`,
		generation: 1,
		labels: map.labels,
		finalizers: map.finalizers ?? finalizers,
		...(map.ownerReferences && {
			ownerReferences: map.ownerReferences.map((owner: Recorded) => ({
				...owner,
				uid: `node-${owner.name}`,
			})),
		}),
	},
	spec: {},
});

const currentFixture = (fixture: Recorded): readonly JsonObject[] => [
	...(fixture.virtualNodes ?? []).flatMap((recorded: Recorded) => [
		tenant(recorded.namespace, recorded.spec.clusterID),
		virtualNodeOf(recorded),
		...(recorded.node ? [nodeOf(recorded.node)] : []),
	]),
	...(fixture.nodes ?? []).map((node: Recorded) => nodeOf(node)),
	...(fixture.namespaceMaps ?? []).map((map: Recorded) =>
		mapOf(map, 'offloading.liqo.io/v1beta1', []),
	),
];

export const peeringOf = (id: string): JsonObject => ({
	apiVersion: 'discovery.liqo.io/v1alpha1',
	kind: 'ForeignCluster',
	metadata: {
		name: id,
		uid: `fc-${id}`,
		labels: {'discovery.liqo.io/cluster-id': id},
	},
	spec: {
		clusterIdentity: {clusterID: id, clusterName: id},
		foreignAuthUrl: 'https://127.0.0.1',
	},
	status: {tenantNamespace: {local: `liqo-tenant-${id}`}},
});

const legacyFixture = (fixture: Recorded): readonly JsonObject[] => [
	...(fixture.nodes ?? []).map((node: Recorded) =>
		peeringOf(node.labels['liqo.io/remote-cluster-id']),
	),
	...(fixture.namespaceMaps ?? []).map((map: Recorded) =>
		namespace(map.namespace),
	),
	...(fixture.nodes ?? []).map((node: Recorded) => nodeOf(node)),
	...(fixture.namespaceMaps ?? []).map((map: Recorded) =>
		mapOf(map, 'virtualkubelet.liqo.io/v1alpha1', []),
	),
];

/**
The one virtual node that some files only describe in words.
*/
export const oneLegacyNode: Recorded = {
	nodes: [
		{
			name: 'liqo-prov-eu',
			labels: {
				'liqo.io/remote-cluster-id': 'prov-eu',
				'liqo.io/type': 'virtual-node',
				region: 'eu',
				'storage.liqo.io/available': 'false',
			},
			taints: [],
			finalizers: ['virtualnode-controller.liqo.io/finalizer'],
		},
	],
	namespaceMaps: [
		{
			name: 'prov-eu-<rand>',
			namespace: 'liqo-tenant-prov-eu',
			labels: {'liqo.io/remote-cluster-id': 'prov-eu'},
		},
	],
};

const identityOf = ({kind, metadata}: Recorded): string =>
	`${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

/**
The objects that a fixture stands for, each once: virtual nodes of one cluster share a tenant namespace.
*/
export const fixtureObjects = (
	fixture: Recorded,
	generation: 1 | 2,
): readonly JsonObject[] => {
	const objects =
		generation === 1 ? legacyFixture(fixture) : currentFixture(fixture);
	return [
		...new Map(objects.map((object) => [identityOf(object), object])).values(),
	];
};

export {namespace as namespaceObject, tenant as tenantNamespace};
