import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const schedulingLabelWithLocal: Scenario = {
	id: 'scheduling-label-with-local',
	title: 'The scheduling label under strategy Local',
	generations: ['v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {podStrategy: 'Local', isLabelled: true});
	},
};
