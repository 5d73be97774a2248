import {type Json} from '../../core/json.js';
import {type Pod} from '../../core/model.js';
import {type ClusterView} from '../../core/world.js';
import {type ApiObject, clone, treeAt, treesAt, type Tree} from '../value.js';
import {type ClusterAccess, type Refusal} from './cluster-access.js';
import {objectEvent, podReference} from './object-event.js';
import {
	hasNews,
	isActive,
	isReady,
	ownerReference,
	replicasOf,
	templateOf,
} from './workload-objects.js';

const component = 'replicaset-controller';

/**
Those that are worth least first: not placed, not started, not ready, youngest (Kubernetes: the order in which pods are taken away).
*/
const byWorth = (one: Pod, other: Pod): number => {
	const worth = (pod: Pod): number =>
		(pod.spec.nodeName ? 4 : 0) +
		(pod.status.phase === 'Running' ? 2 : 0) +
		(isReady(pod) ? 1 : 0);
	const age = ({metadata}: Pod): string => metadata.creationTimestamp ?? '';
	return worth(one) - worth(other) || (age(one) < age(other) ? 1 : -1);
};

/**
Makes the pods of a ReplicaSet that are missing, takes away those it has too many of, and says in its status how many there are (Kubernetes:
ReplicaSet controller).

@returns why a pod could not be made
*/
export const syncReplicaSet = async (
	set: ApiObject,
	view: ClusterView,
	access: ClusterAccess,
): Promise<Refusal | undefined> => {
	const {uid, name, namespace = ''} = set.metadata;
	const cluster = view.key;
	const pods = (): Pod[] =>
		[...view.list('Pod', namespace)].filter(
			(pod) =>
				isActive(pod) &&
				pod.metadata.ownerReferences.some((owner) => owner.uid === uid),
		);
	const template = templateOf(set);
	const create = async (): Promise<Refusal | undefined> =>
		access.send(
			{
				cluster,
				verb: 'create',
				object: podReference(namespace, ''),
				body: {
					metadata: {
						...clone<Tree>(treeAt(template, 'metadata') ?? {}),
						namespace,
						generateName: `${name}-`,
						ownerReferences: [ownerReference(set)],
					},
					spec: clone(treeAt(template, 'spec') ?? {}),
				} as Json,
				reason: `ReplicaSet ${name} misses a pod`,
			},
			component,
		);

	const before = pods();
	let refusal: Refusal | undefined;
	for (
		let missing = replicasOf(set) - before.length;
		missing > 0 && !refusal;
		missing--
	) {
		refusal = await create(); // eslint-disable-line no-await-in-loop -- the first refusal ends it
	}

	const surplus = Math.max(0, before.length - replicasOf(set));
	for (const pod of before.toSorted(byWorth).slice(0, surplus)) {
		// eslint-disable-next-line no-await-in-loop -- the least worth first
		await access.send(
			{
				cluster,
				verb: 'delete',
				object: podReference(namespace, pod.metadata.name),
				precondition: {uid: pod.metadata.uid},
				reason: `ReplicaSet ${name} has a pod too many`,
			},
			component,
		);
	}

	if (refusal) {
		await access.send(
			objectEvent(
				{apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, name, uid},
				{
					cluster,
					type: 'Warning',
					reason: 'FailedCreate',
					message: `Error creating: ${refusal.message}`,
				},
			),
			component,
		);
	}

	const present = pods();
	const ready = present.filter((pod) => isReady(pod)).length;
	const status: Tree = {
		observedGeneration: set.metadata.generation ?? 1,
		replicas: present.length,
		fullyLabeledReplicas: present.length,
		readyReplicas: ready,
		availableReplicas: ready,
		conditions: refusal
			? [
					{
						type: 'ReplicaFailure',
						status: 'True',
						reason: 'FailedCreate',
						message: refusal.message,
					},
				]
			: treesAt(set, 'status', 'conditions').filter(
					({type}) => type !== 'ReplicaFailure',
				),
	};
	if (hasNews(treeAt(set, 'status') ?? {}, status)) {
		await access.send(
			{
				cluster,
				verb: 'patch',
				patchType: 'merge',
				object: {apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, name},
				subresource: 'status',
				body: {status} as Json,
				reason: 'its pods were counted',
			},
			component,
		);
	}

	return refusal;
};
