import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const restrictiveStrategyChange: Scenario = {
	id: 'restrictive-strategy-change',
	title: 'The strategy became Remote while pods ran locally',
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
			nodes: ['worker-1', 'worker-2'],
			admitted: imposed(draft, 'LocalAndRemote', [region('eu')]),
		});
	},
};
