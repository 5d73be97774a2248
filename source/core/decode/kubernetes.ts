import {
	type ConfigMap,
	type ContainerStatus,
	type EndpointSlice,
	type Namespace,
	type Node,
	type PersistentVolume,
	type PersistentVolumeClaim,
	type Pod,
	type RoleBinding,
	type Secret,
	type StorageClass,
	type WebhookConfiguration,
	type Workload,
} from '../kubernetes.js';
import {decodeEvent} from './event.js';
import {assemble, decodeConditions} from './metadata.js';
import {
	child,
	childOrEmpty,
	defined,
	emptyList,
	entries,
	flag,
	map,
	type Place,
	quantities,
	text,
	texts,
	whole,
} from './place.js';
import {decodeNodeSelector, decodePodSpec, decodeTaint} from './pod-spec.js';
import {decodeWebhooks} from './webhooks.js';

const decodeNode = (root: Place): Node => {
	const spec = childOrEmpty(root, 'spec');
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'Node', apiVersion: 'v1'},
		{
			spec: defined({
				unschedulable: flag(spec, 'unschedulable'),
				taints: entries(spec, 'taints', decodeTaint) ?? emptyList,
			}),
			status: {
				conditions: decodeConditions(status),
				allocatable: quantities(status, 'allocatable'),
				capacity: quantities(status, 'capacity'),
			},
		},
	);
};

const decodeNamespace = (root: Place): Namespace => {
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'Namespace', apiVersion: 'v1', hasManagers: true},
		{
			spec: {
				finalizers:
					texts(childOrEmpty(root, 'spec'), 'finalizers') ?? emptyList,
			},
			status: defined({
				phase: text(status, 'phase'),
				conditions: decodeConditions(status),
			}),
		},
	);
};

/**
`running`, or the reason of the waiting or terminated state (the state's own name where it gives none).
*/
const containerState = (status: Place): string | undefined => {
	const state = child(status, 'state');
	if (state === undefined) {
		return undefined;
	}

	if (child(state, 'running')) {
		return 'running';
	}

	for (const name of ['waiting', 'terminated']) {
		const detail = child(state, name);
		if (detail) {
			return text(detail, 'reason') ?? name;
		}
	}

	return undefined;
};

const decodeContainerStatus = (status: Place): ContainerStatus =>
	defined({
		name: text(status, 'name') ?? '',
		ready: flag(status, 'ready') ?? false,
		restartCount: whole(status, 'restartCount') ?? 0,
		state: containerState(status),
		started: flag(status, 'started'),
	});

const decodePod = (root: Place): Pod => {
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'Pod', apiVersion: 'v1'},
		{
			spec: decodePodSpec(childOrEmpty(root, 'spec')),
			status: defined({
				phase: text(status, 'phase'),
				reason: text(status, 'reason'),
				message: text(status, 'message'),
				conditions: decodeConditions(status),
				containerStatuses:
					entries(status, 'containerStatuses', decodeContainerStatus) ??
					emptyList,
				startTime: text(status, 'startTime'),
			}),
		},
	);
};

type WorkloadKind =
	'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job';

const decodeTemplate = (
	spec: Place,
): Workload<WorkloadKind>['spec']['template'] => {
	const template = child(spec, 'template');
	if (template === undefined) {
		return undefined;
	}

	const metadata = childOrEmpty(template, 'metadata');
	return {
		metadata: {
			labels: map(metadata, 'labels'),
			annotations: map(metadata, 'annotations'),
		},
		spec: decodePodSpec(childOrEmpty(template, 'spec')),
	};
};

/**
DaemonSets and Jobs count under other names; the shape is that of a Deployment.
*/
const decodeWorkload =
	<K extends WorkloadKind>(kind: K, apiVersion: string) =>
	(root: Place): Workload<K> => {
		const spec = childOrEmpty(root, 'spec');
		const status = childOrEmpty(root, 'status');
		return assemble(
			root,
			{kind, apiVersion},
			{
				spec: defined({
					replicas: whole(spec, 'replicas') ?? whole(spec, 'parallelism'),
					template: decodeTemplate(spec),
				}),
				status: defined({
					replicas:
						whole(status, 'replicas') ??
						whole(status, 'desiredNumberScheduled') ??
						whole(status, 'active'),
					readyReplicas:
						whole(status, 'readyReplicas') ??
						whole(status, 'numberReady') ??
						whole(status, 'ready'),
					availableReplicas:
						whole(status, 'availableReplicas') ??
						whole(status, 'numberAvailable'),
					conditions: decodeConditions(status),
				}),
			},
		);
	};

const decodeConfigMap = (root: Place): ConfigMap =>
	assemble(
		root,
		{kind: 'ConfigMap', apiVersion: 'v1'},
		{data: map(root, 'data')},
	);

/**
The values are dropped here, before anybody can keep or show them.
*/
const decodeSecret = (root: Place): Secret => {
	const keys = ['data', 'stringData'].flatMap((key) =>
		Object.keys(childOrEmpty(root, key).value),
	);
	return assemble(
		root,
		{kind: 'Secret', apiVersion: 'v1'},
		defined({type: text(root, 'type'), keys: [...new Set(keys)]}),
	);
};

const decodeRoleBinding = (root: Place): RoleBinding => {
	const roleRef = childOrEmpty(root, 'roleRef');
	return assemble(
		root,
		{kind: 'RoleBinding', apiVersion: 'rbac.authorization.k8s.io/v1'},
		{
			subjects:
				entries(root, 'subjects', (subject) =>
					defined({
						kind: text(subject, 'kind') ?? '',
						name: text(subject, 'name') ?? '',
						namespace: text(subject, 'namespace'),
					}),
				) ?? emptyList,
			roleRef: {
				kind: text(roleRef, 'kind') ?? '',
				name: text(roleRef, 'name') ?? '',
			},
		},
	);
};

type WebhookKind =
	'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration';

const decodeWebhookConfiguration =
	<K extends WebhookKind>(kind: K) =>
	(root: Place): WebhookConfiguration<K> =>
		assemble(
			root,
			{kind, apiVersion: 'admissionregistration.k8s.io/v1'},
			{webhooks: decodeWebhooks(root)},
		);

const decodeClaim = (root: Place): PersistentVolumeClaim => {
	const spec = childOrEmpty(root, 'spec');
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'PersistentVolumeClaim', apiVersion: 'v1'},
		{
			spec: defined({
				storageClassName: text(spec, 'storageClassName'),
				volumeName: text(spec, 'volumeName'),
			}),
			status: defined({phase: text(status, 'phase')}),
		},
	);
};

const decodeVolumeAffinity = (
	affinity: Place,
): PersistentVolume['spec']['nodeAffinity'] =>
	defined({required: decodeNodeSelector(affinity, 'required')});

const decodeVolume = (root: Place): PersistentVolume => {
	const affinity = child(childOrEmpty(root, 'spec'), 'nodeAffinity');
	return assemble(
		root,
		{kind: 'PersistentVolume', apiVersion: 'v1'},
		{
			spec: defined({nodeAffinity: affinity && decodeVolumeAffinity(affinity)}),
		},
	);
};

const decodeStorageClass = (root: Place): StorageClass =>
	assemble(
		root,
		{kind: 'StorageClass', apiVersion: 'storage.k8s.io/v1'},
		defined({
			provisioner: text(root, 'provisioner') ?? '',
			volumeBindingMode: text(root, 'volumeBindingMode'),
		}),
	);

const decodeEndpointSlice = (root: Place): EndpointSlice => {
	const slice = assemble(
		root,
		{kind: 'EndpointSlice', apiVersion: 'discovery.k8s.io/v1'},
		{
			serviceName: '',
			readyAddresses: (
				entries(root, 'endpoints', (endpoint) => {
					// An endpoint that does not say so counts as ready (Kubernetes: EndpointSlice conditions).
					const isReady =
						flag(childOrEmpty(endpoint, 'conditions'), 'ready') ?? true;
					return isReady ? (texts(endpoint, 'addresses')?.length ?? 0) : 0;
				}) ?? []
			).reduce((sum, count) => sum + count, 0),
		},
	);
	return {
		...slice,
		serviceName: slice.metadata.labels['kubernetes.io/service-name'] ?? '',
	};
};

/**
Readers of Kubernetes' own kinds, in whatever version they come.
*/
export const builtInDecoders = {
	Node: decodeNode,
	Namespace: decodeNamespace,
	Pod: decodePod,
	Event: decodeEvent,
	Deployment: decodeWorkload('Deployment', 'apps/v1'),
	ReplicaSet: decodeWorkload('ReplicaSet', 'apps/v1'),
	StatefulSet: decodeWorkload('StatefulSet', 'apps/v1'),
	DaemonSet: decodeWorkload('DaemonSet', 'apps/v1'),
	Job: decodeWorkload('Job', 'batch/v1'),
	ConfigMap: decodeConfigMap,
	Secret: decodeSecret,
	RoleBinding: decodeRoleBinding,
	MutatingWebhookConfiguration: decodeWebhookConfiguration(
		'MutatingWebhookConfiguration',
	),
	ValidatingWebhookConfiguration: decodeWebhookConfiguration(
		'ValidatingWebhookConfiguration',
	),
	PersistentVolumeClaim: decodeClaim,
	PersistentVolume: decodeVolume,
	StorageClass: decodeStorageClass,
	EndpointSlice: decodeEndpointSlice,
} as const;
