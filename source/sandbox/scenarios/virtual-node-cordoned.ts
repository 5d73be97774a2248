import {offload} from './offload.js';
import {notAllowedTaint} from './peering.js';
import {type Scenario} from './scenario.js';

export const virtualNodeCordoned: Scenario = {
	id: 'virtual-node-cordoned',
	title: 'A virtual node was cordoned and forgotten',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Node', draft.peer('eu').node, {
			spec: {
				unschedulable: true,
				taints: [
					notAllowedTaint,
					{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'},
				],
			},
		});
	},
};
