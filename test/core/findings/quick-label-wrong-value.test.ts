import {keys} from '../../../source/core/keys.js';
import {putNamespace} from '../../../source/sandbox/scenarios/cluster.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('quick-label-wrong-value', {
	// A no in other words is meant as a no.
	quiet(draft) {
		putNamespace(draft, 'home', 'shop', {labels: {[keys.enabled]: 'false'}});
	},
});
