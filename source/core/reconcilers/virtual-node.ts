import {type Rules} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {type NamespaceMap, type Pod, type VirtualNode} from '../model.js';
import {type ClusterView, type World} from '../world.js';
import {
	type ObjectTouch,
	type ReconcileContext,
	type Reconciler,
	type ReconcileResult,
	type Request,
} from './reconciler.js';
import {
	creationOf,
	deletionOf,
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	patchOf,
	referTo,
	startSteps,
	type Steps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const period = 10_000;

const mapsOf = (
	view: ClusterView,
	clusterId: string,
): readonly NamespaceMap[] =>
	[...view.mapsOfCluster(clusterId)].filter(
		({metadata: {labels}}) =>
			labels[keys.replication] === 'true' &&
			labels[keys.remoteId] === clusterId,
	);

const ensureMap = (
	view: ClusterView,
	{spec, metadata}: VirtualNode,
	steps: Steps,
): void => {
	const id = spec.clusterID;
	const maps = mapsOf(view, id);
	if (maps.length > 1) {
		steps.errors.push(`more than one NamespaceMap for cluster ${id}`);
	}

	if (id === '' || maps.length > 0) {
		return;
	}

	steps.take(
		creationOf(
			view,
			referTo(view, 'NamespaceMap', metadata.namespace, id),
			{
				metadata: {
					name: id,
					namespace: metadata.namespace,
					labels: {
						[keys.remoteClusterId]: id,
						[keys.replication]: 'true',
						[keys.remoteId]: id,
					},
				},
				spec: {desiredMapping: {}},
			},
			`cluster ${id} has a virtual node and no map`,
		),
	);
};

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
			steps.take(deletionOf(view, pod, 'its provider is gone for good'));
		} else if (pod.metadata.deletionTimestamp === undefined) {
			steps.take(eviction(view, pod));
		}
	}

	return isForced ? [] : pods;
};

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
	const maps = isLast ? mapsOf(view, spec.clusterID) : [];
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

const remove = (
	view: ClusterView,
	object: VirtualNode,
	steps: Steps,
): ReconcileResult => {
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

const reconcileNode = (
	view: ClusterView,
	object: VirtualNode,
	context: ReconcileContext,
): ReconcileResult => {
	const steps = startSteps(context);
	const isHeld = hasFinalizer(object, finalizers.virtualNode);
	if (object.metadata.deletionTimestamp !== undefined) {
		return isHeld ? remove(view, object, steps) : {changes: []};
	}

	const isTaken =
		isHeld ||
		steps.take(
			finalizersPatch(
				view,
				object,
				withFinalizer(object, finalizers.virtualNode),
				'its pods and twins have to go before it does',
			),
		);
	if (isTaken) {
		ensureMap(view, object, steps);
	}

	const error = joinSentences(steps.errors);
	return {changes: steps.changes, ...(error !== undefined && {error})};
};

const requestOf = ({metadata}: VirtualNode): Request => ({
	cluster: 'home',
	namespace: metadata.namespace,
	name: metadata.name,
});

const clusterOf = (object: ObjectTouch['after']): string =>
	object?.metadata.labels[keys.remoteClusterId] ?? '';

/**
Liqo's VirtualNode controller since v0.9, without the virtual kubelet's Deployment: the map of each cluster, and the orderly end of a virtual node
(Liqo: gen 2 VirtualNode controller).
*/
export const createVirtualNodeReconciler = (_rules: Rules): Reconciler => ({
	id: 'virtual-node',
	title: 'VirtualNode',
	requests: ({consumer}: World) =>
		Array.from(consumer.list('VirtualNode'), (object) => requestOf(object)),
	requestsFor({cluster, kind, namespace, name, before, after}, {consumer}) {
		if (cluster !== consumer.key) {
			return [];
		}

		if (kind === 'VirtualNode') {
			return [{cluster, namespace, name}];
		}

		const isMapGoneOrNew =
			kind === 'NamespaceMap' && (before === undefined || after === undefined);
		if (isMapGoneOrNew) {
			const id = clusterOf(after ?? before);
			return Array.from(consumer.virtualNodeResourcesOfCluster(id), (object) =>
				requestOf(object),
			);
		}

		const pod = after ?? before;
		if (pod?.kind !== 'Pod' || pod.spec.nodeName === undefined) {
			return [];
		}

		// Only a node that is being emptied waits for its pods.
		const isLeaving =
			after === undefined &&
			consumer.get('Node', '', pod.spec.nodeName)?.spec.unschedulable === true;
		return isLeaving
			? [...consumer.list('VirtualNode')]
					.filter(({metadata}) => metadata.name === pod.spec.nodeName)
					.map((object) => requestOf(object))
			: [];
	},
	reconcile(request, {consumer}, context) {
		const object = consumer.get('VirtualNode', request.namespace, request.name);
		return object === undefined
			? {changes: []}
			: reconcileNode(consumer, object, context);
	},
});
