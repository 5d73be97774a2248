import {liqoApi, putDeployment, putNamespace} from './cluster.js';
import {region} from './offload.js';
import {type Scenario} from './scenario.js';

export const controllersNotRunning: Scenario = {
	id: 'controllers-not-running',
	title: 'Liqo was scaled down',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		putNamespace(draft, 'home', 'shop');
		draft.put('home', {
			apiVersion: liqoApi(draft.generation, 'NamespaceOffloading'),
			kind: 'NamespaceOffloading',
			metadata: {
				namespace: 'shop',
				name: 'offloading',
				generation: 1,
				creationTimestamp: draft.ago(600),
			},
			spec: {
				namespaceMappingStrategy: 'DefaultName',
				podOffloadingStrategy: 'LocalAndRemote',
				clusterSelector: {nodeSelectorTerms: [region('eu')]},
			},
		});
		putDeployment(draft, 'home', {
			namespace: 'liqo',
			name: 'liqo-controller-manager',
			labels: {
				'app.kubernetes.io/name': 'controller-manager',
				'app.kubernetes.io/part-of': 'liqo',
			},
			image: 'liqo/controller-manager:v1.2.0',
			replicas: 0,
		});
	},
};
