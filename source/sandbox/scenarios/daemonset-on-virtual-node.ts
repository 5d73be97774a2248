import {isFirstGeneration} from './cluster.js';
import {type Scenario} from './scenario.js';
import {ownedBy, putPod} from './workload.js';

export const daemonsetOnVirtualNode: Scenario = {
	id: 'daemonset-on-virtual-node',
	title: 'A network plugin tolerates everything',
	generations: ['v0.3', 'v1beta1'],
	namespace: 'kube-system',
	build(draft) {
		const template = {
			metadata: {labels: {app: 'cni'}},
			spec: {
				containers: [{name: 'main', image: 'registry.example/cni:1'}],
				tolerations: [{operator: 'Exists'}],
			},
		};
		draft.put('home', {
			apiVersion: 'apps/v1',
			kind: 'DaemonSet',
			metadata: {namespace: 'kube-system', name: 'cni'},
			spec: {selector: {matchLabels: {app: 'cni'}}, template},
			status: {},
		});
		const owner = ownedBy(draft.get('home', 'DaemonSet', 'kube-system/cni'));
		for (const peer of draft.peers.values()) {
			putPod(draft, {
				namespace: 'kube-system',
				name: `cni-${peer.handle}`,
				node: peer.node,
				spec: {tolerations: [{operator: 'Exists'}]},
				metadata: {labels: {app: 'cni'}, ownerReferences: [owner]},
				status: {
					phase: 'Pending',
					reason: isFirstGeneration(draft)
						? 'OffloadingBackoff'
						: 'OffloadingBackOff',
					containerStatuses: [],
				},
			});
		}
	},
};
