import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, ownedBy, putPod} from './workload.js';

export const daemonsetPinLost: Scenario = {
	id: 'daemonset-pin-lost',
	title: 'A DaemonSet in a namespace with a selector',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [region('eu')];
		offload(draft, 'shop', {terms, on: {eu: 'Accepted'}});
		draft.put('home', {
			apiVersion: 'apps/v1',
			kind: 'DaemonSet',
			metadata: {namespace: 'shop', name: 'agent'},
			spec: {
				selector: {matchLabels: {app: 'agent'}},
				template: {
					metadata: {labels: {app: 'agent'}},
					spec: {
						containers: [{name: 'main', image: 'registry.example/agent:1'}],
					},
				},
			},
			status: {},
		});
		const owner = ownedBy(draft.get('home', 'DaemonSet', 'shop/agent'));
		for (const name of ['agent-a', 'agent-b']) {
			putPod(draft, {
				namespace: 'shop',
				name,
				node: 'worker-1',
				spec: imposed(draft, 'LocalAndRemote', terms),
				metadata: {labels: {app: 'agent'}, ownerReferences: [owner]},
			});
		}
	},
};
