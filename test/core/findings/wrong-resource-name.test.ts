import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('wrong-resource-name', {
	// One that ends already is left alone.
	quiet(draft) {
		offload(draft, 'shop');
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {name: 'old', deletionTimestamp: draft.ago(5)},
		});
	},
});
