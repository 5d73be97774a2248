import {isCorrected, type Rules} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {type CurrentMapping, type NamespaceMap} from '../model.js';
import {
	type ClusterView,
	isComplete,
	namespaceOf,
	type World,
} from '../world.js';
import {entryOf} from './candidates.js';
import {
	ensureLegacyTwin,
	type LegacyPass,
	removeLegacyTwin,
} from './legacy-twins.js';
import {announceTwins, writeOutcomes} from './map-outcome.js';
import {
	type ReconcileContext,
	type Reconciler,
	type ReconcileResult,
	type Request,
} from './reconciler.js';
import {
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	startSteps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const period = 30_000;

/**
Whether the provider answers; a connection that was lost counts as unreachable.
*/
const isReachable = (provider: ClusterView): boolean =>
	!['stale', 'forbidden'].includes(provider.access('Namespace').state);

const clusterIdOf = ({metadata}: NamespaceMap): string =>
	metadata.labels[keys.remoteClusterId] ??
	metadata.labels[keys.legacyClusterId] ??
	'';

const isPeered = (view: ClusterView, clusterId: string): boolean =>
	!isComplete(view.access('ForeignCluster')) ||
	view.access('ForeignCluster').state === 'absent' ||
	[...view.list('ForeignCluster')].some(
		({metadata, spec}) =>
			metadata.labels[keys.legacyClusterIdLabel] === clusterId ||
			spec.clusterID === clusterId,
	);

/**
The outcome of every entry when the provider does not answer.
*/
const outcomesWithoutProvider = (
	map: NamespaceMap,
	rules: Rules,
): ReadonlyMap<string, CurrentMapping> => {
	const outcomes = new Map(Object.entries(map.status.currentMapping));
	for (const [local, remote] of Object.entries(map.spec.desiredMapping)) {
		const old = outcomes.get(local);
		const isKept =
			old?.phase === 'Accepted' && isCorrected(rules, 'transient-demotes');
		outcomes.set(
			local,
			isKept ? old : {remoteNamespace: remote, phase: 'CreationLoopBackOff'},
		);
	}

	return outcomes;
};

const planOutcomes = (
	map: NamespaceMap,
	pass: LegacyPass,
): ReadonlyMap<string, CurrentMapping> => {
	const isDeleting = map.metadata.deletionTimestamp !== undefined;
	const desired = isDeleting ? {} : map.spec.desiredMapping;
	const outcomes = new Map<string, CurrentMapping>();
	for (const [local, remote] of Object.entries(desired)) {
		const phase = ensureLegacyTwin(pass, local, remote);
		const old = entryOf(map.status.currentMapping, local);
		const isKept =
			phase === 'CreationLoopBackOff' &&
			old?.phase === 'Accepted' &&
			namespaceOf(pass.provider, remote) === undefined &&
			pass.creations.every(({object}) => object.name !== remote) &&
			isCorrected(pass.context.rules, 'transient-demotes');
		outcomes.set(local, isKept ? old : {remoteNamespace: remote, phase});
	}

	for (const [local, mapping] of Object.entries(map.status.currentMapping)) {
		const phase =
			entryOf(desired, local) === undefined
				? removeLegacyTwin(pass, mapping)
				: undefined;
		if (phase !== undefined) {
			outcomes.set(local, {...mapping, phase});
		}
	}

	return outcomes;
};

const reconcileMap = (
	map: NamespaceMap,
	world: World,
	context: ReconcileContext,
): ReconcileResult => {
	const view = world.consumer;
	const isDeleting = map.metadata.deletionTimestamp !== undefined;
	const isHeld = hasFinalizer(map, finalizers.namespaceMap);
	if (isDeleting && !isHeld) {
		return {changes: []};
	}

	const steps = startSteps(context);
	if (!isHeld) {
		const isTaken = steps.take(
			finalizersPatch(
				view,
				map,
				withFinalizer(map, finalizers.namespaceMap),
				'its twins have to be removed before it goes',
			),
		);
		if (!isTaken) {
			return {changes: [], error: steps.errors.join('; ')};
		}
	}

	const clusterId = clusterIdOf(map);
	const provider = world.providers.get(clusterId);
	// Without a connection nothing can be said or done about the provider.
	if (provider === undefined || view.clusterId === undefined) {
		return {changes: steps.changes};
	}

	if (!isPeered(view, clusterId)) {
		return {
			changes: steps.changes,
			error: `no ForeignCluster of cluster ${clusterId}`,
		};
	}

	const pass: LegacyPass = {
		provider,
		consumer: view.clusterId,
		clusterId,
		context,
		creations: [],
		deletions: [],
		retries: [],
	};
	const isAnswering = isReachable(provider);
	if (!isAnswering) {
		pass.retries.push(`cluster ${clusterId} does not answer`);
	}

	const outcomes = isAnswering
		? planOutcomes(map, pass)
		: outcomesWithoutProvider(map, context.rules);
	const isUnnoted =
		isCorrected(context.rules, 'twin-before-record') &&
		announceTwins(view, map, outcomes, pass.creations, steps) === 'refused';
	if (isUnnoted) {
		return {changes: steps.changes, error: steps.errors.join('; ')};
	}

	steps.changes.push(...pass.creations, ...pass.deletions);
	if (isDeleting && outcomes.size === 0) {
		steps.take(
			finalizersPatch(
				view,
				map,
				withoutFinalizer(map, finalizers.namespaceMap),
				'no twin is left',
			),
		);
	} else {
		writeOutcomes(view, map, outcomes, steps);
	}

	const error = joinSentences([...steps.errors, ...pass.retries]);
	return {
		changes: steps.changes,
		...(error === undefined ? {requeueAfter: period} : {error}),
	};
};

/**
Liqo's NamespaceMap controller of v0.3: runs on the consumer and acts on the provider directly (Liqo: gen 1 NamespaceMap controller). The
rolebindings in a twin are made by the provider's Capsule.
*/
export const createLegacyNamespaceMapReconciler = (
	wakeRules: Rules,
): Reconciler => ({
	id: 'namespace-map',
	title: 'NamespaceMap',
	requests: ({consumer}) =>
		Array.from(consumer.list('NamespaceMap'), ({metadata}): Request => ({
			cluster: consumer.key,
			namespace: metadata.namespace,
			name: metadata.name,
		})),
	requestsFor({cluster, kind, namespace, name}, {consumer, providers}) {
		if (cluster === consumer.key) {
			return kind === 'NamespaceMap' ? [{cluster, namespace, name}] : [];
		}

		// Upstream does not watch providers, it asks them every thirty seconds.
		const isWatched =
			wakeRules === 'corrected' &&
			providers.has(cluster) &&
			(kind === 'Namespace' || kind === 'RoleBinding');
		if (!isWatched) {
			return [];
		}

		const remote = kind === 'Namespace' ? name : namespace;
		return [...consumer.mapsOfCluster(cluster)]
			.filter((map) =>
				[
					...Object.values(map.spec.desiredMapping),
					...Object.values(map.status.currentMapping).map(
						({remoteNamespace}) => remoteNamespace,
					),
				].includes(remote),
			)
			.map(({metadata}): Request => ({
				cluster: consumer.key,
				namespace: metadata.namespace,
				name: metadata.name,
			}));
	},
	reconcile(request, world, context) {
		const map = world.consumer.get(
			'NamespaceMap',
			request.namespace,
			request.name,
		);
		return map === undefined
			? {changes: []}
			: reconcileMap(map, world, context);
	},
});
