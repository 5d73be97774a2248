import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {
	imposed,
	putWorkload,
} from '../../../source/sandbox/scenarios/workload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('uneven-spread', {
	// Three pods are too few to speak of.
	quiet(draft) {
		offload(draft, 'shop');
		const {node} = draft.peer('eu');
		putWorkload(draft, {
			namespace: 'shop',
			name: 'web',
			nodes: [node, node, node],
			admitted: imposed(draft, 'LocalAndRemote'),
		});
	},
});
