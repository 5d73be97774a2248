import {liqoApi} from './cluster.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const duplicateOffloadings: Scenario = {
	id: 'duplicate-offloadings',
	title: 'A second offloading beside the one that counts',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.put('home', {
			apiVersion: liqoApi(draft.generation, 'NamespaceOffloading'),
			kind: 'NamespaceOffloading',
			metadata: {namespace: 'shop', name: 'only-remote', generation: 1},
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'Remote',
				clusterSelector: {nodeSelectorTerms: [region('eu')]},
			},
		});
	},
};
