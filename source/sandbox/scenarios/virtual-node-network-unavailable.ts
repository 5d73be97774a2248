import {offload} from './offload.js';
import {notAllowedTaint} from './peering.js';
import {type Scenario} from './scenario.js';

export const virtualNodeNetworkUnavailable: Scenario = {
	id: 'virtual-node-network-unavailable',
	title: 'The tunnel to a provider is down',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Node', draft.peer('eu').node, {
			spec: {
				taints: [
					notAllowedTaint,
					{key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule'},
					{key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'},
				],
			},
			status: {
				conditions: [
					{type: 'Ready', status: 'False', reason: 'KubeletNotReady'},
					{
						type: 'NetworkUnavailable',
						status: 'True',
						reason: 'LiqoNetworkingDown',
					},
				],
			},
		});
	},
};
