import {isCorrected, type Rules} from '../divergences.js';
import {type JsonObject} from '../json.js';
import {finalizers, keys} from '../keys.js';
import {describeDoubt} from '../knowing-world.js';
import {mergePatchBetween} from '../merge-patch.js';
import {type NamespaceMap} from '../model.js';
import {type ClusterView, isComplete, type World} from '../world.js';
import {isGoneForGood} from './lost-provider.js';
import {writeOutcomes} from './map-outcome.js';
import {
	isReplicable,
	letGo,
	releaseFromLost,
	requestsForLost,
} from './map-release.js';
import {
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
} from './writes.js';

type Pair = {
	readonly home: ClusterView;
	readonly homeId: string;
	readonly provider: ClusterView;
	/**
	The provider's cluster-id.
	*/
	readonly providerId: string;
	readonly local: NamespaceMap | undefined;
	readonly copy: NamespaceMap | undefined;
	readonly context: ReconcileContext;
	readonly steps: Steps;
};

const isCopyOf = (map: NamespaceMap, homeId: string, name: string): boolean =>
	map.metadata.name === name &&
	map.metadata.labels[keys.originId] === homeId &&
	map.metadata.labels[keys.replicated] === 'true';

/**
The provider's namespace for this consumer: where the credentials say, else by the provider's labels, else by the usual name
(Liqo: finding the local and the remote cluster-id).
*/
const tenantNamespaceOf = ({
	home,
	homeId,
	provider,
	providerId,
}: Pair): string => {
	for (const {metadata} of home.list('Secret')) {
		const named = metadata.annotations[keys.remoteTenantNamespace];
		if (
			named !== undefined &&
			metadata.labels[keys.identityType] === 'ControlPlane' &&
			metadata.labels[keys.remoteClusterId] === providerId
		) {
			return named;
		}
	}

	for (const {metadata} of provider.list('Namespace')) {
		if (
			metadata.labels[keys.remoteClusterId] === homeId &&
			metadata.labels[keys.tenantNamespace] !== undefined
		) {
			return metadata.name;
		}
	}

	return `liqo-tenant-${homeId}`;
};

const deleteCopy = ({provider, copy, steps}: Pair): void => {
	if (copy !== undefined && copy.metadata.deletionTimestamp === undefined) {
		steps.take(
			deletionOf(provider, copy, 'the map it was copied from is going'),
		);
	}
};

const release = (pair: Pair, local: NamespaceMap): void => {
	const {home, copy, steps} = pair;
	deleteCopy(pair);
	if (copy === undefined) {
		letGo(home, local, steps, 'the provider holds no copy any more');
	}
};

const copyBody = (pair: Pair, local: NamespaceMap): JsonObject => ({
	metadata: {
		name: local.metadata.name,
		namespace: tenantNamespaceOf(pair),
		labels: {
			...local.metadata.labels,
			[keys.remoteClusterId]: pair.homeId,
			[keys.replication]: 'false',
			[keys.replicated]: 'true',
			[keys.originId]: pair.homeId,
			[keys.remoteId]: pair.providerId,
		},
		...(Object.keys(local.metadata.annotations).length > 0 && {
			annotations: local.metadata.annotations,
		}),
	},
	spec: {desiredMapping: local.spec.desiredMapping},
});

const replicate = (pair: Pair, local: NamespaceMap): void => {
	const {home, provider, copy, steps} = pair;
	if (!hasFinalizer(local, finalizers.replicator)) {
		const isTaken = steps.take(
			finalizersPatch(
				home,
				local,
				withFinalizer(local, finalizers.replicator),
				'its copy has to be removed before it goes',
			),
		);
		if (!isTaken) {
			return;
		}
	}

	if (copy === undefined) {
		const {name} = local.metadata;
		const tenant = tenantNamespaceOf(pair);
		steps.take(
			creationOf(
				provider,
				referTo(provider, 'NamespaceMap', tenant, name),
				copyBody(pair, local),
				'the provider has to know what is asked of it',
			),
		);
		return;
	}

	const desiredMapping = mergePatchBetween(
		copy.spec.desiredMapping,
		local.spec.desiredMapping,
	);
	if (desiredMapping !== undefined) {
		steps.take(
			patchOf(
				provider,
				copy,
				{spec: {desiredMapping}},
				'the provider has to know what is asked of it',
			),
		);
	}

	const outcomes = Object.entries(copy.status.currentMapping);
	writeOutcomes(home, local, new Map(outcomes), steps);
};

/**
Whether both sides are known well enough to conclude from what is not there.
*/
const isUsable = (view: ClusterView): boolean =>
	isComplete(view.access('NamespaceMap'));

const findPair = (
	request: Request,
	world: World,
	context: ReconcileContext,
): Pair | undefined => {
	const home = world.consumer;
	const provider = world.providers.get(request.cluster);
	if (
		provider === undefined ||
		home.clusterId === undefined ||
		!isUsable(provider)
	) {
		return undefined;
	}

	const homeId = home.clusterId;
	const local = home.get('NamespaceMap', request.namespace, request.name);
	const copy = [...provider.list('NamespaceMap')].find((map) =>
		isCopyOf(map, homeId, request.name),
	);
	return {
		home,
		homeId,
		provider,
		providerId: request.cluster,
		local: isReplicable(local) ? local : undefined,
		copy,
		context,
		steps: startSteps(context),
	};
};

/**
Why a map cannot be replicated now: its provider does not answer, or does not let us. Absent while it has only not answered yet.
*/
const silenceOf = (
	{cluster, namespace, name}: Request,
	{consumer, providers}: World,
	rules: Rules,
): string | undefined => {
	const provider = providers.get(cluster);
	const state = provider?.access('NamespaceMap').state;
	const isToldOf =
		state === 'stale' ||
		(state === 'forbidden' &&
			isCorrected(rules, 'forbidden-replication-dropped'));
	return provider !== undefined &&
		isToldOf &&
		isReplicable(consumer.get('NamespaceMap', namespace, name))
		? describeDoubt(provider, 'NamespaceMap')
		: undefined;
};

/**
Liqo's replication of NamespaceMaps since v0.4: wishes go to the provider, outcomes come back (Liqo: gen 2 replication).
*/
export const createReplicationReconciler = (_rules: Rules): Reconciler => ({
	id: 'replication',
	title: 'Replication of NamespaceMaps',
	requests({consumer, providers}: World) {
		const maps = [...consumer.list('NamespaceMap')];
		return maps
			.filter((map) => isReplicable(map))
			.map(({metadata}): Request => ({
				cluster: metadata.labels[keys.remoteId] ?? '',
				namespace: metadata.namespace,
				name: metadata.name,
			}))
			.filter(
				({cluster}) =>
					providers.has(cluster) || isGoneForGood(consumer, cluster),
			);
	},
	requestsFor(touch, {consumer, providers}) {
		const {kind, cluster, namespace, name, before, after} = touch;
		if (kind === 'ForeignCluster' && cluster === consumer.key) {
			return requestsForLost(after, consumer);
		}

		if (kind !== 'NamespaceMap') {
			return [];
		}

		if (cluster === consumer.key) {
			const object = isReplicable(after) ? after : before;
			const remote = object?.metadata.labels[keys.remoteId] ?? '';
			return isReplicable(object) &&
				(providers.has(remote) || isGoneForGood(consumer, remote))
				? [{cluster: remote, namespace, name}]
				: [];
		}

		const copy = after ?? before;
		if (copy?.metadata.labels[keys.originId] !== consumer.clusterId) {
			return [];
		}

		const locals = [...consumer.mapsOfCluster(cluster)].filter(
			({metadata}) => metadata.name === name,
		);
		return locals.length === 0
			? [{cluster, namespace: '', name}]
			: locals.map(({metadata}) => ({
					cluster,
					namespace: metadata.namespace,
					name,
				}));
	},
	reconcile(request, world, context): ReconcileResult {
		const lost = releaseFromLost(request, world.consumer, context);
		if (lost !== undefined) {
			const error = joinSentences(lost.errors);
			return {changes: lost.changes, ...(error !== undefined && {error})};
		}

		const pair = findPair(request, world, context);
		if (pair === undefined) {
			const error = silenceOf(request, world, context.rules);
			return {changes: [], ...(error !== undefined && {error})};
		}

		const {local, steps} = pair;
		if (local === undefined) {
			if (isUsable(pair.home)) {
				deleteCopy(pair);
			}
		} else if (local.metadata.deletionTimestamp === undefined) {
			replicate(pair, local);
		} else if (hasFinalizer(local, finalizers.replicator)) {
			release(pair, local);
		}

		const isForbidden = context.failures.some(({status}) => status === 403);
		const isDropped =
			isForbidden &&
			!isCorrected(context.rules, 'forbidden-replication-dropped');
		const error = isDropped ? undefined : joinSentences(steps.errors);
		return {changes: steps.changes, ...(error !== undefined && {error})};
	},
});
