import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('offloading-stuck-terminating', {
	// Deleted half a minute ago.
	quiet(draft) {
		offload(draft, 'shop', {on: {eu: 'Terminating'}});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {deletionTimestamp: draft.ago(30)},
		});
	},
});
