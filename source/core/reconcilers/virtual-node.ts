import {type Rules} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {type VirtualNode} from '../model.js';
import {type ClusterView, type World} from '../world.js';
import {
	ownMapsOf,
	removeUnwantedNode,
	removeVirtualNode,
} from './virtual-node-removal.js';
import {
	type ObjectTouch,
	type ReconcileContext,
	type Reconciler,
	type ReconcileResult,
	type Request,
} from './reconciler.js';
import {
	creationOf,
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	patchOf,
	referTo,
	startSteps,
	type Steps,
	withFinalizer,
} from './writes.js';

/**
The namespace of a peering, by its labels (Liqo: finding the remote cluster-id); where the VirtualNode itself lives says nothing.
*/
const tenantNamespaceOf = (
	view: ClusterView,
	clusterId: string,
): string | undefined =>
	[...view.list('Namespace')].find(
		({metadata: {labels, deletionTimestamp}}) =>
			labels[keys.remoteClusterId] === clusterId &&
			labels[keys.tenantNamespace] !== undefined &&
			deletionTimestamp === undefined,
	)?.metadata.name;

const labelsOfMap = (clusterId: string): Readonly<Record<string, string>> => ({
	[keys.remoteClusterId]: clusterId,
	[keys.replication]: 'true',
	[keys.remoteId]: clusterId,
});

/**
Whether two states of a map are found differently by the labels above.
*/
const isLabelledAnew = ({before, after}: ObjectTouch): boolean =>
	Object.keys(labelsOfMap('')).some(
		(key) => before?.metadata.labels[key] !== after?.metadata.labels[key],
	);

const ensureMap = (
	view: ClusterView,
	{spec, metadata}: VirtualNode,
	steps: Steps,
): void => {
	const id = spec.clusterID;
	const maps = ownMapsOf(view, id);
	if (maps.length > 1) {
		steps.errors.push(`more than one NamespaceMap for cluster ${id}`);
	}

	if (id === '' || maps.length > 0) {
		return;
	}

	const namespace = tenantNamespaceOf(view, id);
	if (namespace === undefined) {
		steps.errors.push(
			`no tenant namespace for cluster ${id}: VirtualNode ${metadata.name} gets no map`,
		);
		return;
	}

	const labels = labelsOfMap(id);
	const found = view.get('NamespaceMap', namespace, id);
	if (found !== undefined) {
		// It lost a label that makes it a map of this cluster's own.
		steps.take(
			patchOf(
				view,
				found,
				{metadata: {labels}},
				`cluster ${id} has a virtual node and no map with these labels`,
			),
		);
		return;
	}

	steps.take(
		creationOf(
			view,
			referTo(view, 'NamespaceMap', namespace, id),
			{metadata: {name: id, namespace, labels}, spec: {desiredMapping: {}}},
			`cluster ${id} has a virtual node and no map`,
		),
	);
};

const reconcileNode = (
	view: ClusterView,
	object: VirtualNode,
	context: ReconcileContext,
): ReconcileResult => {
	const steps = startSteps(context);
	const isHeld = hasFinalizer(object, finalizers.virtualNode);
	if (object.metadata.deletionTimestamp !== undefined) {
		return isHeld
			? removeVirtualNode(view, object, context, steps)
			: {changes: []};
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
	const waiting = isTaken
		? removeUnwantedNode(view, object, context, steps)
		: undefined;
	if (isTaken) {
		ensureMap(view, object, steps);
	}

	const error = joinSentences([
		...(waiting?.error === undefined ? [] : [waiting.error]),
		...steps.errors,
	]);
	return {
		...waiting,
		changes: steps.changes,
		...(error !== undefined && {error}),
	};
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

		const clusterId = (after ?? before)?.metadata.labels[keys.remoteClusterId];
		const isTenantNew =
			kind === 'Namespace' &&
			clusterId !== undefined &&
			before?.metadata.labels[keys.remoteClusterId] !== clusterId;
		if (isTenantNew) {
			return Array.from(
				consumer.virtualNodeResourcesOfCluster(clusterId),
				(object) => requestOf(object),
			);
		}

		if (kind === 'NamespaceMap') {
			const isOther =
				before === undefined ||
				after === undefined ||
				isLabelledAnew({cluster, kind, namespace, name, before, after});
			return isOther
				? [...new Set([clusterOf(before), clusterOf(after)])].flatMap((id) =>
						Array.from(consumer.virtualNodeResourcesOfCluster(id), (object) =>
							requestOf(object),
						),
					)
				: [];
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
			? // Others may have waited for this one.
				[...consumer.list('VirtualNode')]
					.filter(
						({metadata}) =>
							metadata.name === pod.spec.nodeName ||
							metadata.deletionTimestamp !== undefined,
					)
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
