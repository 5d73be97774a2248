import {isFirstGeneration} from './cluster.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const statusStale: Scenario = {
	id: 'status-stale',
	title: 'The status is that of an earlier edit',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {podStrategy: 'Remote'});
		draft.edit(
			'home',
			'NamespaceOffloading',
			'shop/offloading',
			isFirstGeneration(draft)
				? {status: {offloadingPhase: 'NoClusterSelected'}}
				: {metadata: {generation: 2}},
		);
	},
};
