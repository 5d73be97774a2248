import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putWorkload} from './workload.js';

export const selectorMatchesNothing: Scenario = {
	id: 'selector-matches-nothing',
	title: 'No cluster matches the selector, and pods run at home unnoticed',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [
				{
					matchExpressions: [
						{key: 'region', operator: 'NotIn', values: ['eu', 'us', 'ap']},
					],
				},
			],
			on: {},
		});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['worker-1', 'worker-2'],
		});
	},
};
