import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const offloadedPodWithoutApiAccess: Scenario = {
	id: 'offloaded-pod-without-api-access',
	title: 'An operator was offloaded without a token',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		putPod(draft, {
			namespace: 'shop',
			name: 'operator',
			node: eu.node,
			spec: {
				...imposed(draft, 'LocalAndRemote'),
				serviceAccountName: 'operator',
			},
			metadata: {labels: {[keys.shadowPod]: 'true'}},
		});
		putRemotePod(draft, eu, 'shop', 'operator', {
			spec: {automountServiceAccountToken: false},
			status: {
				containerStatuses: [
					{
						name: 'main',
						ready: false,
						restartCount: 7,
						state: {waiting: {reason: 'CrashLoopBackOff'}},
					},
				],
			},
		});
	},
};
