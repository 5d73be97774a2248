import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const lastVirtualNodeDeleted: Scenario = {
	id: 'last-virtual-node-deleted',
	title: 'The only virtual node of a cluster was deleted',
	generations: ['v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {terms: [region('eu')], on: {eu: 'Accepted'}});
		const {tenantNamespace, node} = draft.peer('eu');
		draft.edit('home', 'VirtualNode', `${tenantNamespace}/${node}`, {
			metadata: {deletionTimestamp: draft.ago(20)},
		});
		draft.edit('home', 'Node', node, {spec: {unschedulable: true}});
	},
};
