import {healthyDraft} from './healthy.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const noVirtualNode: Scenario = {
	id: 'no-virtual-node',
	title: 'Offloaded before any peering',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	start: (generation, now) => healthyDraft(generation, {now, peers: []}),
	build(draft) {
		offload(draft, 'shop', {podStrategy: 'Remote', on: {}});
	},
};
