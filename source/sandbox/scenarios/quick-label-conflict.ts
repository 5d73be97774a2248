import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const quickLabelConflict: Scenario = {
	id: 'quick-label-conflict',
	title: 'The quick label beside an offloading made by hand',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Namespace', 'shop', {
			metadata: {labels: {[keys.enabled]: 'true'}},
		});
	},
};
