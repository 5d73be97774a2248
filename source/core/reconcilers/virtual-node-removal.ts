import {isCorrected, type Rules} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {
	type NamespaceMap,
	type Node,
	type Pod,
	type VirtualNode,
} from '../model.js';
import {type ClusterView, isComplete} from '../world.js';
import {foreignClustersOf, isGoneForGood} from './lost-provider.js';
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

const mirrorAnnotation = 'kubernetes.io/config.mirror';

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

/**
Whether the provider's pods and objects are given up: upstream also does that where nothing says that there is such a provider.
*/
const isGivenUp = (
	view: ClusterView,
	clusterId: string,
	rules: Rules,
): boolean => {
	const isUnknown =
		foreignClustersOf(view, clusterId).length === 0 &&
		isComplete(view.access('ForeignCluster'));
	return (
		isGoneForGood(view, clusterId) ||
		(isUnknown && !isCorrected(rules, 'unknown-provider-given-up'))
	);
};

/**
The node of a virtual node: another cluster's node may have the name.
*/
const nodeOf = (
	view: ClusterView,
	{metadata, spec}: VirtualNode,
): Node | undefined => {
	const node = view.get('Node', '', metadata.name);
	return node?.metadata.labels[keys.remoteClusterId] === spec.clusterID
		? node
		: undefined;
};

/**
Pods that a provider runs for this node; they have to leave before it goes. Those of a DaemonSet would come back, static ones cannot go. Where there
is no node there is nothing to empty.
*/
const offloadedPods = (
	view: ClusterView,
	object: VirtualNode,
): readonly Pod[] =>
	nodeOf(view, object) === undefined
		? []
		: [...view.podsOnNode(object.metadata.name)].filter(
				({metadata: {labels, annotations, ownerReferences}}) =>
					labels[keys.shadowPod] === 'true' &&
					ownerReferences.every(({kind}) => kind !== 'DaemonSet') &&
					!Object.hasOwn(annotations, mirrorAnnotation),
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
Whether the pods of a node are deleted by force. Upstream decides that when it begins, and then waits for what it has evicted, whatever is declared
meanwhile.
*/
const isForced = (
	view: ClusterView,
	object: VirtualNode,
	pods: readonly Pod[],
	rules: Rules,
): boolean => {
	const isUnderWay =
		nodeOf(view, object)?.spec.unschedulable === true &&
		pods.every(({metadata}) => metadata.deletionTimestamp !== undefined);
	return (
		isGivenUp(view, object.spec.clusterID, rules) &&
		(!isUnderWay || isCorrected(rules, 'drain-without-limit'))
	);
};

/**
Cordons the node and empties it. Returns the pods that are still there.
*/
const drain = (
	view: ClusterView,
	object: VirtualNode,
	rules: Rules,
	steps: Steps,
): readonly Pod[] => {
	const node = nodeOf(view, object);
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

	const pods = offloadedPods(view, object);
	const hasForce = isForced(view, object, pods, rules);
	for (const pod of pods) {
		if (hasForce) {
			steps.take({
				...deletionOf(view, pod, 'its provider is gone for good'),
				gracePeriodSeconds: 0,
			});
		} else if (pod.metadata.deletionTimestamp === undefined) {
			steps.take(eviction(view, pod));
		}
	}

	return hasForce ? [] : pods;
};

// Who blocks whom is upstream's matter alone.
const isWaiting = (view: ClusterView, object: VirtualNode): boolean => {
	const pods = offloadedPods(view, object);
	return pods.length > 0 && !isForced(view, object, pods, 'upstream');
};

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
	const node = nodeOf(view, object);
	const owned = [...view.list('Deployment', metadata.namespace)].filter(
		(deployment) =>
			deployment.metadata.ownerReferences.some(
				({kind, name}) => kind === 'VirtualNode' && name === metadata.name,
			),
	);
	const isLast =
		[...view.virtualNodeResourcesOfCluster(spec.clusterID)].length <= 1;
	const maps = isLast
		? [...view.list('NamespaceMap')].filter(
				({metadata: {labels}}) => labels[keys.remoteId] === spec.clusterID,
			)
		: [];
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
Empties the node of a virtual node, in its turn. Returns what it waits for; absent when nothing is in the way of the node's end.
*/
const emptyNode = (
	view: ClusterView,
	object: VirtualNode,
	{rules}: ReconcileContext,
	steps: Steps,
): ReconcileResult | undefined => {
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

	const pods = drain(view, object, rules, steps);
	if (pods.length === 0) {
		return undefined;
	}

	const names = pods.map(
		({metadata}) => `${metadata.namespace}/${metadata.name}`,
	);
	return {
		changes: steps.changes,
		requeueAfter: period,
		error: `waiting for ${names.length} pods to leave node ${object.metadata.name}: ${names.slice(0, 5).join(', ')}`,
	};
};

/**
With `createNode` switched off the cluster stays reachable for reflection, and its node goes once it is empty. Returns what it waits for.
*/
export const removeUnwantedNode = (
	view: ClusterView,
	object: VirtualNode,
	context: ReconcileContext,
	steps: Steps,
): ReconcileResult | undefined => {
	const node =
		object.spec.createNode === false ? nodeOf(view, object) : undefined;
	if (node === undefined || node.metadata.deletionTimestamp !== undefined) {
		return undefined;
	}

	const waiting = emptyNode(view, object, context, steps);
	if (waiting === undefined) {
		steps.take(
			deletionOf(
				view,
				node,
				`VirtualNode ${object.metadata.name} wants no node`,
			),
		);
	}

	return waiting;
};

/**
Takes a virtual node apart: first its pods leave, then its parts go, its finalizer last (Liqo: gen 2 VirtualNode controller, deletion).
*/
export const removeVirtualNode = (
	view: ClusterView,
	object: VirtualNode,
	context: ReconcileContext,
	steps: Steps,
): ReconcileResult => {
	const waiting = emptyNode(view, object, context, steps);
	if (waiting !== undefined) {
		return waiting;
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
