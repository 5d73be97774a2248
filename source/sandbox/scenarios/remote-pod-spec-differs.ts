import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const remotePodSpecDiffers: Scenario = {
	id: 'remote-pod-spec-differs',
	title: 'A pull secret was not carried over',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		putPod(draft, {
			namespace: 'shop',
			name: 'web',
			node: eu.node,
			spec: {
				...imposed(draft, 'LocalAndRemote'),
				imagePullSecrets: [{name: 'registry'}],
			},
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Pending', containerStatuses: []},
		});
		putRemotePod(draft, eu, 'shop', 'web', {
			status: {
				phase: 'Pending',
				containerStatuses: [
					{
						name: 'main',
						ready: false,
						restartCount: 0,
						state: {waiting: {reason: 'ImagePullBackOff'}},
					},
				],
			},
		});
	},
};
