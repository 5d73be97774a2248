import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const offloadedPodsRepatriated: Scenario = {
	id: 'offloaded-pods-repatriated',
	title: 'Pods were given up after a hiccup',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		putPod(draft, {
			namespace: 'shop',
			name: 'web-old',
			node: draft.peer('eu').node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Failed', reason: 'OffloadingAborted'},
		});
	},
};
