import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const offloadedPodStuckTerminating: Scenario = {
	id: 'offloaded-pod-stuck-terminating',
	title: 'A pod waits for its copy to end',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		const metadata = {
			deletionTimestamp: draft.ago(600),
			deletionGracePeriodSeconds: 30,
		};
		putPod(draft, {
			namespace: 'shop',
			name: 'web',
			node: eu.node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {...metadata, labels: {[keys.shadowPod]: 'true'}},
		});
		putRemotePod(draft, eu, 'shop', 'web', {
			metadata: {...metadata, finalizers: ['example.org/backup']},
		});
	},
};
