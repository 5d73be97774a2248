import {absent} from '../../core/json.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const virtualNodeTaintMissing: Scenario = {
	id: 'virtual-node-taint-missing',
	title: 'The taint of a virtual node was removed',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Node', draft.peer('eu').node, {spec: {taints: absent}});
	},
};
