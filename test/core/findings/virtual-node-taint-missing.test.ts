import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {notAllowedTaint} from '../../../source/sandbox/scenarios/peering.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('virtual-node-taint-missing', {
	// Further taints do no harm.
	quiet(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'Node', draft.peer('eu').node, {
			spec: {
				taints: [
					{key: 'example.org/gpu', effect: 'NoSchedule'},
					notAllowedTaint,
				],
			},
		});
	},
});
