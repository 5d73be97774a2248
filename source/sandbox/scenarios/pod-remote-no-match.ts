import {isFirstGeneration} from './cluster.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const podRemoteNoMatch: Scenario = {
	id: 'pod-remote-no-match',
	title: 'No single cluster has all that the selector asks for',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [
			{
				matchExpressions: [
					{key: 'region', operator: 'In', values: ['eu']},
					{key: 'tier', operator: 'In', values: ['silver']},
				],
			},
		];
		offload(draft, 'shop', {terms, podStrategy: 'Remote', on: {}});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [isFirstGeneration(draft) ? 'worker-1' : 'pending'],
			...(!isFirstGeneration(draft) && {
				admitted: imposed(draft, 'Remote', terms),
			}),
		});
	},
};
