import {putRemoteDatabase} from './remote-database.js';
import {type Scenario} from './scenario.js';

export const volumePinnedLocal: Scenario = {
	id: 'volume-pinned-local',
	title: 'A volume lives on a worker',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'shop',
	build(draft) {
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
		putRemoteDatabase(draft, 'shop', 'volume-1');
	},
};
