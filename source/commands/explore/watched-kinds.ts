import {type KindName} from '../../core/model.js';

/**
What the explorer watches of the consumer, for its panes and findings. `liqo`: only in the namespace in which Liqo runs. No Secrets, and no ConfigMaps
of others: a screen that stays open all day has no business with them.
*/
export const consumerKinds: ReadonlyArray<
	readonly [kind: KindName, where?: 'liqo']
> = [
	['NamespaceOffloading'],
	['NamespaceMap'],
	['VirtualNode'],
	['Node'],
	['Namespace'],
	['Pod'],
	['ForeignCluster'],
	['Deployment'],
	['DaemonSet'],
	['ReplicaSet'],
	['StatefulSet'],
	['Job'],
	['ShadowPod'],
	['RoleBinding'],
	['MutatingWebhookConfiguration'],
	['PersistentVolumeClaim'],
	['PersistentVolume'],
	['StorageClass'],
	['Event'],
	['ConfigMap', 'liqo'],
	['EndpointSlice', 'liqo'],
];

/**
What it watches of each provider.
*/
export const providerKinds: readonly KindName[] = [
	'Namespace',
	'NamespaceMap',
	'ShadowPod',
	'Pod',
	'RoleBinding',
	'Event',
];
