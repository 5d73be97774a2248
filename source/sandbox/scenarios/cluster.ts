import {type GenerationId} from '../../core/generations/generation.js';
import {keys} from '../../core/keys.js';
import {type JsonObject} from '../../core/json.js';
import {type Draft} from './draft.js';

export const isFirstGeneration = (draft: Draft): boolean =>
	draft.generation === 'v0.3';

/**
Group and version under which each of Liqo's kinds is served.
*/
export const liqoApi = (generation: GenerationId, kind: string): string => {
	if (generation === 'v1beta1') {
		return kind === 'ForeignCluster'
			? 'core.liqo.io/v1beta1'
			: 'offloading.liqo.io/v1beta1';
	}

	if (kind === 'ForeignCluster') {
		return 'discovery.liqo.io/v1alpha1';
	}

	return kind === 'NamespaceOffloading'
		? 'offloading.liqo.io/v1alpha1'
		: 'virtualkubelet.liqo.io/v1alpha1';
};

export const capacity = {cpu: '8', memory: '32Gi', pods: '110'};

export const readyConditions = (since: string): JsonObject[] =>
	[
		['MemoryPressure', 'False', 'KubeletHasSufficientMemory'],
		['DiskPressure', 'False', 'KubeletHasNoDiskPressure'],
		['PIDPressure', 'False', 'KubeletHasSufficientPID'],
		['Ready', 'True', 'KubeletReady'],
	].map(([type, status, reason]) => ({
		type: type!,
		status: status!,
		reason: reason!,
		lastTransitionTime: since,
	}));

export const putNamespace = (
	draft: Draft,
	cluster: string,
	name: string,
	metadata: JsonObject = {},
): void => {
	const labels = {
		'kubernetes.io/metadata.name': name,
		...(metadata.labels as JsonObject | undefined),
	};
	draft.put(cluster, {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {...metadata, name, labels},
		spec: {finalizers: ['kubernetes']},
		status: {phase: 'Active'},
	});
};

export const putLocalNode = (
	draft: Draft,
	cluster: string,
	name: string,
): void => {
	draft.put(cluster, {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				disk: 'ssd',
			},
		},
		spec: {},
		status: {
			capacity,
			allocatable: capacity,
			conditions: readyConditions(draft.ago(7200)),
		},
	});
};

export const putDeployment = (
	draft: Draft,
	cluster: string,
	{
		namespace,
		name,
		labels = {},
		image,
		replicas = 1,
		available = replicas,
	}: {
		readonly namespace: string;
		readonly name: string;
		readonly labels?: JsonObject;
		readonly image: string;
		readonly replicas?: number;
		readonly available?: number;
	},
): void => {
	draft.put(cluster, {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {namespace, name, labels},
		spec: {
			replicas,
			selector: {matchLabels: {app: name}},
			template: {
				metadata: {labels: {app: name}},
				spec: {containers: [{name, image}]},
			},
		},
		status: {
			replicas,
			readyReplicas: available,
			availableReplicas: available,
			conditions: [
				{
					type: 'Available',
					status: available > 0 ? 'True' : 'False',
					reason:
						available > 0
							? 'MinimumReplicasAvailable'
							: 'MinimumReplicasUnavailable',
				},
			],
		},
	});
};

export const version = (draft: Draft) =>
	isFirstGeneration(draft) ? 'v0.3.2' : 'v1.2.0';

export const putLiqo = (draft: Draft, cluster: string, id: string): void => {
	putNamespace(draft, cluster, 'liqo');
	draft.put(cluster, {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {
			namespace: 'liqo',
			name: 'liqo-clusterid-configmap',
			labels: {
				'app.kubernetes.io/name': 'clusterid-configmap',
				'app.kubernetes.io/component': 'clusterid-configmap',
			},
		},
		data: {CLUSTER_ID: id, CLUSTER_NAME: cluster},
	});
	const names = [
		'controller-manager',
		'webhook',
		...(isFirstGeneration(draft) ? [] : ['crd-replicator']),
	];
	for (const name of names) {
		putDeployment(draft, cluster, {
			namespace: 'liqo',
			name: `liqo-${name}`,
			labels: {
				'app.kubernetes.io/name': name,
				'app.kubernetes.io/part-of': 'liqo',
			},
			image: `liqo/${name}:${version(draft)}`,
		});
	}

	const webhook = (name: string, path: string): JsonObject => ({
		name,
		failurePolicy: isFirstGeneration(draft) ? 'Ignore' : 'Fail',
		timeoutSeconds: isFirstGeneration(draft) ? 5 : 10,
		sideEffects: 'None',
		admissionReviewVersions: ['v1'],
		clientConfig: {
			caBundle: 'TGlxbyBDQQ==',
			service: {namespace: 'liqo', name: 'liqo-webhook', path},
		},
	});
	draft.put(cluster, {
		apiVersion: 'admissionregistration.k8s.io/v1',
		kind: 'MutatingWebhookConfiguration',
		metadata: {name: 'liqo-webhook-pod'},
		webhooks: [
			{
				...webhook(
					isFirstGeneration(draft)
						? 'liqo-webhook.liqo.liqo-webhook'
						: 'pod.mutate.liqo.io',
					'/mutate/pod',
				),
				namespaceSelector: {matchLabels: {[keys.schedulingEnabled]: 'true'}},
				rules: [
					{
						apiGroups: [''],
						apiVersions: ['v1'],
						operations: ['CREATE'],
						resources: ['pods'],
					},
				],
			},
		],
	});
	if (!isFirstGeneration(draft)) {
		draft.put(cluster, {
			apiVersion: 'admissionregistration.k8s.io/v1',
			kind: 'ValidatingWebhookConfiguration',
			metadata: {name: 'liqo-webhook-nsoff'},
			webhooks: [
				{
					...webhook(
						'nsoff.validate.liqo.io',
						'/validate/namespace-offloading',
					),
					rules: [
						{
							apiGroups: ['offloading.liqo.io'],
							apiVersions: ['v1beta1'],
							operations: ['CREATE', 'UPDATE'],
							resources: ['namespaceoffloadings'],
						},
					],
				},
			],
		});
	}

	draft.put(cluster, {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {
			namespace: 'liqo',
			name: 'liqo-webhook-x7k2p',
			labels: {'kubernetes.io/service-name': 'liqo-webhook'},
		},
		addressType: 'IPv4',
		endpoints: [{addresses: ['10.0.0.9'], conditions: {ready: true}}],
		ports: [{port: 9443}],
	});
	for (const [name, provisioner] of [
		['standard', 'rancher.io/local-path'],
		['liqo', 'liqo.io/storage'],
	]) {
		draft.put(cluster, {
			apiVersion: 'storage.k8s.io/v1',
			kind: 'StorageClass',
			metadata: {name: name!},
			provisioner: provisioner!,
			volumeBindingMode: 'WaitForFirstConsumer',
		});
	}
};
