import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const selectorNotInForce: Scenario = {
	id: 'selector-not-in-force',
	title: 'A working selector was edited into an invalid one',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [
				{
					matchExpressions: [
						{key: 'region', operator: 'in', values: ['eu', 'us']},
					],
				},
			],
			on: {eu: 'Accepted'},
		});
	},
};
