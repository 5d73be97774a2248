import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const reservedNamespaceOffloaded: Scenario = {
	id: 'reserved-namespace-offloaded',
	title: 'kube-public was offloaded',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'kube-public',
	build(draft) {
		offload(draft, 'kube-public');
	},
};
