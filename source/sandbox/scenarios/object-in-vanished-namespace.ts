import {absent} from '../../core/json.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const objectInVanishedNamespace: Scenario = {
	id: 'object-in-vanished-namespace',
	title: 'A namespace was removed by force',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {on: {}});
		draft.drop('home', 'Namespace', 'shop');
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {deletionTimestamp: draft.ago(600)},
			status: {
				offloadingPhase: 'Terminating',
				remoteNamespacesConditions: absent,
			},
		});
	},
};
