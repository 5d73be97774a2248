import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const webhookSkipSet: Scenario = {
	id: 'webhook-skip-set',
	title: 'The checks of an offloading are switched off',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {labels: {[keys.webhookSkip]: 'true'}},
		});
	},
};
