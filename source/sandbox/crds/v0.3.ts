import {type Tree} from '../value.js';
import {age, define, list, object, open, text, truth} from './definition.js';
import {
	clusterSelector,
	condition,
	namespaceMapSpec,
	namespaceMapStatus,
	offloadingColumns,
	offloadingConditions,
} from './shared.js';

const version = 'v1alpha1';

/**
Liqo v0.3's own kinds. None of those about offloading has a status subresource.
*/
export const firstGenerationDefinitions: readonly Tree[] = [
	define({
		group: 'offloading.liqo.io',
		version,
		kind: 'NamespaceOffloading',
		plural: 'namespaceoffloadings',
		shortNames: ['nsof'],
		columns: offloadingColumns,
		description: 'The wish to have a namespace on remote clusters too.',
		required: ['spec'],
		spec: object('What is wanted.', {
			clusterSelector: clusterSelector(false),
			namespaceMappingStrategy: text('How the remote namespaces are named.', {
				enum: ['EnforceSameName', 'DefaultName'],
				default: 'DefaultName',
			}),
			podOffloadingStrategy: text('Where pods of the namespace may run.', {
				enum: ['Local', 'Remote', 'LocalAndRemote'],
				default: 'LocalAndRemote',
			}),
		}),
		status: object('What there is.', {
			offloadingPhase: text('Summary over all clusters.'),
			remoteNamespaceName: text(
				'Name of the namespace on the remote clusters.',
			),
			remoteNamespacesConditions: offloadingConditions,
		}),
	}),
	define({
		group: 'virtualkubelet.liqo.io',
		version,
		kind: 'NamespaceMap',
		plural: 'namespacemaps',
		description:
			'Which local namespaces exist under which names on one cluster.',
		spec: namespaceMapSpec,
		status: namespaceMapStatus,
	}),
	define({
		group: 'virtualkubelet.liqo.io',
		version,
		kind: 'ShadowPod',
		plural: 'shadowpods',
		description: 'A pod that another cluster wants to run here.',
		spec: object('The pod.', {pod: open('Specification of the pod.')}),
	}),
	define({
		group: 'discovery.liqo.io',
		version,
		kind: 'ForeignCluster',
		plural: 'foreignclusters',
		isNamespaced: false,
		hasStatus: true,
		description: 'A cluster that is known, and how far the peering with it is.',
		columns: [
			{
				name: 'ClusterID',
				type: 'string',
				jsonPath: '.spec.clusterIdentity.clusterID',
				priority: 1,
			},
			{
				name: 'ClusterName',
				type: 'string',
				jsonPath: '.spec.clusterIdentity.clusterName',
				priority: 1,
			},
			...(
				[
					['Outgoing peering phase', 'OutgoingPeering'],
					['Incoming peering phase', 'IncomingPeering'],
					['Networking status', 'NetworkStatus'],
					['Authentication status', 'AuthenticationStatus'],
				] as const
			).map(([name, type]) => ({
				name,
				type: 'string' as const,
				jsonPath: `.status.peeringConditions[?(@.type == '${type}')].status`,
			})),
			age,
		],
		spec: object(
			'How the cluster is reached and what is wanted of it.',
			{
				clusterIdentity: object(
					'Who it is.',
					{
						clusterID: text('Its cluster-id.'),
						clusterName: text('Its name for people.'),
					},
					['clusterID', 'clusterName'],
				),
				foreignAuthUrl: text('Where its authentication service listens.'),
				foreignProxyUrl: text('A proxy on the way to it.'),
				incomingPeeringEnabled: text('Whether it may use this cluster.', {
					enum: ['Auto', 'No', 'Yes'],
					default: 'Auto',
				}),
				insecureSkipTLSVerify: truth('Whether its certificate is believed.', {
					default: true,
				}),
				outgoingPeeringEnabled: text('Whether this cluster uses it.', {
					enum: ['Auto', 'No', 'Yes'],
					default: 'Auto',
				}),
				ttl: {type: 'integer', description: 'Seconds until it is forgotten.'},
			},
			['foreignAuthUrl'],
		),
		status: object('How far the peering is.', {
			peeringConditions: list(
				'One condition for each part of the peering.',
				condition(
					text('The part.', {
						enum: [
							'OutgoingPeering',
							'IncomingPeering',
							'NetworkStatus',
							'AuthenticationStatus',
							'ProcessForeignClusterStatus',
						],
					}),
					text('How far it is.', {
						default: 'None',
						enum: [
							'None',
							'Pending',
							'Established',
							'Disconnecting',
							'Denied',
							'EmptyDenied',
							'Error',
							'Success',
						],
					}),
				),
			),
			tenantNamespace: object('The namespaces the peering lives in.', {
				local: text('Here.'),
				remote: text('On the other cluster.'),
			}),
		}),
	}),
];
