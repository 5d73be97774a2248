import {offload, region} from './offload.js';
import {type Scenario} from './scenario.js';
import {imposed, putWorkload} from './workload.js';

export const volumePinnedLocal: Scenario = {
	id: 'volume-pinned-local',
	title: 'A volume lives on a worker',
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
			kind: 'PersistentVolume',
			metadata: {name: 'volume-1'},
			spec: {
				accessModes: ['ReadWriteOnce'],
				capacity: {storage: '8Gi'},
				local: {path: '/mnt/volume-1'},
				storageClassName: 'standard',
				nodeAffinity: {
					required: {
						nodeSelectorTerms: [
							{
								matchExpressions: [
									{
										key: 'kubernetes.io/hostname',
										operator: 'In',
										values: ['worker-1'],
									},
								],
							},
						],
					},
				},
			},
			status: {phase: 'Bound'},
		});
		draft.put('home', {
			apiVersion: 'v1',
			kind: 'PersistentVolumeClaim',
			metadata: {namespace: 'shop', name: 'orders'},
			spec: {
				accessModes: ['ReadWriteOnce'],
				resources: {requests: {storage: '8Gi'}},
				storageClassName: 'standard',
				volumeName: 'volume-1',
			},
			status: {phase: 'Bound'},
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
