import {keys} from '../../core/keys.js';
import {putNamespace} from './cluster.js';
import {type Scenario} from './scenario.js';

export const quickLabelUnsupported: Scenario = {
	id: 'quick-label-unsupported',
	title: 'The quick label on a current Liqo',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		putNamespace(draft, 'home', 'shop', {labels: {[keys.enabled]: 'true'}});
	},
};
