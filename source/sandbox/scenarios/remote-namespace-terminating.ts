import {offload} from './offload.js';
import {type Scenario} from './scenario.js';

export const remoteNamespaceTerminating: Scenario = {
	id: 'remote-namespace-terminating',
	title: 'The earlier twin is not gone yet',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUpstreamOnly: true,
	build(draft) {
		offload(draft, 'shop', {age: 120});
		draft.edit('eu', 'Namespace', `shop-${draft.localId}`, {
			metadata: {
				creationTimestamp: draft.ago(7000),
				deletionTimestamp: draft.ago(300),
			},
			status: {
				phase: 'Terminating',
				conditions: [
					{
						type: 'NamespaceContentRemaining',
						status: 'True',
						reason: 'SomeResourcesRemain',
						message:
							'Some resources are remaining: volumes.example.org has 1 resource instances',
					},
				],
			},
		});
	},
};
