import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('pod-antithetical-terms', {
	// The pod asks for what the offloading allows.
	quiet(draft) {
		offload(draft, 'shop', {
			terms: [region('eu', 'us')],
			podStrategy: 'Remote',
			on: {eu: 'Accepted', us: 'Accepted'},
		});
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: ['pending'],
			spec: {nodeSelector: {region: 'us'}},
			admitted: {
				nodeSelector: {region: 'us'},
				...imposed(draft, 'Remote', [region('eu', 'us')]),
			},
		});
	},
});
