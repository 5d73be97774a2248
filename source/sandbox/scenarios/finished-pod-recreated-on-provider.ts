import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const finishedPodRecreatedOnProvider: Scenario = {
	id: 'finished-pod-recreated-on-provider',
	title: 'A finished pod was made anew by its provider',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		putPod(draft, {
			namespace: 'shop',
			name: 'report',
			node: eu.node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Succeeded'},
			age: 3000,
		});
		putRemotePod(draft, eu, 'shop', 'report', {age: 300});
	},
};
