import {keys, virtualNodeType} from '../../core/keys.js';
import {type VirtualNode} from '../../core/model.js';
import {type Tree, textAt} from '../value.js';
import {virtualKubeletLabels} from '../virtual-kubelet-labels.js';

export const kubeletNameOf = (virtualNode: string): string =>
	`vk-${virtualNode}`;

/**
The Deployment of a virtual kubelet, without its head.
*/
export const kubeletSpec = (virtualNode: string): Tree => {
	const labels = {
		'app.kubernetes.io/name': 'virtual-kubelet',
		'virtualkubelet.liqo.io/node-name': virtualNode,
	};
	return {
		replicas: 1,
		selector: {matchLabels: labels},
		template: {
			metadata: {labels},
			spec: {
				containers: [
					{name: 'virtual-kubelet', image: 'liqo/virtual-kubelet:v1.2.0'},
				],
			},
		},
	};
};

/**
What Liqo's webhook fills in on a VirtualNode that is created (Liqo: VirtualNode fields).
*/
export const virtualNodeDefaults = (object: Tree): Tree => {
	const name = textAt(object, 'metadata', 'name');
	return {
		createNode: true,
		disableNetworkCheck: false,
		offloadingPatch: {},
		template: {
			metadata: {
				name: kubeletNameOf(name),
				namespace: textAt(object, 'metadata', 'namespace'),
			},
			spec: kubeletSpec(name),
		},
	};
};

/**
The Node that a virtual kubelet registers for its VirtualNode (Liqo: virtual Node shape).
*/
export const nodeOfVirtualNode = (
	{metadata: {name}, spec}: VirtualNode,
	now: string,
): {readonly object: Tree; readonly status: Tree} => ({
	object: {
		metadata: {
			name,
			labels: {
				...virtualKubeletLabels(name),
				...spec.labels,
				[keys.type]: virtualNodeType,
				[keys.remoteClusterId]: spec.clusterID,
				[keys.storageAvailable]: String(spec.storageClasses.length > 0),
			},
			annotations: {...spec.annotations},
		},
		spec: {
			taints: [
				{key: keys.notAllowed, value: 'true', effect: 'NoExecute'},
				...spec.taints.map((taint) => ({...taint})),
			],
		},
	},
	status: {
		capacity: {...spec.resourceQuota},
		allocatable: {...spec.resourceQuota},
		conditions: [
			['Ready', 'True', 'KubeletReady'],
			['MemoryPressure', 'False', 'RemoteClusterHasSufficientMemory'],
			['DiskPressure', 'False', 'RemoteClusterHasNoDiskPressure'],
			['PIDPressure', 'False', 'RemoteClusterHasNoPIDPressure'],
			['NetworkUnavailable', 'False', 'LiqoNetworkingUp'],
		].map(([type, status, reason]) => ({
			type,
			status,
			reason,
			lastHeartbeatTime: now,
			lastTransitionTime: now,
		})),
	},
});
