import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {putPod} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('daemonset-pin-lost', {
	// Pods that kept their pin.
	quiet(draft) {
		offload(draft, 'shop');
		putPod(draft, {
			namespace: 'shop',
			name: 'agent-a',
			node: 'worker-1',
			metadata: {
				ownerReferences: [
					{
						apiVersion: 'apps/v1',
						kind: 'DaemonSet',
						name: 'agent',
						uid: 'agent',
						controller: true,
					},
				],
			},
			spec: {
				affinity: {
					nodeAffinity: {
						requiredDuringSchedulingIgnoredDuringExecution: {
							nodeSelectorTerms: [
								{
									matchFields: [
										{
											key: 'metadata.name',
											operator: 'In',
											values: ['worker-1'],
										},
									],
								},
							],
						},
					},
				},
			},
		});
	},
});
