import {keys} from '../../../source/core/keys.js';
import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-missing-toleration', {
	// The same pods, as admission leaves them.
	quiet(draft) {
		offload(draft, 'shop');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec: {nodeSelector: {[keys.type]: 'virtual-node'}},
			admitted: {
				nodeSelector: {[keys.type]: 'virtual-node'},
				...imposed(draft, 'LocalAndRemote'),
			},
		});
	},
});
