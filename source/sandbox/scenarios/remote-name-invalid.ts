import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const remoteNameInvalid: Scenario = {
	id: 'remote-name-invalid',
	title: 'The chosen remote name has an upper case letter',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			mappingStrategy: 'SelectedName',
			remoteNamespaceName: 'Shop_EU',
			on: {
				eu: 'CreationLoopBackOff',
				us: 'CreationLoopBackOff',
				ap: 'CreationLoopBackOff',
			},
		});
	},
};
