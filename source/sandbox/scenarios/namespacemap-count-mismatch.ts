import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const namespacemapCountMismatch: Scenario = {
	id: 'namespacemap-count-mismatch',
	title: 'A dead peering left its NamespaceMap behind',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {terms: [region('eu')], on: {}});
		const {tenantNamespace, node} = draft.peer('ap');
		draft.drop(
			'home',
			'Deployment',
			`${tenantNamespace}/virtual-kubelet-${node}`,
		);
		draft.drop('home', 'Node', node);
	},
};
