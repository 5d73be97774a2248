import {absent} from '../../core/json.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorOmitted: Scenario = {
	id: 'selector-omitted',
	title: 'An offloading without clusterSelector',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {terms: 'absent', on: {}, isLabelled: false});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {finalizers: absent},
		});
	},
};
