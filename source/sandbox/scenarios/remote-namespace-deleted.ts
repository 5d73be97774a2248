import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putTwin} from './twin.js';

export const remoteNamespaceDeleted: Scenario = {
	id: 'remote-namespace-deleted',
	title: 'A twin was deleted on its provider',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {age: 7000});
		const eu = draft.peer('eu');
		putTwin(draft, eu, 'shop', `shop-${draft.localId}`, 120);
	},
};
