import {keys} from '../../core/keys.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const staleSyntaxAnnotation: Scenario = {
	id: 'stale-syntax-annotation',
	title: 'The annotation outlives the error it tells of',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {terms: [region('eu')], on: {eu: 'Accepted'}});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {
				annotations: {
					[keys.schedulingEnabled]:
						'Invalid Cluster Selector : nodeSelectorTerms[0].matchExpressions[0].operator: Unsupported value: "Equals"',
				},
			},
		});
	},
};
