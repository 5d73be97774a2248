import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putEvent, putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

const missing = 'secret "database" not found';

/**
The container is never created, so its kubelet leaves it alone.
*/
const status = {
	phase: 'Pending',
	containerStatuses: [
		{
			name: 'main',
			ready: false,
			started: false,
			restartCount: 0,
			image: 'registry.example/web:1',
			imageID: '',
			state: {
				waiting: {reason: 'CreateContainerConfigError', message: missing},
			},
		},
	],
};

export const neededObjectNotReflected: Scenario = {
	id: 'needed-object-not-reflected',
	title: 'A Secret is left out of the reflection',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		draft.put('home', {
			apiVersion: 'v1',
			kind: 'Secret',
			type: 'Opaque',
			metadata: {namespace: 'shop', name: 'database'},
			data: {password: 'c2VjcmV0'},
		});
		putPod(draft, {
			namespace: 'shop',
			name: 'web',
			node: eu.node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status,
		});
		putRemotePod(draft, eu, 'shop', 'web', {status});
		putEvent(draft, {
			cluster: 'eu',
			namespace: `shop-${draft.localId}`,
			pod: 'web',
			reason: 'Failed',
			message: `Error: ${missing}`,
		});
	},
};
