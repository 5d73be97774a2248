import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const remotePodPending: Scenario = {
	id: 'remote-pod-pending',
	title: 'The provider has no node for a pod',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		putPod(draft, {
			namespace: 'shop',
			name: 'big',
			node: eu.node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Pending', containerStatuses: []},
		});
		putRemotePod(draft, eu, 'shop', 'big', {
			isPlaced: false,
			status: {
				phase: 'Pending',
				containerStatuses: [],
				conditions: [
					{
						type: 'PodScheduled',
						status: 'False',
						reason: 'Unschedulable',
						message: '0/1 nodes are available: 1 Insufficient cpu.',
					},
				],
			},
		});
	},
};
