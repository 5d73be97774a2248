import {keys} from '../../core/keys.js';
import {putNamespace} from './cluster.js';
import {type Scenario} from './scenario.js';

export const quickLabelWrongValue: Scenario = {
	id: 'quick-label-wrong-value',
	title: 'The quick label says True',
	generations: ['v0.3'],
	namespace: 'shop',
	build(draft) {
		putNamespace(draft, 'home', 'shop', {labels: {[keys.enabled]: 'True'}});
	},
};
