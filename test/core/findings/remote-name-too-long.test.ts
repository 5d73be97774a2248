import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('remote-name-too-long', {
	// The longest name that fits.
	quiet(draft) {
		offload(draft, 'x'.repeat(26));
	},
});
