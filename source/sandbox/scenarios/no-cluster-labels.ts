import {absent} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const noClusterLabels: Scenario = {
	id: 'no-cluster-labels',
	title: 'Providers installed without cluster labels',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const labels = {region: absent, tier: absent};
		for (const peer of draft.peers.values()) {
			draft.edit('home', 'Node', peer.node, {metadata: {labels}});
			if (!isFirstGeneration(draft)) {
				draft.edit(
					'home',
					'VirtualNode',
					`${peer.tenantNamespace}/${peer.node}`,
					{spec: {labels}},
				);
			}
		}

		offload(draft, 'shop', {terms: [region('eu')], on: {}});
	},
};
