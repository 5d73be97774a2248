import {liqoApi, putNamespace} from './cluster.js';
import {region} from './offload.js';
import {type Scenario} from './scenario.js';

export const wrongResourceName: Scenario = {
	id: 'wrong-resource-name',
	title: 'The offloading was given a name of its own',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		putNamespace(draft, 'home', 'shop');
		draft.put('home', {
			apiVersion: liqoApi(draft.generation, 'NamespaceOffloading'),
			kind: 'NamespaceOffloading',
			metadata: {namespace: 'shop', name: 'shop-offloading', generation: 1},
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				clusterSelector: {nodeSelectorTerms: [region('eu', 'us')]},
			},
		});
	},
};
