import {offload} from '../../../source/sandbox/scenarios/offload.js';
import {describeFailureMode} from '../../helpers/describe-failure-mode.js';

describeFailureMode('selector-omitted', {
	// Created a moment ago: the controller has not looked yet.
	quiet(draft) {
		offload(draft, 'shop', {
			terms: 'absent',
			on: {},
			isLabelled: false,
			age: 3,
		});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {finalizers: []},
		});
	},
});
