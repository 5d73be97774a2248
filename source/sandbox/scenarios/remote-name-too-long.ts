import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const remoteNameTooLong: Scenario = {
	id: 'remote-name-too-long',
	title: 'The default remote name has too many characters',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'online-shop-checkout-payments',
	build(draft) {
		offload(draft, 'online-shop-checkout-payments', {
			on: {
				eu: 'CreationLoopBackOff',
				us: 'CreationLoopBackOff',
				ap: 'CreationLoopBackOff',
			},
		});
	},
};
