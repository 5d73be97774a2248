import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorRemoved: Scenario = {
	id: 'selector-removed',
	title: 'The selector was removed from a working offloading',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {terms: 'absent'});
	},
};
