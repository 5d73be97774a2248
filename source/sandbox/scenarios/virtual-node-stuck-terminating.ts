import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const virtualNodeStuckTerminating: Scenario = {
	id: 'virtual-node-stuck-terminating',
	title: 'A virtual node waits for its pods',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {terms: [region('eu')], on: {eu: 'Accepted'}});
		const {node, tenantNamespace} = draft.peer('eu');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [node, node],
			admitted: imposed(draft, 'LocalAndRemote', [region('eu')]),
		});
		const metadata = {deletionTimestamp: draft.ago(900)};
		draft.edit('home', 'Node', node, {spec: {unschedulable: true}});
		if (isFirstGeneration(draft)) {
			draft.edit('home', 'Node', node, {metadata});
		} else {
			draft.edit('home', 'VirtualNode', `${tenantNamespace}/${node}`, {
				metadata,
			});
		}
	},
};
