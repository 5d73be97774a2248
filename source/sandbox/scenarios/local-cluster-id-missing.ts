import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const localClusterIdMissing: Scenario = {
	id: 'local-cluster-id-missing',
	title: 'The ConfigMap with the cluster-id was deleted',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.drop('home', 'ConfigMap', 'liqo/liqo-clusterid-configmap');
	},
};
