import {putNamespace} from './cluster.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const remoteNameConflict: Scenario = {
	id: 'remote-name-conflict',
	title: 'The remote name is taken on one provider',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {
			mappingStrategy: 'EnforceSameName',
			on: {eu: 'CreationLoopBackOff', us: 'Accepted', ap: 'Accepted'},
		});
		putNamespace(draft, 'eu', 'shop', {creationTimestamp: draft.ago(90_000)});
	},
};
