import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';

export const unoffloadDataLoss: Scenario = {
	id: 'unoffload-data-loss',
	title: 'An offloading with data in its twin is being deleted',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	isUnnoticed: true,
	later: 'offloading-stuck-terminating',
	build(draft) {
		offload(draft, 'shop', {
			terms: [region('eu')],
			on: {eu: 'Accepted'},
			isLabelled: false,
		});
		draft.put('eu', {
			apiVersion: 'v1',
			kind: 'PersistentVolumeClaim',
			metadata: {namespace: `shop-${draft.localId}`, name: 'orders'},
			spec: {
				accessModes: ['ReadWriteOnce'],
				resources: {requests: {storage: '8Gi'}},
				storageClassName: 'standard',
				volumeName: 'volume-1',
			},
			status: {phase: 'Bound'},
		});
		draft.edit('home', 'NamespaceOffloading', 'shop/offloading', {
			metadata: {deletionTimestamp: draft.ago(5)},
			status: {offloadingPhase: 'Terminating'},
		});
	},
};
