import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('scheduling-label-missing', {
	// Strategy Local needs no label.
	quiet(draft) {
		offload(draft, 'shop', {podStrategy: 'Local', isLabelled: false});
	},
});
