import {absent} from '../../core/json.js';
import {finalizers, keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {type Scenario} from './scenario.js';
import {putTwin} from './twin.js';

export const localNamespaceStuckTerminating: Scenario = {
	id: 'local-namespace-stuck-terminating',
	title: 'kubectl delete namespace hangs',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	refusing: ['eu'],
	isUnnoticed: true,
	build(draft) {
		offload(draft, 'shop', {on: {eu: 'Terminating'}});
		putTwin(draft, draft.peer('eu'), 'shop', `shop-${draft.localId}`);
		draft.edit('home', 'Namespace', 'shop', {
			metadata: {
				deletionTimestamp: draft.ago(600),
				labels: {[keys.schedulingEnabled]: absent},
			},
			status: {
				phase: 'Terminating',
				conditions: [
					{
						type: 'NamespaceFinalizersRemaining',
						status: 'True',
						reason: 'SomeFinalizersRemain',
						message: `Some content in the namespace has finalizers remaining: ${finalizers.namespaceOffloading} in 1 resource instances`,
					},
				],
			},
		});
	},
};
