import {absent} from '../../core/json.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const finalizerLeftByWebhookOutage: Scenario = {
	id: 'finalizer-left-by-webhook-outage',
	title: 'The webhook was down during a deletion',
	generations: ['v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {on: {}, isLabelled: false});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {deletionTimestamp: draft.ago(600), generation: 2},
			status: {
				offloadingPhase: 'Terminating',
				remoteNamespacesConditions: absent,
				observedGeneration: 2,
			},
		});
	},
};
