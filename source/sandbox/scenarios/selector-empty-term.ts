import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorEmptyTerm: Scenario = {
	id: 'selector-empty-term',
	title: 'An empty term where "every cluster" was meant',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [{}],
			podStrategy: 'Remote',
			on: {},
		});
	},
};
