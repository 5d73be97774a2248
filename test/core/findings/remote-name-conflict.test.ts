import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('remote-name-conflict', {
	// The namespace is there, and ours.
	quiet(draft) {
		offload(draft, 'shop', {mappingStrategy: 'EnforceSameName'});
	},
});
