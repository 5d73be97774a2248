import {keys} from '../../core/keys.js';
import {putNamespace} from './cluster.js';
import {type Scenario} from './scenario.js';

export const schedulingLabelOrphan: Scenario = {
	id: 'scheduling-label-orphan',
	title: 'The label stayed when the offloading was forced away',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		putNamespace(draft, 'home', 'shop', {
			labels: {[keys.schedulingEnabled]: 'true'},
		});
	},
};
