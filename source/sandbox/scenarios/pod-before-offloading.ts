import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putWorkload} from './workload.js';

export const podBeforeOffloading: Scenario = {
	id: 'pod-before-offloading',
	title:
		'Pods that asked for a virtual node before the namespace was offloaded',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {age: 600});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec: {nodeSelector: {[keys.type]: 'virtual-node'}},
			age: 900,
		});
	},
};
