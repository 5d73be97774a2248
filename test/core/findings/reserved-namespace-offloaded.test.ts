import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('reserved-namespace-offloaded', {
	// A name that only begins like a reserved one.
	quiet(draft) {
		offload(draft, 'kube-tools');
	},
});
