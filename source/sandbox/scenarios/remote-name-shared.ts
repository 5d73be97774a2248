import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const remoteNameShared: Scenario = {
	id: 'remote-name-shared',
	title: 'Two namespaces chose the same remote name',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			mappingStrategy: 'SelectedName',
			remoteNamespaceName: 'store',
			on: {eu: 'Accepted'},
		});
		offload(draft, 'cart', {
			terms: [region('eu')],
			mappingStrategy: 'SelectedName',
			remoteNamespaceName: 'store',
			on: {eu: 'Accepted'},
		});
	},
};
