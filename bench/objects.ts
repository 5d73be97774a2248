import type {Thing} from '../test/helpers/control-plane.js';

/**
How much is put into a server; the proportions are those of 100,000 pods.
*/
export type Size = Readonly<{
	pods: number;
	namespaces: number;
	nodes: number;
	virtualNodes: number;
}>;

export const sizeFor = (pods: number): Size => ({
	pods,
	namespaces: Math.max(4, Math.round(pods / 100)),
	nodes: Math.max(20, Math.round(pods / 20)),
	virtualNodes: Math.min(50, Math.max(4, Math.round(pods / 2000))),
});

// Names are of fixed width, so that an encoded object becomes another one by replacing bytes.
const digits = (index: number): string => String(index).padStart(5, '0');
const letters = 'bcdfghjklmnpqrstvwxz';

export const namespaceName = (index: number): string => `team-${digits(index)}`;
export const nodeName = (index: number): string => `node-${digits(index)}`;
export const virtualNodeName = (index: number): string =>
	`liqo-${digits(index)}`;
export const clusterId = (index: number): string => `provider-${digits(index)}`;

const podSuffix = (index: number): string => {
	let text = '';
	for (
		let rest = index;
		text.length < 5;
		rest = Math.floor(rest / letters.length)
	) {
		text = `${letters[rest % letters.length]}${text}`;
	}

	return text;
};

const apps = [
	'checkout',
	'payments',
	'recommend',
	'cart',
	'frontend',
	'inventory',
	'search',
	'shipping',
	'ratings',
	'ledger',
];

/**
Ten characters or so of application name, then what a ReplicaSet adds.
*/
export const podName = (index: number, app = index % apps.length): string =>
	`${apps[app]}-7d4f9c6b5d-${podSuffix(index)}`;

/**
A uid of the form the server gives, the same for the same number.
*/
export const uid = (index: number): string =>
	`5eed0000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

const started = '2026-11-01T08:00:00Z';

const condition = (type: string, status = 'True', reason?: string) => ({
	type,
	status,
	lastProbeTime: null,
	lastTransitionTime: started,
	...(reason !== undefined && {reason}),
});

const env = (app: string) => [{name: 'SERVICE_NAME', value: app}];

const resources = {
	requests: {cpu: '100m', memory: '128Mi'},
	limits: {cpu: '500m', memory: '256Mi'},
};

const containers = (app: string) => [
	{
		name: 'app',
		image: `registry.example.com/shop/${app}:v2.31.4`,
		env: env(app),
		ports: [{name: 'http', containerPort: 8080, protocol: 'TCP'}],
		resources,
		volumeMounts: [{name: 'config', mountPath: '/etc/app'}],
	},
	{
		name: 'proxy',
		image: 'registry.example.com/mesh/proxy:1.24.0',
		resources,
	},
];

const statusOf = (variant: number, app: string): unknown => {
	if (variant % 10 === 0) {
		return {
			phase: 'Pending',
			conditions: [
				{
					...condition('PodScheduled', 'False', 'Unschedulable'),
					message:
						"0/5000 nodes are available: 5000 node(s) didn't match Pod's node affinity/selector.",
				},
			],
			qosClass: 'Burstable',
		};
	}

	const restartCount = variant % 7 === 0 ? 3 : 0;
	const isReady = variant % 23 !== 0;
	const state = isReady
		? {running: {startedAt: started}}
		: {
				waiting: {
					reason: 'CrashLoopBackOff',
					message: 'back-off 5m0s restarting failed container',
				},
			};
	return {
		phase: 'Running',
		hostIP: '10.0.12.7',
		podIP: '10.244.3.17',
		podIPs: [{ip: '10.244.3.17'}],
		startTime: started,
		qosClass: 'Burstable',
		conditions: [
			condition('PodReadyToStartContainers'),
			condition('Initialized'),
			condition('Ready', isReady ? 'True' : 'False'),
			condition('ContainersReady', isReady ? 'True' : 'False'),
			condition('PodScheduled'),
		],
		containerStatuses: ['app', 'proxy'].map((name) => ({
			name,
			image: `registry.example.com/shop/${app}:v2.31.4`,
			imageID:
				'registry.example.com/shop@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
			containerID:
				'containerd://2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
			ready: isReady,
			started: true,
			restartCount,
			state,
		})),
	};
};

/**
A pod as a Deployment's controller would create it; every tenth one finds no node.
*/
export const pod = (index: number, namespace: string, node: string): Thing => {
	const app = apps[index % apps.length] ?? '';
	const isPending = index % 10 === 0;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: podName(index),
			namespace,
			generateName: `${app}-7d4f9c6b5d-`,
			labels: {
				app,
				'pod-template-hash': '7d4f9c6b5d',
				team: namespace,
				tier: index % 2 === 0 ? 'web' : 'batch',
			},
			annotations: {
				'kubectl.kubernetes.io/restartedAt': started,
				'prometheus.io/scrape': 'true',
			},
			ownerReferences: [
				{
					apiVersion: 'apps/v1',
					kind: 'ReplicaSet',
					name: `${app}-7d4f9c6b5d`,
					uid: uid(index % apps.length),
					controller: true,
					blockOwnerDeletion: true,
				},
			],
		},
		spec: {
			...(!isPending && {nodeName: node}),
			serviceAccountName: 'default',
			containers: containers(app),
			volumes: [{name: 'config', configMap: {name: `${app}-config`}}],
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {
						nodeSelectorTerms: [
							{
								matchExpressions: [
									{
										key: 'liqo.io/type',
										operator: index % 3 === 0 ? 'In' : 'NotIn',
										values: ['virtual-node'],
									},
								],
							},
						],
					},
				},
			},
			tolerations: [
				{
					key: 'virtual-node.liqo.io/not-allowed',
					operator: 'Exists',
					effect: 'NoExecute',
				},
				{
					key: 'node.kubernetes.io/not-ready',
					operator: 'Exists',
					effect: 'NoExecute',
					tolerationSeconds: 300,
				},
				{
					key: 'node.kubernetes.io/unreachable',
					operator: 'Exists',
					effect: 'NoExecute',
					tolerationSeconds: 300,
				},
			],
		},
		status: statusOf(index, app),
	};
};

export const namespace = (index: number): Thing => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {
		name: namespaceName(index),
		labels: {team: namespaceName(index)},
	},
});

const nodeStatus = {
	capacity: {
		cpu: '16',
		memory: '64Gi',
		pods: '110',
		'ephemeral-storage': '200Gi',
	},
	allocatable: {
		cpu: '15800m',
		memory: '62Gi',
		pods: '110',
		'ephemeral-storage': '190Gi',
	},
	conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(
		(type) => ({
			type,
			status: type === 'Ready' ? 'True' : 'False',
			reason: `Kubelet${type}`,
			message: 'kubelet is posting its status',
			lastHeartbeatTime: started,
			lastTransitionTime: started,
		}),
	),
	addresses: [{type: 'InternalIP', address: '10.0.12.7'}],
	nodeInfo: {
		architecture: 'amd64',
		bootID: '8d1e6b5c-0000-4000-8000-000000000000',
		containerRuntimeVersion: 'containerd://2.0.1',
		kernelVersion: '6.8.0-45-generic',
		kubeProxyVersion: 'v1.34.4',
		kubeletVersion: 'v1.34.4',
		machineID: 'ec2a00000000',
		operatingSystem: 'linux',
		osImage: 'Ubuntu 24.04 LTS',
		systemUUID: 'ec2a0000-0000',
	},
};

export const node = (name: string): Thing => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {
		name,
		labels: {
			'kubernetes.io/hostname': name,
			'kubernetes.io/os': 'linux',
			'kubernetes.io/arch': 'amd64',
			'topology.kubernetes.io/region': 'eu-west-1',
			'topology.kubernetes.io/zone': 'eu-west-1a',
		},
	},
	spec: {providerID: `aws:///eu-west-1a/${name}`, podCIDR: '10.244.3.0/24'},
	status: nodeStatus,
});
