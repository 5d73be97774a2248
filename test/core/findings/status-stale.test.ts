import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('status-stale', {
	// Edited a moment ago.
	quiet(draft) {
		offload(draft, 'shop', {age: 5});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {generation: 2},
			status: {offloadingPhase: 'NoClusterSelected'},
		});
	},
});
