import {isCorrected} from '../../core/divergences.js';
import {type JsonObject} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {type VirtualNode} from '../../core/model.js';
import {
	type Reconciler,
	type Request,
	type Rules,
} from '../../core/reconcilers/reconciler.js';
import {
	creationOf,
	patchOf,
	referTo,
	startSteps,
	type Steps,
} from '../../core/reconcilers/writes.js';
import {type ClusterView} from '../../core/world.js';
import {kubeletNameOf, kubeletSpec} from './virtual-node-parts.js';

const ensureForeignCluster = (
	view: ClusterView,
	{metadata: {namespace}, spec: {clusterID}}: VirtualNode,
	steps: Steps,
): void => {
	const labels = view.get('Namespace', '', namespace)?.metadata.labels;
	const isTenant =
		labels?.[keys.tenantNamespace] !== undefined &&
		labels[keys.remoteClusterId] === clusterID;
	const isKnown = [...view.list('ForeignCluster')].some(
		({metadata, spec}) =>
			metadata.name === clusterID || spec.clusterID === clusterID,
	);
	if (isTenant && !isKnown) {
		steps.take(
			creationOf(
				view,
				referTo(view, 'ForeignCluster', '', clusterID),
				{
					metadata: {
						name: clusterID,
						labels: {[keys.remoteClusterId]: clusterID},
					},
					spec: {clusterID},
				},
				`cluster ${clusterID} has a tenant namespace`,
			),
		);
	}
};

const ensureKubelet = (
	view: ClusterView,
	{apiVersion, kind, metadata: {name, namespace, uid}}: VirtualNode,
	steps: Steps,
): void => {
	const isThere = [...view.list('Deployment', namespace)].some(
		({metadata}) =>
			metadata.name === kubeletNameOf(name) ||
			metadata.labels['virtualkubelet.liqo.io/node-name'] === name,
	);
	if (isThere) {
		return;
	}

	steps.take(
		creationOf(
			view,
			referTo(view, 'Deployment', namespace, kubeletNameOf(name)),
			{
				metadata: {
					namespace,
					name: kubeletNameOf(name),
					labels: {'virtualkubelet.liqo.io/node-name': name},
					ownerReferences: [{apiVersion, kind, name, uid, controller: true}],
				},
				spec: kubeletSpec(name) as JsonObject,
			},
			`VirtualNode ${name} needs a virtual kubelet`,
		),
	);
};

const ensureConditions = (
	view: ClusterView,
	object: VirtualNode,
	rules: Rules,
	now: string,
	steps: Steps,
): void => {
	const {spec, status} = object;
	const hasNode = spec.createNode !== false;
	const isRight =
		status.conditions.length > 0 &&
		status.conditions.every(
			({type, status: state}) =>
				type !== 'Node' || (state === 'None') !== hasNode,
		);
	if (isRight) {
		return;
	}

	const node = {
		type: 'Node',
		status: hasNode ? 'Running' : 'None',
		lastTransitionTime: now,
	};
	const kubelet = {
		type: 'VirtualKubelet',
		status: 'Running',
		lastTransitionTime: now,
	};
	const conditions = isCorrected(rules, 'conditions-doubled')
		? [node, kubelet]
		: [...(hasNode ? [node, node] : [node]), kubelet, kubelet];
	steps.take(
		patchOf(
			view,
			object,
			{status: {conditions}},
			'its parts are in place',
			'status',
		),
	);
};

const requestOf = ({metadata: {namespace, name}}: VirtualNode): Request => ({
	cluster: 'home',
	namespace,
	name,
});

/**
What Liqo does for a VirtualNode beside its map: the ForeignCluster that appears with the tenant namespace, the Deployment of the virtual kubelet,
and the conditions (Liqo: gen 2 VirtualNode controller). Only the sandbox needs it: where a peering is real, Liqo keeps these parts.
*/
export const createVirtualNodeUpkeep = (): Reconciler => ({
	id: 'virtual-node-upkeep',
	title: 'Parts of a VirtualNode',
	requests: ({consumer}) =>
		Array.from(consumer.list('VirtualNode'), (object) => requestOf(object)),
	requestsFor({cluster, kind, namespace, name, after}, {consumer}) {
		if (cluster !== consumer.key) {
			return [];
		}

		if (kind === 'VirtualNode') {
			return [{cluster, namespace, name}];
		}

		const isLost =
			after === undefined &&
			(kind === 'Deployment' || kind === 'ForeignCluster');
		return isLost || kind === 'Namespace'
			? [...consumer.list('VirtualNode')]
					.filter(
						({metadata, spec}) =>
							metadata.namespace === namespace ||
							metadata.namespace === name ||
							spec.clusterID === name,
					)
					.map((object) => requestOf(object))
			: [];
	},
	reconcile({namespace, name}, {consumer}, context) {
		const object = consumer.get('VirtualNode', namespace, name);
		if (
			object === undefined ||
			object.metadata.deletionTimestamp !== undefined ||
			object.spec.clusterID === ''
		) {
			return {changes: []};
		}

		const steps = startSteps(context);
		ensureForeignCluster(consumer, object, steps);
		ensureKubelet(consumer, object, steps);
		ensureConditions(consumer, object, context.rules, context.now, steps);
		return {changes: steps.changes};
	},
});
