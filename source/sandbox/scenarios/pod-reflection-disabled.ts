import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {putPod} from './workload.js';

export const podReflectionDisabled: Scenario = {
	id: 'pod-reflection-disabled',
	title: 'A pod was forced onto a cluster',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {terms: [region('us')], on: {us: 'Accepted'}});
		putPod(draft, {
			namespace: 'shop',
			name: 'tool',
			node: draft.peer('eu').node,
			spec: {tolerations: [{operator: 'Exists'}]},
			status: {
				phase: 'Pending',
				reason: isFirstGeneration(draft)
					? 'OffloadingBackoff'
					: 'OffloadingBackOff',
				containerStatuses: [],
			},
		});
	},
};
