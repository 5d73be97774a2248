import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putWorkload} from './workload.js';

export const podLocalWantsRemote: Scenario = {
	id: 'pod-local-wants-remote',
	title: 'A workload for virtual nodes in a namespace that stays local',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop', {podStrategy: 'Local'});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec: {nodeSelector: {[keys.type]: 'virtual-node'}},
		});
	},
};
