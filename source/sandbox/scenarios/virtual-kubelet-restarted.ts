import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putPod} from './workload.js';

export const virtualKubeletRestarted: Scenario = {
	id: 'virtual-kubelet-restarted',
	title: 'The virtual kubelet crashed',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const {node, tenantNamespace} = draft.peer('eu');
		putPod(draft, {
			namespace: tenantNamespace,
			name: `virtual-kubelet-${node}-x1`,
			node: 'worker-1',
			metadata: {labels: {'app.kubernetes.io/name': 'virtual-kubelet'}},
			status: {
				containerStatuses: [
					{
						name: 'main',
						ready: true,
						started: true,
						restartCount: 3,
						state: {running: {startedAt: draft.ago(300)}},
					},
				],
			},
		});
		putPod(draft, {
			namespace: 'shop',
			name: 'web-old',
			node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {labels: {[keys.shadowPod]: 'true'}},
			status: {phase: 'Failed', reason: 'OffloadingAborted'},
		});
	},
};
