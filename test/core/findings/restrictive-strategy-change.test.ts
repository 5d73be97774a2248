import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('restrictive-strategy-change', {
	// Of a node that somebody deleted it cannot be said that it was a local one.
	quiet(draft) {
		offload(draft, 'shop', {
			terms: [region('eu', 'us')],
			podStrategy: 'Remote',
			on: {eu: 'Accepted', us: 'Accepted'},
		});
		const {node} = draft.peer('us');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [node, node],
			admitted: imposed(draft, 'Remote', [region('eu', 'us')]),
		});
		draft.drop('home', 'Node', node);
	},
});
