import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putWorkload} from './workload.js';

export const podMissingToleration: Scenario = {
	id: 'pod-missing-toleration',
	title: 'Admission was down when the pods were created',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending', 'pending'],
			spec: {nodeSelector: {[keys.type]: 'virtual-node'}},
		});
	},
};
