import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const schedulingLabelMissing: Scenario = {
	id: 'scheduling-label-missing',
	title: 'The scheduling label was removed by hand',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {isLabelled: false});
	},
};
