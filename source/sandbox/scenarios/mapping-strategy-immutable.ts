import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putTwin} from './twin.js';

export const mappingStrategyImmutable: Scenario = {
	id: 'mapping-strategy-immutable',
	title: 'The mapping strategy was changed past the check',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {mappingStrategy: 'EnforceSameName'});
		for (const peer of draft.peers.values()) {
			putTwin(draft, peer, 'shop', `shop-${draft.localId}`);
		}
	},
};
