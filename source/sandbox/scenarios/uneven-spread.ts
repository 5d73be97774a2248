import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const unevenSpread: Scenario = {
	id: 'uneven-spread',
	title: 'All pods went to the emptiest node',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const {node} = draft.peer('eu');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [node, node, node, node],
			admitted: imposed(draft, 'LocalAndRemote'),
		});
	},
};
