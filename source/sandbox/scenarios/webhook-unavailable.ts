import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const webhookUnavailable: Scenario = {
	id: 'webhook-unavailable',
	title: 'The webhook has no endpoint',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Deployment', 'liqo/liqo-webhook', {
			status: {availableReplicas: 0, readyReplicas: 0},
		});
		draft.edit('home', 'EndpointSlice', 'liqo/liqo-webhook-x7k2p', {
			endpoints: [],
		});
	},
};
