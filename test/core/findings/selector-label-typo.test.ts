import {offload, region} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('selector-label-typo', {
	// A value that nobody has, beside one that somebody has, is no slip.
	quiet(draft) {
		offload(draft, 'shop', {
			terms: [region('eu', 'antarctica')],
			on: {eu: 'Accepted'},
		});
	},
});
