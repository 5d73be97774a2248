import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorEditIgnored: Scenario = {
	id: 'selector-edit-ignored',
	title: 'The selector was narrowed, which v0.3 ignores',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			on: {eu: 'Accepted', us: 'Accepted'},
		});
	},
};
