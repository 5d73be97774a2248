import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('selector-syntax-error', {
	// Legal, though it selects nothing that others do.
	quiet(draft) {
		offload(draft, 'shop', {
			terms: [{matchExpressions: [{key: 'spot', operator: 'DoesNotExist'}]}],
		});
	},
});
