import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const volumeNotOffloadable: Scenario = {
	id: 'volume-not-offloadable',
	title: 'A claim of a local storage class',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
		const terms = [region('eu')];
		offload(draft, 'shop', {
			terms,
			podStrategy: 'Remote',
			on: {eu: 'Accepted'},
		});
		draft.put('home', {
			apiVersion: 'v1',
			kind: 'PersistentVolumeClaim',
			metadata: {namespace: 'shop', name: 'orders'},
			spec: {
				accessModes: ['ReadWriteOnce'],
				resources: {requests: {storage: '8Gi'}},
				storageClassName: 'standard',
			},
			status: {phase: 'Pending'},
		});
		const spec = {
			volumes: [{name: 'orders', persistentVolumeClaim: {claimName: 'orders'}}],
		};
		putWorkload(draft, {
			namespace: 'shop',
			name: 'database',
			nodes: ['pending'],
			spec,
			admitted: {...spec, ...imposed(draft, 'Remote', terms)},
		});
	},
};
