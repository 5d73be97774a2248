import {offload} from './offload.js';
import {putVirtualNode} from './peering.js';
import {type Scenario} from './scenario.js';

export const multiVirtualNodeFlap: Scenario = {
	id: 'multi-virtual-node-flap',
	title: 'Two virtual nodes of one cluster, told apart by the selector',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		const eu = draft.peer('eu');
		putVirtualNode(draft, eu, 'liqo-eu-gpu', {...eu.labels, gpu: 'true'});
		offload(draft, 'shop', {
			terms: [
				{matchExpressions: [{key: 'gpu', operator: 'In', values: ['true']}]},
			],
			on: {eu: 'Accepted'},
		});
	},
};
