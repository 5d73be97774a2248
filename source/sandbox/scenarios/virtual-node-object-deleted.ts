import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const virtualNodeObjectDeleted: Scenario = {
	id: 'virtual-node-object-deleted',
	title: 'A cloud controller deleted a virtual node',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.drop('home', 'Node', draft.peer('eu').node);
	},
};
