import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import {ask, create, until} from './control-plane.js';

let probes = 0;

/**
Waits until the cluster's scheduler has seen every Node written so far.

It learns of Nodes and of pods by two watches, so a pod can reach it before the Nodes that replace others of the same names, and is then bound by
labels that are gone. A Node written last, and a pod that only it takes, tell when the Nodes are known. Both are deleted again.
*/
export const awaitScheduler = async (cluster: ApiServer): Promise<void> => {
	probes += 1;
	const name = `scheduler-probe-${probes}`;
	const pod = `/api/v1/namespaces/default/pods/${name}`;
	await create(cluster, [
		{
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {name, labels: {'scheduler-probe': name}},
			status: {
				capacity: {cpu: '1', memory: '1Gi', pods: '1'},
				allocatable: {cpu: '1', memory: '1Gi', pods: '1'},
			},
		},
		{
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name, namespace: 'default'},
			spec: {
				nodeSelector: {'scheduler-probe': name},
				// Also what the API server puts on a Node that is not ready; it keeps all other pods away.
				tolerations: [{operator: 'Exists'}],
				containers: [{name: 'probe', image: 'probe'}],
			},
		},
	]);
	await until('the scheduler knows the nodes', async () => {
		const {text} = await ask(cluster, pod);
		return text.includes('"nodeName"');
	});
	for (const path of [`${pod}?gracePeriodSeconds=0`, `/api/v1/nodes/${name}`]) {
		await ask(cluster, path, {method: 'DELETE'});
	}
};
