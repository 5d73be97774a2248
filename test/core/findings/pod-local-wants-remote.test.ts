import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {putWorkload} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-local-wants-remote', {
	// Waiting for another reason: it asks for more than any node has.
	quiet(draft) {
		offload(draft, 'shop', {podStrategy: 'Local'});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec: {
				containers: [{name: 'main', resources: {requests: {cpu: '999'}}}],
			},
		});
	},
});
