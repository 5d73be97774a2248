import {isFirstGeneration} from './cluster.js';
import {offload, region} from './offload.js';
import {notAllowedTaint} from './peering.js';
import {type Scenario} from './scenario.js';

export const remoteClusterUnreachable: Scenario = {
	id: 'remote-cluster-unreachable',
	title: 'A provider went away',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	unreachable: ['eu'],
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu', 'us')],
			on: {
				eu: isFirstGeneration(draft) ? 'CreationLoopBackOff' : 'Creating',
				us: 'Accepted',
			},
		});
		const {node, id} = draft.peer('eu');
		draft.edit('home', 'Node', node, {
			spec: {
				taints: [
					notAllowedTaint,
					{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'},
				],
			},
			status: {
				conditions: [
					{
						type: 'Ready',
						status: 'Unknown',
						reason: 'NodeStatusUnknown',
						message: 'Kubelet stopped posting node status.',
						lastTransitionTime: draft.ago(300),
					},
				],
			},
		});
		draft.edit('home', 'ForeignCluster', id, {
			status: isFirstGeneration(draft) ? {} : {apiServerStatus: 'Error'},
		});
	},
};
