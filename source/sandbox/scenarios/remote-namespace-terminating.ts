import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {holdTwin} from './twin.js';

export const remoteNamespaceTerminating: Scenario = {
	id: 'remote-namespace-terminating',
	title: 'The earlier twin is not gone yet',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {age: 120});
		const remote = `shop-${draft.localId}`;
		holdTwin(draft, draft.peer('eu'), remote, 300);
		draft.edit('eu', 'Namespace', remote, {
			metadata: {creationTimestamp: draft.ago(7000)},
		});
	},
};
