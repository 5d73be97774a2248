import {keys} from '../../core/keys.js';
import {isJsonObject, type JsonObject} from '../../core/json.js';
import {isFirstGeneration} from './cluster.js';
import {type Draft, mergeInto} from './draft.js';

export const toleration = {
	key: keys.notAllowed,
	operator: 'Exists',
	effect: 'NoExecute',
};

const virtual = {key: keys.type, operator: 'In', values: ['virtual-node']};
const local = {key: keys.type, operator: 'NotIn', values: ['virtual-node']};

/**
What admission adds to a pod without terms of its own, as the pod shows it afterwards.
*/
export const imposed = (
	draft: Draft,
	strategy: 'Local' | 'Remote' | 'LocalAndRemote',
	terms: readonly JsonObject[] = [],
): JsonObject => {
	if (strategy === 'Local') {
		return {};
	}

	const all =
		terms.length === 0 && isFirstGeneration(draft)
			? [{matchExpressions: [virtual]}]
			: terms;
	const remote = all.length === 0 ? [{matchExpressions: [virtual]}] : all;
	const nodeSelectorTerms: readonly JsonObject[] =
		strategy === 'Remote'
			? remote.map((term) =>
					all.length === 0
						? term
						: {
								...term,
								matchExpressions: [
									...((term.matchExpressions ?? []) as JsonObject[]),
									virtual,
								],
							},
				)
			: all.length === 0
				? []
				: [...all, {matchExpressions: [local]}];
	return {
		tolerations: [toleration],
		...(nodeSelectorTerms.length > 0 && {
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms},
				},
			},
		}),
	};
};

export type PodDraft = {
	readonly namespace: string;
	readonly name: string;
	/**
	The pod is bound and running there; Pending and unschedulable when absent.
	*/
	readonly node?: string;
	readonly spec?: JsonObject;
	readonly metadata?: JsonObject;
	readonly status?: JsonObject;
	/**
	Seconds since it was created.
	*/
	readonly age?: number;
	readonly cluster?: string;
};

export const putPod = (
	draft: Draft,
	{
		namespace,
		name,
		node,
		spec = {},
		metadata = {},
		status = {},
		age = 1800,
		cluster = 'home',
	}: PodDraft,
): void => {
	const since = draft.ago(age - 2);
	const running: JsonObject = {
		phase: 'Running',
		startTime: since,
		conditions: [
			{type: 'PodScheduled', status: 'True', lastTransitionTime: since},
			{type: 'Ready', status: 'True', lastTransitionTime: since},
		],
		containerStatuses: [
			{
				name: 'main',
				ready: true,
				started: true,
				restartCount: 0,
				image: 'registry.example/web:1',
				imageID: '',
				state: {running: {startedAt: since}},
			},
		],
	};
	const pending: JsonObject = {
		phase: 'Pending',
		conditions: [
			{
				type: 'PodScheduled',
				status: 'False',
				reason: 'Unschedulable',
				message: '0/5 nodes are available.',
				lastTransitionTime: since,
			},
		],
	};
	draft.put(cluster, {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: mergeInto(
			{namespace, name, creationTimestamp: draft.ago(age)},
			metadata,
		),
		spec: {
			containers: [
				{
					name: 'main',
					image: 'registry.example/web:1',
					resources: {requests: {cpu: '100m', memory: '64Mi'}},
				},
			],
			...(node !== undefined && {nodeName: node}),
			...spec,
		},
		status: mergeInto(node === undefined ? pending : running, status),
	});
};

export const ownedBy = (object: JsonObject): JsonObject => {
	const metadata = isJsonObject(object.metadata) ? object.metadata : {};
	return {
		apiVersion: object.apiVersion,
		kind: object.kind,
		name: metadata.name,
		uid: metadata.uid,
		controller: true,
		blockOwnerDeletion: true,
	};
};

export type WorkloadDraft = {
	readonly namespace: string;
	readonly name: string;
	/**
	Where each replica runs; `pending` for one that is not bound.
	*/
	readonly nodes: readonly string[];
	/**
	The template's own constraints.
	*/
	readonly spec?: JsonObject;
	/**
	What admission made of them in the pods; the template's when absent.
	*/
	readonly admitted?: JsonObject;
	readonly age?: number;
	readonly podStatus?: JsonObject;
	readonly podMetadata?: JsonObject;
};

/**
A Deployment with its ReplicaSet and pods; pods on virtual nodes carry the mark of reflection.
*/
export const putWorkload = (
	draft: Draft,
	{
		namespace,
		name,
		nodes,
		spec = {},
		admitted = spec,
		age = 1800,
		podStatus = {},
		podMetadata = {},
	}: WorkloadDraft,
): void => {
	const replicas = nodes.length;
	const ready = nodes.filter((node) => node !== 'pending').length;
	const labels = {app: name};
	const template = {
		metadata: {labels},
		spec: {
			containers: [
				{
					name: 'main',
					image: 'registry.example/web:1',
					resources: {requests: {cpu: '100m', memory: '64Mi'}},
				},
			],
			...spec,
		},
	};
	const status = {
		replicas,
		readyReplicas: ready,
		availableReplicas: ready,
		conditions: [],
	};
	const common = {
		spec: {replicas, selector: {matchLabels: labels}, template},
		status,
	};
	const creationTimestamp = draft.ago(age + 5);
	draft.put('home', {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {namespace, name, labels, creationTimestamp},
		...common,
	});
	const setName = `${name}-7d4f9`;
	draft.put('home', {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			namespace,
			name: setName,
			labels,
			creationTimestamp,
			ownerReferences: [
				ownedBy(draft.get('home', 'Deployment', `${namespace}/${name}`)),
			],
		},
		...common,
	});
	const owner = ownedBy(
		draft.get('home', 'ReplicaSet', `${namespace}/${setName}`),
	);
	const virtualNames = new Set(draft.peers.values().map((peer) => peer.node));
	for (const [index, node] of nodes.entries()) {
		putPod(draft, {
			namespace,
			name: `${setName}-x${index}`,
			...(node !== 'pending' && {node}),
			spec: admitted,
			age,
			status: podStatus,
			metadata: mergeInto(
				{
					labels: {
						...labels,
						...(virtualNames.has(node) && {[keys.shadowPod]: 'true'}),
					},
					ownerReferences: [owner],
				},
				podMetadata,
			),
		});
	}
};
