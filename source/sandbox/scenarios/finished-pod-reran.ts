import {keys} from '../../core/keys.js';
import {offload} from './offload.js';
import {putRemotePod} from './remote-pod.js';
import {type Scenario} from './scenario.js';
import {imposed, ownedBy, putPod} from './workload.js';

const jobUid = 'home-job-shop-report';

export const finishedPodReran: Scenario = {
	id: 'finished-pod-reran',
	title: 'A complete job started again',
	generations: ['v1beta1'],
	namespace: 'shop',
	build(draft) {
		offload(draft, 'shop');
		const eu = draft.peer('eu');
		draft.put('home', {
			apiVersion: 'batch/v1',
			kind: 'Job',
			metadata: {
				namespace: 'shop',
				name: 'report',
				uid: jobUid,
				creationTimestamp: draft.ago(3001),
			},
			spec: {
				selector: {
					matchLabels: {'batch.kubernetes.io/controller-uid': jobUid},
				},
				template: {
					metadata: {
						labels: {
							'batch.kubernetes.io/controller-uid': jobUid,
							'controller-uid': jobUid,
							'batch.kubernetes.io/job-name': 'report',
							'job-name': 'report',
						},
					},
					spec: {
						restartPolicy: 'Never',
						containers: [{name: 'main', image: 'registry.example/report:1'}],
					},
				},
			},
			status: {
				conditions: [
					{
						type: 'Complete',
						status: 'True',
						lastTransitionTime: draft.ago(2000),
					},
				],
			},
		});
		putPod(draft, {
			namespace: 'shop',
			name: 'report-x1',
			node: eu.node,
			spec: imposed(draft, 'LocalAndRemote'),
			metadata: {
				labels: {[keys.shadowPod]: 'true'},
				ownerReferences: [ownedBy(draft.get('home', 'Job', 'shop/report'))],
			},
			age: 3000,
		});
		putRemotePod(draft, eu, 'shop', 'report-x1', {age: 300, shadowAge: 300});
	},
};
