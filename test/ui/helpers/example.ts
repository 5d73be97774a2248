import {decode} from '../../../source/core/decode.js';
import {v1beta1} from '../../../source/core/generations/v1beta1.js';
import {type JsonObject} from '../../../source/core/json.js';
import {type KindName} from '../../../source/core/model.js';
import {createStore} from '../../../source/store/create-store.js';
import {type Store} from '../../../source/store/store.js';

/**
2026-11-22T12:00:00Z, the time of every frame.
*/
export const now = Date.UTC(2026, 10, 22, 12);

const ago = (seconds: number): string =>
	new Date(now - seconds * 1000).toISOString().replace('.000Z', 'Z');

let version = 0;

const metadata = (
	name: string,
	{
		namespace,
		age = 7200,
		labels = {},
		...more
	}: {
		readonly namespace?: string;
		readonly age?: number;
		readonly labels?: Readonly<Record<string, string>>;
		readonly [key: string]: unknown;
	} = {},
) => {
	version++;
	return {
		name,
		namespace,
		uid: `uid-${namespace ?? ''}-${name}`,
		resourceVersion: String(version),
		creationTimestamp: ago(age),
		labels,
		...more,
	};
};

export const put = (store: Store, kind: KindName, raw: unknown): void => {
	store.upsert('home', decode(kind, raw as JsonObject, v1beta1));
};

type Cluster = {
	readonly id: string;
	readonly node: string;
	readonly isReady: boolean;
	readonly labels: Readonly<Record<string, string>>;
};

const clusters: readonly Cluster[] = [
	{
		id: 'eu-west',
		node: 'liqo-eu',
		isReady: true,
		labels: {region: 'eu', tier: 'gold'},
	},
	{id: 'us-east', node: 'liqo-us', isReady: true, labels: {region: 'us'}},
	{id: 'ap-south', node: 'liqo-ap', isReady: false, labels: {region: 'ap'}},
];

const putCluster = (store: Store, {id, node, isReady, labels}: Cluster) => {
	put(store, 'VirtualNode', {
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'VirtualNode',
		metadata: metadata(node, {
			namespace: `liqo-tenant-${id}`,
			age: 86_400 * 12,
			labels: {'liqo.io/remote-cluster-id': id},
		}),
		spec: {clusterID: id, createNode: true, labels},
		status: {
			conditions: [
				{type: 'VirtualKubelet', status: 'Running'},
				{type: 'Node', status: 'Running'},
			],
		},
	});
	put(store, 'Node', {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: metadata(node, {
			age: 86_400 * 12,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				'kubernetes.io/hostname': node,
				...labels,
			},
		}),
		spec: {
			taints: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					value: 'true',
					effect: 'NoExecute',
				},
			],
		},
		status: {
			conditions: [
				{
					type: 'Ready',
					status: isReady ? 'True' : 'False',
					reason: isReady ? 'KubeletReady' : 'ClusterUnreachable',
					message: isReady ? '' : 'The remote API server does not answer',
					lastTransitionTime: ago(900),
				},
			],
			allocatable: {cpu: '64', memory: '256Gi', pods: '500'},
			capacity: {cpu: '64', memory: '256Gi', pods: '500'},
		},
	});
};

export type Offloading = {
	readonly namespace: string;
	readonly phase: string;
	readonly strategy: string;
	readonly age: number;
	readonly key?: string;
	/**
	Outcome by cluster-id.
	*/
	readonly on: Readonly<Record<string, string>>;
};

const offloadings: readonly Offloading[] = [
	{
		namespace: 'shop',
		phase: 'NoClusterSelected',
		strategy: 'Remote',
		age: 130,
		key: 'regoin',
		on: {},
	},
	{
		namespace: 'billing',
		phase: 'AllFailed',
		strategy: 'LocalAndRemote',
		age: 300,
		on: {
			'eu-west': 'CreationLoopBackOff',
			'us-east': 'CreationLoopBackOff',
			'ap-south': 'CreationLoopBackOff',
		},
	},
	{
		namespace: 'reports',
		phase: 'SomeFailed',
		strategy: 'LocalAndRemote',
		age: 2460,
		on: {
			'eu-west': 'Accepted',
			'us-east': 'Accepted',
			'ap-south': 'CreationLoopBackOff',
		},
	},
	{
		namespace: 'search',
		phase: 'InProgress',
		strategy: 'Remote',
		age: 3,
		on: {'eu-west': 'Accepted'},
	},
	...['cart', 'catalog', 'checkout', 'identity', 'images'].map(
		(namespace, index): Offloading => ({
			namespace,
			phase: 'Ready',
			strategy: 'LocalAndRemote',
			age: 86_400 * (2 + index),
			on: {'eu-west': 'Accepted', 'us-east': 'Accepted'},
		}),
	),
];

export const putOffloading = (
	store: Store,
	{namespace, phase, strategy, age, key = 'region', on}: Offloading,
): void => {
	put(store, 'Namespace', {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: metadata(namespace, {
			age: 86_400 * 20,
			labels: {'liqo.io/scheduling-enabled': 'true', team: namespace},
		}),
		spec: {finalizers: ['kubernetes']},
		status: {phase: 'Active'},
	});
	put(store, 'NamespaceOffloading', {
		apiVersion: 'offloading.liqo.io/v1beta1',
		kind: 'NamespaceOffloading',
		metadata: metadata('offloading', {namespace, age, generation: 1}),
		spec: {
			namespaceMappingStrategy: 'DefaultName',
			podOffloadingStrategy: strategy,
			clusterSelector: {
				nodeSelectorTerms: [
					{matchExpressions: [{key, operator: 'In', values: ['eu', 'us']}]},
				],
			},
		},
		status: {
			offloadingPhase: phase,
			observedGeneration: 1,
			remoteNamespaceName: `${namespace}-1f0c2d`,
			remoteNamespacesConditions: Object.fromEntries(
				Object.entries(on).map(([cluster, outcome]) => [
					cluster,
					[
						{
							type: 'OffloadingRequired',
							status: 'True',
							reason: 'ClusterSelected',
							lastTransitionTime: ago(age),
						},
						{
							type: 'Ready',
							status: outcome === 'Accepted' ? 'True' : 'False',
							reason: outcome === 'Accepted' ? 'NamespaceCreated' : outcome,
							message:
								outcome === 'Accepted'
									? 'Namespace correctly offloaded to the remote cluster'
									: 'Some problems occurred during remote namespace creation',
							lastTransitionTime: ago(age),
						},
					],
				]),
			),
		},
	});
};

export const putMaps = (
	store: Store,
	entries: readonly Offloading[] = offloadings,
): void => {
	for (const {id} of clusters) {
		const hosted = entries.filter(({on}) => on[id] !== undefined);
		put(store, 'NamespaceMap', {
			apiVersion: 'offloading.liqo.io/v1beta1',
			kind: 'NamespaceMap',
			metadata: metadata(id, {
				namespace: `liqo-tenant-${id}`,
				age: 86_400 * 12,
				labels: {
					'liqo.io/remote-cluster-id': id,
					'liqo.io/replication': 'true',
					'liqo.io/remoteID': id,
				},
			}),
			spec: {
				desiredMapping: Object.fromEntries(
					hosted.map(({namespace}) => [namespace, `${namespace}-1f0c2d`]),
				),
			},
			status: {
				currentMapping: Object.fromEntries(
					hosted.map(({namespace, on}) => [
						namespace,
						{remoteNamespace: `${namespace}-1f0c2d`, phase: on[id]},
					]),
				),
			},
		});
	}
};

export type ExamplePod = {
	readonly namespace: string;
	readonly name: string;
	readonly node?: string;
	readonly phase: string;
	readonly message?: string;
	readonly age?: number;
	readonly labels?: Readonly<Record<string, string>>;
};

export const putPod = (
	store: Store,
	{namespace, name, node, phase, message, age = 600, labels = {}}: ExamplePod,
): void => {
	const isPending = phase === 'Pending';
	put(store, 'Pod', {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: metadata(name, {
			namespace,
			age,
			labels: {app: name.split('-', 1)[0]!, ...labels},
			ownerReferences: [
				{
					apiVersion: 'apps/v1',
					kind: 'ReplicaSet',
					name: name.split('-').slice(0, -1).join('-'),
					uid: `uid-rs-${name}`,
					controller: true,
				},
			],
		}),
		spec: {
			nodeName: node,
			containers: [{name: 'main', image: 'nginx:1.29'}],
			tolerations: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					operator: 'Exists',
					effect: 'NoExecute',
				},
			],
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [
							{
								matchExpressions: [
									{key: 'region', operator: 'In', values: ['eu', 'us']},
								],
							},
						],
					},
				},
			},
		},
		status: {
			phase,
			conditions: [
				isPending
					? {
							type: 'PodScheduled',
							status: 'False',
							reason: 'Unschedulable',
							message,
							lastTransitionTime: ago(age),
						}
					: {type: 'Ready', status: 'True', lastTransitionTime: ago(age)},
			],
			containerStatuses: isPending
				? []
				: [
						{
							name: 'main',
							ready: true,
							restartCount: 0,
							state: {running: {startedAt: ago(age)}},
						},
					],
		},
	});
};

const kinds: readonly KindName[] = [
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'ForeignCluster',
	'Node',
	'Namespace',
	'Pod',
];

/**
A home cluster with three virtual nodes and every outcome of an offloading, as the sketches of the screens have it.
*/
export const createExample = (): Store => {
	const store = createStore({
		consumer: {
			key: 'home',
			role: 'consumer',
			title: 'kind-home',
			clusterId: '1f0c2d',
			generation: v1beta1,
		},
	});
	for (const cluster of clusters) {
		putCluster(store, cluster);
	}

	for (const offloading of offloadings) {
		putOffloading(store, offloading);
	}

	putMaps(store);
	putPod(store, {
		namespace: 'shop',
		name: 'web-7d4f9-x2x1',
		phase: 'Pending',
		age: 125,
		message:
			"0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
	});
	putPod(store, {
		namespace: 'shop',
		name: 'web-7d4f9-p9k2',
		phase: 'Running',
		node: 'liqo-eu',
	});
	for (const [index, namespace] of ['reports', 'cart', 'catalog'].entries()) {
		for (let count = 0; count < 4; count++) {
			putPod(store, {
				namespace,
				name: `app-5c9b8-${index}${count}abc`,
				phase: 'Running',
				node: count % 2 === 0 ? 'liqo-eu' : 'liqo-us',
				age: 3600 * (index + 1),
			});
		}
	}

	for (const kind of kinds) {
		store.setAccess('home', kind, {state: 'live'});
	}

	store.flush();
	return store;
};
