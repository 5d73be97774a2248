import {type Schema} from '../schema/schema.js';
import {type Tree} from '../value.js';
import {
	age,
	define,
	list,
	map,
	object,
	open,
	quantities,
	text,
	truth,
} from './definition.js';
import {
	clusterIdPattern,
	clusterSelector,
	condition,
	namespaceMapSpec,
	namespaceMapStatus,
	offloadingColumns,
	offloadingConditions,
} from './shared.js';

const group = 'offloading.liqo.io';
const version = 'v1beta1';

const clusterId = text('The cluster-id: a DNS label.', {
	pattern: clusterIdPattern,
});

const peeringStatus = text('How far it is.', {
	default: 'None',
	enum: [
		'None',
		'Pending',
		'Established',
		'Error',
		'Ready',
		'NotReady',
		'SomeNotReady',
	],
});

const peeringConditions = list(
	'The conditions of the peering.',
	condition(
		text('The part.', {
			enum: [
				'APIServerStatus',
				'NetworkConnectionStatus',
				'NetworkGatewayServerStatus',
				'NetworkGatewayClientStatus',
				'NetworkGatewayPresence',
				'NetworkConfigurationStatus',
				'AuthIdentityControlPlaneStatus',
				'AuthTenantStatus',
				'OffloadingVirtualNodeStatus',
				'OffloadingNodeStatus',
			],
		}),
		peeringStatus,
	),
);

const peeringModule = (description: string): Schema =>
	object(
		description,
		{
			conditions: peeringConditions,
			enabled: truth('Whether the module is in use.'),
		},
		['enabled'],
	);

const virtualNodeCondition = condition(
	text('What the condition is about.', {enum: ['VirtualKubelet', 'Node']}),
	text('How far it is.', {
		default: 'None',
		enum: ['None', 'Running', 'Creating', 'Draining', 'Deleting'],
	}),
);

const conditionColumn = (type: string) => ({
	name: type,
	type: 'string' as const,
	jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
	priority: 1,
});

const taint = object(
	'A taint of the node.',
	{
		effect: text('What happens to pods that do not tolerate it.'),
		key: text('The key.'),
		timeAdded: text('When it was added.', {format: 'date-time'}),
		value: text('The value.'),
	},
	['effect', 'key'],
);

const virtualNodeSpec = object('The virtual node that is wanted.', {
	annotations: map('Annotations of the node.', {type: 'string'}),
	clusterID: clusterId,
	createNode: truth('Whether a node is made, or pods are only reflected.'),
	disableNetworkCheck: truth('Whether the node is ready without a network.'),
	images: list('Images that the node is said to hold.', open('One image.')),
	ingressClasses: list('Ingress classes offered.', open('One class.')),
	kubeconfigSecretRef: open('The Secret that opens the remote cluster.'),
	labels: map('Labels of the node.', {type: 'string'}),
	loadBalancerClasses: list(
		'Load balancer classes offered.',
		open('One class.'),
	),
	offloadingPatch: open('What is changed on each pod that is offloaded here.'),
	resourceQuota: object('What the node offers.', {
		hard: quantities('By resource.'),
	}),
	runtimeClassName: text('Runtime class of the pods on the remote cluster.'),
	storageClasses: list('Storage classes offered.', open('One class.')),
	taints: list('Taints of the node.', taint),
	template: open('The Deployment of the virtual kubelet.'),
	vkOptionsTemplateRef: open('Where the options of the virtual kubelet are.'),
});

/**
Liqo v1's own kinds.
*/
export const currentDefinitions: readonly Tree[] = [
	define({
		group,
		version,
		kind: 'NamespaceOffloading',
		plural: 'namespaceoffloadings',
		shortNames: ['nso', 'nsof', 'nsoff', 'nsoffloading'],
		isInCategory: true,
		hasStatus: true,
		columns: offloadingColumns,
		description: 'The wish to have a namespace on remote clusters too.',
		required: ['spec'],
		spec: object('What is wanted.', {
			clusterSelector: clusterSelector(true),
			namespaceMappingStrategy: text('How the remote namespaces are named.', {
				enum: ['EnforceSameName', 'DefaultName', 'SelectedName'],
				default: 'DefaultName',
			}),
			podOffloadingStrategy: text('Where pods of the namespace may run.', {
				enum: ['Local', 'Remote', 'LocalAndRemote'],
				default: 'LocalAndRemote',
			}),
			remoteNamespaceName: text(
				'Name of the remote namespaces, with the strategy SelectedName.',
			),
		}),
		status: object('What there is.', {
			observedGeneration: {
				type: 'integer',
				format: 'int64',
				description: 'The generation this status speaks of.',
			},
			offloadingPhase: text('Summary over all clusters.'),
			remoteNamespaceName: text(
				'Name of the namespace on the remote clusters.',
			),
			remoteNamespacesConditions: offloadingConditions,
		}),
	}),
	define({
		group,
		version,
		kind: 'NamespaceMap',
		plural: 'namespacemaps',
		shortNames: ['nm', 'nsmap'],
		isInCategory: true,
		hasStatus: true,
		columns: [
			{
				name: 'Local',
				type: 'string',
				jsonPath: String.raw`.metadata.labels.liqo\.io/replication`,
			},
			age,
		],
		description:
			'Which local namespaces exist under which names on one cluster.',
		spec: namespaceMapSpec,
		status: namespaceMapStatus,
	}),
	define({
		group,
		version,
		kind: 'VirtualNode',
		plural: 'virtualnodes',
		shortNames: ['vn', 'vnode', 'virno', 'vno'],
		isInCategory: true,
		hasStatus: true,
		columns: [
			{name: 'ClusterID', type: 'string', jsonPath: '.spec.clusterID'},
			{name: 'Create Node', type: 'boolean', jsonPath: '.spec.createNode'},
			age,
			conditionColumn('Node'),
			conditionColumn('VirtualKubelet'),
		],
		description: 'A share of a remote cluster, shown as a node of this one.',
		spec: virtualNodeSpec,
		status: object('What there is of it.', {
			conditions: list('Its conditions.', virtualNodeCondition),
		}),
	}),
	define({
		group,
		version,
		kind: 'ShadowPod',
		plural: 'shadowpods',
		shortNames: ['shp', 'shpod'],
		isInCategory: true,
		hasStatus: true,
		columns: [{name: 'Status', type: 'string', jsonPath: '.status.phase'}, age],
		description: 'A pod that another cluster wants to run here.',
		spec: object('The pod.', {pod: open('Specification of the pod.')}),
		status: object(
			'How the pod is.',
			{
				phase: text('Phase of the pod.', {
					default: 'Unknown',
					enum: ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'],
				}),
			},
			['phase'],
		),
	}),
	define({
		group: 'core.liqo.io',
		version,
		kind: 'ForeignCluster',
		plural: 'foreignclusters',
		shortNames: ['fc'],
		isInCategory: true,
		isNamespaced: false,
		hasStatus: true,
		columns: [
			{name: 'Role', type: 'string', jsonPath: '.status.role'},
			{
				name: 'ClusterID',
				type: 'string',
				jsonPath: '.spec.clusterID',
				priority: 1,
			},
			age,
		],
		description: 'A cluster that is known, and how far the peering with it is.',
		spec: object(
			'Who it is.',
			{
				clusterID: {
					...clusterId,
					'x-kubernetes-validations': [
						{message: 'ClusterID field is immutable', rule: 'self == oldSelf'},
					],
				},
			},
			['clusterID'],
		),
		status: object(
			'How far the peering is.',
			{
				apiServerUrl: text('Where its API server listens.'),
				conditions: peeringConditions,
				foreignProxyUrl: text('A proxy on the way to it.'),
				modules: object(
					'The modules of the peering.',
					{
						authentication: peeringModule('Who may ask for what.'),
						networking: peeringModule('The tunnel between the clusters.'),
						offloading: peeringModule('The virtual nodes.'),
					},
					['authentication', 'networking', 'offloading'],
				),
				observedGeneration: {
					type: 'integer',
					format: 'int64',
					description: 'The generation this status speaks of.',
				},
				role: text('What it is to this cluster.', {
					default: 'Unknown',
					enum: ['Consumer', 'Provider', 'ConsumerAndProvider', 'Unknown'],
				}),
				tenantNamespace: object('The namespaces the peering lives in.', {
					local: text('Here.'),
					remote: text('On the other cluster.'),
				}),
			},
			['role'],
		),
	}),
];
