import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const selectorLabelTypo: Scenario = {
	id: 'selector-label-typo',
	title: 'A misspelt label in the selector',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [
			{matchExpressions: [{key: 'regoin', operator: 'In', values: ['eu']}]},
		];
		offload(draft, 'shop', {terms, podStrategy: 'Remote', on: {}});
		if (draft.generation !== 'v0.3') {
			putWorkload(draft, {
				namespace: 'shop',
				name: 'web',
				nodes: ['pending', 'pending'],
				admitted: imposed(draft, 'Remote', terms),
			});
		}
	},
};
