import {finalizers, keys} from '../../core/keys.js';
import {virtualKubeletLabels} from '../virtual-kubelet-labels.js';
import {
	isFirstGeneration,
	liqoApi,
	putDeployment,
	putLiqo,
	putLocalNode,
	putNamespace,
	readyConditions,
	version,
} from './cluster.js';
import {type Draft, type Peer} from './draft.js';

export const notAllowedTaint = {
	key: keys.notAllowed,
	value: 'true',
	effect: 'NoExecute',
};

/**
The core Node of a virtual node, as the virtual kubelet makes it.
*/
export const putVirtualNode = (
	draft: Draft,
	peer: Peer,
	name = peer.node,
	labels: Readonly<Record<string, string>> = peer.labels,
): void => {
	draft.put('home', {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				...virtualKubeletLabels(name),
				[keys.type]: 'virtual-node',
				[keys.remoteClusterId]: peer.id,
				[keys.storageAvailable]: 'true',
				...labels,
			},
			...(isFirstGeneration(draft) && {finalizers: [finalizers.virtualNode]}),
		},
		spec: {taints: [notAllowedTaint]},
		status: {
			capacity: {cpu: '32', memory: '128Gi', pods: '500'},
			allocatable: {cpu: '32', memory: '128Gi', pods: '500'},
			conditions: [
				...readyConditions(draft.ago(7200)),
				{
					type: 'NetworkUnavailable',
					status: 'False',
					reason: 'LiqoNetworkingUp',
					lastTransitionTime: draft.ago(7200),
				},
			],
		},
	});
	if (!isFirstGeneration(draft)) {
		draft.put('home', {
			apiVersion: liqoApi(draft.generation, 'VirtualNode'),
			kind: 'VirtualNode',
			metadata: {
				namespace: peer.tenantNamespace,
				name,
				labels: {[keys.remoteClusterId]: peer.id},
				finalizers: [finalizers.virtualNode],
			},
			spec: {
				clusterID: peer.id,
				createNode: true,
				labels: {[keys.remoteClusterId]: peer.id, ...labels},
				resourceQuota: {hard: {cpu: '32', memory: '128Gi', pods: '500'}},
				storageClasses: [{storageClassName: 'liqo'}],
			},
			status: {
				conditions: [
					{type: 'VirtualKubelet', status: 'Running'},
					{type: 'Node', status: 'Running'},
				],
			},
		});
	}

	putDeployment(draft, 'home', {
		namespace: peer.tenantNamespace,
		name: `virtual-kubelet-${name}`,
		labels: {
			'app.kubernetes.io/name': 'virtual-kubelet',
			[keys.remoteClusterId]: peer.id,
			'virtualkubelet.liqo.io/node-name': name,
		},
		image: `liqo/virtual-kubelet:${version(draft)}`,
	});
};

/**
Name of the consumer's tenant namespace on the providers.
*/
export const remoteTenantNamespace = (draft: Draft): string =>
	`liqo-tenant-${draft.localId}`;

export const putNamespaceMap = (
	draft: Draft,
	peer: Peer,
	name = peer.map,
): void => {
	const isFirst = isFirstGeneration(draft);
	draft.put('home', {
		apiVersion: liqoApi(draft.generation, 'NamespaceMap'),
		kind: 'NamespaceMap',
		metadata: {
			namespace: peer.tenantNamespace,
			name,
			labels: {
				[keys.remoteClusterId]: peer.id,
				...(!isFirst && {[keys.replication]: 'true', [keys.remoteId]: peer.id}),
			},
			finalizers: [isFirst ? finalizers.namespaceMap : finalizers.replicator],
			...(isFirst && {
				generateName: `${peer.id}-`,
				ownerReferences: [
					{
						apiVersion: 'v1',
						kind: 'Node',
						name: peer.node,
						uid: (
							draft.get('home', 'Node', peer.node).metadata as {uid: string}
						).uid,
						controller: true,
					},
				],
			}),
		},
		spec: {desiredMapping: {}},
		status: {currentMapping: {}},
	});
	if (!isFirst) {
		draft.put(peer.handle, {
			apiVersion: liqoApi(draft.generation, 'NamespaceMap'),
			kind: 'NamespaceMap',
			metadata: {
				namespace: remoteTenantNamespace(draft),
				name,
				labels: {
					[keys.remoteClusterId]: draft.localId,
					[keys.replication]: 'false',
					[keys.replicated]: 'true',
					[keys.originId]: draft.localId,
					[keys.remoteId]: peer.id,
				},
				finalizers: [finalizers.namespaceMap],
			},
			spec: {desiredMapping: {}},
			status: {currentMapping: {}},
		});
	}
};

const tenantLabels = (draft: Draft, remoteId: string) =>
	isFirstGeneration(draft)
		? {
				[keys.legacyClusterIdLabel]: remoteId,
				[keys.legacyTenantNamespace]: 'true',
			}
		: {[keys.remoteClusterId]: remoteId, [keys.tenantNamespace]: 'true'};

/**
A peered provider, with everything a healthy peering leaves on both sides.
*/
export const addPeer = (
	draft: Draft,
	handle: string,
	id: string,
	labels: Readonly<Record<string, string>>,
): Peer => {
	const isFirst = isFirstGeneration(draft);
	const peer: Peer = {
		handle,
		id,
		node: isFirst ? `liqo-${id}` : `liqo-${handle}`,
		tenantNamespace: `liqo-tenant-${id}`,
		map: isFirst ? `${id}-x7k2p` : id,
		labels,
	};
	draft.addPeer(peer);
	putNamespace(draft, 'home', peer.tenantNamespace, {
		labels: tenantLabels(draft, id),
	});
	draft.put('home', {
		apiVersion: liqoApi(draft.generation, 'ForeignCluster'),
		kind: 'ForeignCluster',
		metadata: {
			name: id,
			labels: {
				[isFirst ? keys.legacyClusterIdLabel : keys.remoteClusterId]: id,
			},
		},
		spec: isFirst
			? {
					clusterIdentity: {clusterID: id, clusterName: handle},
					foreignAuthUrl: `https://${handle}.example`,
				}
			: {clusterID: id},
		status: isFirst
			? {
					tenantNamespace: {
						local: peer.tenantNamespace,
						remote: remoteTenantNamespace(draft),
					},
				}
			: {
					apiServerStatus: 'Established',
					tenantNamespace: {local: peer.tenantNamespace},
					modules: {},
				},
	});
	putLocalNode(draft, handle, `${handle}-worker`);
	putLiqo(draft, handle, id);
	putNamespace(draft, handle, remoteTenantNamespace(draft), {
		labels: tenantLabels(draft, draft.localId),
	});
	if (!isFirst) {
		draft.put('home', {
			apiVersion: 'v1',
			kind: 'Secret',
			type: 'Opaque',
			metadata: {
				namespace: peer.tenantNamespace,
				name: `kubeconfig-controlplane-${id}`,
				labels: {
					[keys.identityType]: 'ControlPlane',
					[keys.remoteClusterId]: id,
				},
				annotations: {
					[keys.remoteTenantNamespace]: remoteTenantNamespace(draft),
				},
			},
			data: {kubeconfig: 'bm90IGEga3ViZWNvbmZpZw=='},
		});
	}

	putVirtualNode(draft, peer);
	putNamespaceMap(draft, peer);
	return peer;
};
