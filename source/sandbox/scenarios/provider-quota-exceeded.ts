import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putEvent} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const providerQuotaExceeded: Scenario = {
	id: 'provider-quota-exceeded',
	title: 'A finished pod still counts against the quota',
	generations: ['v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop');
		const {node} = draft.peer('eu');
		putPod(draft, {
			namespace: 'shop',
			name: 'report-1',
			node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Succeeded'},
		});
		putPod(draft, {
			namespace: 'shop',
			name: 'report-2',
			node,
			spec: imposed(draft, 'LocalAndRemote'),
			status: {phase: 'Pending', containerStatuses: []},
		});
		putEvent(draft, {
			namespace: 'shop',
			pod: 'report-2',
			reason: 'FailedReflection',
			message:
				'Error reflecting object to cluster "eu-west": admission webhook denied the request: peering cpu quota usage exceeded - free 50m / requested 100m',
		});
	},
};
