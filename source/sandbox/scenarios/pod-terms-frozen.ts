import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const podTermsFrozen: Scenario = {
	id: 'pod-terms-frozen',
	title: 'The selector was corrected, the pods were not',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			podStrategy: 'Remote',
			on: {eu: 'Accepted'},
		});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending', 'pending'],
			admitted: imposed(draft, 'Remote', [region('ue')]),
		});
	},
};
