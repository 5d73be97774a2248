import {keys} from '../../core/keys.js';
import {type JsonObject} from '../../core/json.js';
import {isFirstGeneration, liqoApi} from './cluster.js';
import {type Draft, mergeInto, type Peer} from './draft.js';
import {putPod} from './workload.js';

/**
The copy of an offloaded pod in its twin (default remote name), with its ShadowPod where the generation has one for plain pods.
*/

export const putRemotePod = (
	draft: Draft,
	peer: Peer,
	namespace: string,
	name: string,
	{
		age = 1790,
		shadowAge = age,
		spec = {},
		status = {},
		metadata = {},
		isPlaced = true,
	}: {
		readonly age?: number;
		readonly shadowAge?: number;
		readonly spec?: JsonObject;
		readonly status?: JsonObject;
		readonly metadata?: JsonObject;
		/**
		Whether the provider has a node for it.

		@default true
		*/
		readonly isPlaced?: boolean;
	} = {},
): void => {
	const remote = `${namespace}-${draft.localId}`;
	putPod(draft, {
		cluster: peer.handle,
		namespace: remote,
		name,
		...(isPlaced && {node: `${peer.handle}-worker`}),
		spec,
		status,
		age,
		metadata: mergeInto({labels: {[keys.managedBy]: 'shadowpod'}}, metadata),
	});
	draft.put(peer.handle, {
		apiVersion: liqoApi(draft.generation, 'ShadowPod'),
		kind: 'ShadowPod',
		metadata: {
			namespace: remote,
			name,
			creationTimestamp: draft.ago(shadowAge),
			labels: {[keys.originId]: draft.localId},
		},
		spec: {
			pod: {
				containers: [{name: 'main', image: 'registry.example/web:1'}],
				...spec,
			},
		},
		...(!isFirstGeneration(draft) && {status: {phase: 'Running'}}),
	});
};

/**
A warning event on a pod.
*/
export const putEvent = (
	draft: Draft,
	{
		cluster = 'home',
		namespace,
		pod,
		reason,
		message,
	}: {
		readonly cluster?: string;
		readonly namespace: string;
		readonly pod: string;
		readonly reason: string;
		readonly message: string;
	},
): void => {
	draft.put(cluster, {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {namespace, name: `${pod}.${reason.toLowerCase()}`},
		involvedObject: {kind: 'Pod', namespace, name: pod},
		reason,
		type: 'Warning',
		count: 5,
		message,
		lastTimestamp: draft.ago(30),
	});
};
