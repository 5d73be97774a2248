import {offload} from './offload.js';
import {notAllowedTaint} from './peering.js';
import {type Scenario} from './scenario.js';

export const virtualNodeNotReady: Scenario = {
	id: 'virtual-node-not-ready',
	title: 'A provider offers nothing',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Node', draft.peer('eu').node, {
			spec: {
				taints: [
					notAllowedTaint,
					{key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'},
				],
			},
			status: {
				allocatable: {cpu: '0', memory: '0', pods: '0'},
				conditions: [
					{
						type: 'MemoryPressure',
						status: 'True',
						reason: 'RemoteClusterHasMemoryPressure',
					},
					{
						type: 'DiskPressure',
						status: 'True',
						reason: 'RemoteClusterHasDiskPressure',
					},
					{
						type: 'PIDPressure',
						status: 'True',
						reason: 'RemoteClusterHasPIDPressure',
					},
					{type: 'Ready', status: 'False', reason: 'KubeletNotReady'},
					{
						type: 'NetworkUnavailable',
						status: 'False',
						reason: 'LiqoNetworkingUp',
					},
				],
			},
		});
	},
};
