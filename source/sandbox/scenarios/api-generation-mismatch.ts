import {isFirstGeneration} from './cluster.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const apiGenerationMismatch: Scenario = {
	id: 'api-generation-mismatch',
	title: 'A manifest of another Liqo',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			apiVersion: isFirstGeneration(draft)
				? 'offloading.liqo.io/v1beta1'
				: 'offloading.liqo.io/v1alpha1',
		});
	},
};
