import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const virtualNodeInsufficientResources: Scenario = {
	id: 'virtual-node-insufficient-resources',
	title: 'A workload asks for more than is offered',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [region('eu')];
		offload(draft, 'shop', {
			terms,
			podStrategy: 'Remote',
			on: {eu: 'Accepted'},
		});
		const spec = {
			containers: [
				{
					name: 'main',
					image: 'registry.example/solver:1',
					resources: {requests: {cpu: '64'}},
				},
			],
		};
		putWorkload(draft, {
			namespace: 'shop',
			name: 'solver',
			nodes: ['pending'],
			spec,
			admitted: {...spec, ...imposed(draft, 'Remote', terms)},
		});
	},
};
