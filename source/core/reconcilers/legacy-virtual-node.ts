import {type Rules} from '../divergences.js';
import {finalizers, keys, virtualNodeType} from '../keys.js';
import {type Node} from '../model.js';
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
	referTo,
	startSteps,
	type Steps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const isVirtual = (object: ObjectTouch['after']): boolean =>
	object?.kind === 'Node' &&
	object.metadata.labels[keys.type] === virtualNodeType;

const clusterIdOf = ({metadata}: Node): string | undefined =>
	metadata.labels[keys.remoteClusterId] ??
	metadata.annotations[keys.legacyClusterId];

/**
The namespace of a peering, as its ForeignCluster says; of several the oldest counts.
*/
const tenantNamespaceOf = (
	view: ClusterView,
	clusterId: string,
): string | undefined =>
	[...view.list('ForeignCluster')]
		.filter(
			({metadata, spec}) =>
				metadata.labels[keys.legacyClusterIdLabel] === clusterId ||
				spec.clusterID === clusterId,
		)
		.toSorted((one, other) =>
			(one.metadata.creationTimestamp ?? '').localeCompare(
				other.metadata.creationTimestamp ?? '',
			),
		)[0]?.status.tenantNamespace?.local;

const remove = (
	view: ClusterView,
	node: Node,
	clusterId: string,
	steps: Steps,
): void => {
	const maps = [...view.mapsOfCluster(clusterId)];
	for (const map of maps) {
		if (map.metadata.deletionTimestamp === undefined) {
			steps.take(deletionOf(view, map, 'its virtual node is going'));
		}
	}

	if (maps.length > 0) {
		steps.errors.push(
			`waiting for deletion of NamespaceMaps associated with the virtual-node '${node.metadata.name}'`,
		);
		return;
	}

	steps.take(
		finalizersPatch(
			view,
			node,
			withoutFinalizer(node, finalizers.virtualNode),
			'its map is gone',
		),
	);
};

const ensureMap = (
	view: ClusterView,
	node: Node,
	clusterId: string,
	steps: Steps,
): void => {
	if ([...view.mapsOfCluster(clusterId)].length > 0) {
		return;
	}

	const namespace = tenantNamespaceOf(view, clusterId);
	if (namespace === undefined) {
		steps.errors.push(`no tenant namespace of cluster ${clusterId}`);
		return;
	}

	const {name, uid} = node.metadata;
	steps.take(
		creationOf(
			view,
			referTo(view, 'NamespaceMap', namespace, ''),
			{
				metadata: {
					generateName: `${clusterId}-`,
					namespace,
					labels: {[keys.remoteClusterId]: clusterId},
					ownerReferences: [
						{
							apiVersion: 'v1',
							kind: 'Node',
							name,
							uid,
							controller: true,
							blockOwnerDeletion: true,
						},
					],
				},
				spec: {},
			},
			`virtual node ${name} has no map`,
		),
	);
};

const reconcileNode = (
	view: ClusterView,
	node: Node,
	context: ReconcileContext,
): ReconcileResult => {
	const clusterId = clusterIdOf(node);
	if (clusterId === undefined) {
		return {
			changes: [],
			error: `the label '${keys.remoteClusterId}' is not found on node '${node.metadata.name}'`,
		};
	}

	const steps = startSteps(context);
	const isHeld = hasFinalizer(node, finalizers.virtualNode);
	if (node.metadata.deletionTimestamp !== undefined) {
		if (isHeld) {
			remove(view, node, clusterId, steps);
		}
	} else if (
		isHeld ||
		steps.take(
			finalizersPatch(
				view,
				node,
				withFinalizer(node, finalizers.virtualNode),
				'its map has to go before it does',
			),
		)
	) {
		ensureMap(view, node, clusterId, steps);
	}

	const error = joinSentences(steps.errors);
	return {changes: steps.changes, ...(error !== undefined && {error})};
};

const requestOf = (name: string): Request => ({
	cluster: 'home',
	namespace: '',
	name,
});

/**
Liqo's VirtualNode controller of v0.3, on Nodes: one map per virtual node (Liqo: gen 1 VirtualNode controller).
*/
export const createLegacyVirtualNodeReconciler = (
	_rules: Rules,
): Reconciler => ({
	id: 'virtual-node',
	title: 'VirtualNode',
	requests: ({consumer}: World) =>
		Array.from(consumer.virtualNodes(), ({metadata}) =>
			requestOf(metadata.name),
		),
	requestsFor({cluster, kind, name, before, after}, {consumer}) {
		if (cluster !== consumer.key) {
			return [];
		}

		if (kind === 'Node') {
			const isSeen =
				before === undefined ||
				after === undefined ||
				after.metadata.deletionTimestamp !== undefined;
			return isSeen && isVirtual(after ?? before) ? [requestOf(name)] : [];
		}

		return kind === 'NamespaceMap' && after === undefined
			? (before?.metadata.ownerReferences ?? [])
					.filter((owner) => owner.kind === 'Node')
					.map((owner) => requestOf(owner.name))
			: [];
	},
	reconcile(request, {consumer}, context) {
		const node = consumer.get('Node', '', request.name);
		return node === undefined || !isVirtual(node)
			? {changes: []}
			: reconcileNode(consumer, node, context);
	},
});
