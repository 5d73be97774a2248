import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const podOutsideSelector: Scenario = {
	id: 'pod-outside-selector',
	title: 'A workload wants a disk that only local nodes have',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [region('eu')];
		offload(draft, 'shop', {
			terms,
			podStrategy: 'Remote',
			on: {eu: 'Accepted'},
		});
		const spec = {nodeSelector: {disk: 'ssd'}};
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec,
			admitted: {...spec, ...imposed(draft, 'Remote', terms)},
		});
	},
};
