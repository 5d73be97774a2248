import {offload, region} from './offload.js';
import {putVirtualNode} from './peering.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const virtualNodeDeletionBlocked: Scenario = {
	id: 'virtual-node-deletion-blocked',
	title: 'One virtual node holds the others up',
	generations: ['v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	later: 'virtual-node-stuck-terminating',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			podStrategy: 'Remote',
			on: {eu: 'Accepted'},
		});
		const eu = draft.peer('eu');
		const us = draft.peer('us');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [eu.node],
			admitted: imposed(draft, 'Remote', [region('eu')]),
			podMetadata: {deletionTimestamp: draft.ago(2)},
		});
		putVirtualNode(draft, eu, 'liqo-eu-2');
		putVirtualNode(draft, us, 'liqo-us-2');
		for (const peer of [eu, us]) {
			draft.edit(
				'home',
				'VirtualNode',
				`${peer.tenantNamespace}/${peer.node}`,
				{
					metadata: {deletionTimestamp: draft.ago(5)},
				},
			);
		}

		draft.edit('home', 'Node', eu.node, {spec: {unschedulable: true}});
	},
};
