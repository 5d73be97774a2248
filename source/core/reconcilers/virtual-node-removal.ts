import {isCorrected} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {type NamespaceMap, type Pod, type VirtualNode} from '../model.js';
import {type ClusterView} from '../world.js';
import {type ReconcileContext, type ReconcileResult} from './reconciler.js';
import {
	deletionOf,
	finalizersPatch,
	joinSentences,
	patchOf,
	referTo,
	type Steps,
	withoutFinalizer,
} from './writes.js';

const period = 10_000;

/**
The maps of a cluster that this one keeps for its own namespaces.
*/
export const ownMapsOf = (
	view: ClusterView,
	clusterId: string,
): readonly NamespaceMap[] =>
	[...view.mapsOfCluster(clusterId)].filter(
		({metadata: {labels}}) =>
			labels[keys.replication] === 'true' &&
			labels[keys.remoteId] === clusterId,
	);

const isPermanentlyGone = (view: ClusterView, clusterId: string): boolean =>
	[...view.list('ForeignCluster')].some(
		({metadata, spec}) =>
			(metadata.name === clusterId || spec.clusterID === clusterId) &&
			metadata.annotations[keys.permanentlyUnreachable] === 'true',
	);

/**
Pods that a provider runs for this node; they have to leave before it goes.
*/
const offloadedPods = (view: ClusterView, node: string): readonly Pod[] =>
	[...view.podsOnNode(node)].filter(
		({metadata, status}) =>
			metadata.labels[keys.shadowPod] === 'true' &&
			status.phase !== 'Succeeded' &&
			status.phase !== 'Failed',
	);

const eviction = (view: ClusterView, pod: Pod) => ({
	cluster: view.key,
	verb: 'create' as const,
	object: referTo(view, 'Pod', pod.metadata.namespace, pod.metadata.name),
	subresource: 'eviction',
	body: {
		apiVersion: 'policy/v1',
		kind: 'Eviction',
		metadata: {name: pod.metadata.name, namespace: pod.metadata.namespace},
	},
	reason: 'its virtual node is going',
});

/**
Cordons the node and empties it. Returns the pods that are still there.
*/
const drain = (
	view: ClusterView,
	{metadata, spec}: VirtualNode,
	steps: Steps,
): readonly Pod[] => {
	const node = view.get('Node', '', metadata.name);
	if (node !== undefined && node.spec.unschedulable !== true) {
		steps.take(
			patchOf(
				view,
				node,
				{spec: {unschedulable: true}},
				'no pod may be sent there any more',
			),
		);
	}

	const pods = offloadedPods(view, metadata.name);
	const isForced = isPermanentlyGone(view, spec.clusterID);
	for (const pod of pods) {
		if (isForced) {
			steps.take({
				...deletionOf(view, pod, 'its provider is gone for good'),
				gracePeriodSeconds: 0,
			});
		} else if (pod.metadata.deletionTimestamp === undefined) {
			steps.take(eviction(view, pod));
		}
	}

	return isForced ? [] : pods;
};

const isWaiting = (view: ClusterView, {metadata, spec}: VirtualNode): boolean =>
	!isPermanentlyGone(view, spec.clusterID) &&
	offloadedPods(view, metadata.name).length > 0;

/**
Whether one was asked to go before the other. Times have seconds only: among equals the one that has to wait anyway comes first.
*/
const isBefore = (
	view: ClusterView,
	one: VirtualNode,
	other: VirtualNode,
): boolean => {
	const [time = '', otherTime = ''] = [one, other].map(
		({metadata}) => metadata.deletionTimestamp,
	);
	return time === otherTime
		? !isWaiting(view, other) ||
				one.metadata.name.localeCompare(other.metadata.name) < 0
		: time < otherTime;
};

/**
The virtual node that keeps this one from going: upstream empties one at a time, in the order of their deletion, whatever cluster they are of.
*/
const blockerOf = (
	view: ClusterView,
	object: VirtualNode,
): VirtualNode | undefined =>
	[...view.list('VirtualNode')].find(
		(other) =>
			other.metadata.deletionTimestamp !== undefined &&
			other.metadata.uid !== object.metadata.uid &&
			isWaiting(view, other) &&
			isBefore(view, other, object),
	);

const dismantle = (
	view: ClusterView,
	object: VirtualNode,
	steps: Steps,
): void => {
	const {metadata, spec} = object;
	const node = view.get('Node', '', metadata.name);
	const owned = [...view.list('Deployment', metadata.namespace)].filter(
		(deployment) =>
			deployment.metadata.ownerReferences.some(
				({kind, name}) => kind === 'VirtualNode' && name === metadata.name,
			),
	);
	const isLast =
		[...view.virtualNodeResourcesOfCluster(spec.clusterID)].length <= 1;
	const maps = isLast ? ownMapsOf(view, spec.clusterID) : [];
	for (const part of [
		...owned,
		...(node === undefined ? [] : [node]),
		...maps,
	]) {
		if (part.metadata.deletionTimestamp === undefined) {
			steps.take(
				deletionOf(view, part, `VirtualNode ${metadata.name} is going`),
			);
		}
	}
};

/**
Takes a virtual node apart: first its pods leave, then its parts go, its finalizer last (Liqo: gen 2 VirtualNode controller, deletion).
*/
export const removeVirtualNode = (
	view: ClusterView,
	object: VirtualNode,
	{rules}: ReconcileContext,
	steps: Steps,
): ReconcileResult => {
	const blocker = isCorrected(rules, 'drain-without-limit')
		? undefined
		: blockerOf(view, object);
	if (blocker !== undefined) {
		return {
			changes: [],
			requeueAfter: period,
			error: `waiting for VirtualNode ${blocker.metadata.name}, whose pods have not left yet`,
		};
	}

	const pods = drain(view, object, steps);
	if (pods.length > 0) {
		const names = pods.map(
			({metadata}) => `${metadata.namespace}/${metadata.name}`,
		);
		return {
			changes: steps.changes,
			requeueAfter: period,
			error: `waiting for ${names.length} pods to leave node ${object.metadata.name}: ${names.slice(0, 5).join(', ')}`,
		};
	}

	dismantle(view, object, steps);
	if (steps.errors.length === 0) {
		steps.take(
			finalizersPatch(
				view,
				object,
				withoutFinalizer(object, finalizers.virtualNode),
				'nothing is left of it',
			),
		);
	}

	const error = joinSentences(steps.errors);
	return {changes: steps.changes, ...(error !== undefined && {error})};
};
