import {keys} from '../../core/keys.js';
import {putNamespace} from './cluster.js';
import {type Scenario} from './scenario.js';

export const quickLabelStale: Scenario = {
	id: 'quick-label-stale',
	title: 'The offloading behind the quick label was deleted',
	generations: ['v0.3'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		putNamespace(draft, 'home', 'shop', {labels: {[keys.enabled]: 'true'}});
	},
};
