import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const prematureReady: Scenario = {
	id: 'premature-ready',
	title: 'Ready is said of a selector that moved on',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('us', 'eu')],
			on: {eu: 'Accepted', us: 'Creating'},
		});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			status: {offloadingPhase: 'Ready'},
		});
	},
};
