import {finalizers, keys} from '../keys.js';
import {type NamespaceMap} from '../model.js';
import {type ClusterView} from '../world.js';
import {isGoneForGood} from './lost-provider.js';
import {
	type ObjectTouch,
	type ReconcileContext,
	type Request,
} from './reconciler.js';
import {
	finalizersPatch,
	hasFinalizer,
	startSteps,
	type Steps,
	withoutFinalizer,
} from './writes.js';

/**
Whether an object asks to be replicated to a provider.
*/
export const isReplicable = (object: ObjectTouch['after']): boolean =>
	object?.kind === 'NamespaceMap' &&
	object.metadata.labels[keys.replication] === 'true' &&
	(object.metadata.labels[keys.remoteId] ?? '') !== '';

/**
Lets a local map go.
*/
export const letGo = (
	home: ClusterView,
	local: NamespaceMap,
	steps: Steps,
	reason: string,
): void => {
	steps.take(
		finalizersPatch(
			home,
			local,
			withoutFinalizer(local, finalizers.replicator),
			reason,
		),
	);
};

/**
A map that goes while its provider is lost: there is nobody to ask for the copy.
*/
export const releaseFromLost = (
	{cluster, namespace, name}: Request,
	home: ClusterView,
	context: ReconcileContext,
): Steps | undefined => {
	const local = home.get('NamespaceMap', namespace, name);
	if (
		local?.metadata.deletionTimestamp === undefined ||
		!isReplicable(local) ||
		!hasFinalizer(local, finalizers.replicator) ||
		!isGoneForGood(home, cluster)
	) {
		return undefined;
	}

	const steps = startSteps(context);
	letGo(home, local, steps, 'its provider is gone for good');
	return steps;
};

/**
The maps that wait for a provider which has just been declared lost.
*/
export const requestsForLost = (
	object: ObjectTouch['after'],
	home: ClusterView,
): readonly Request[] => {
	if (
		object?.kind !== 'ForeignCluster' ||
		object.metadata.annotations[keys.permanentlyUnreachable] !== 'true'
	) {
		return [];
	}

	const id =
		object.spec.clusterID ??
		object.metadata.labels[keys.remoteClusterId] ??
		object.metadata.name;
	return [...home.mapsOfCluster(id)]
		.filter(({metadata}) => metadata.deletionTimestamp !== undefined)
		.map(({metadata}) => ({
			cluster: id,
			namespace: metadata.namespace,
			name: metadata.name,
		}));
};
