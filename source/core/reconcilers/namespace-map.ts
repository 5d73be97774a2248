import {isCorrected, type Rules} from '../divergences.js';
import {finalizers, keys} from '../keys.js';
import {type CurrentMapping} from '../model.js';
import {type ClusterView, type World} from '../world.js';
import {entryOf, isReplicatedMap} from './candidates.js';
import {announceTwins, writeOutcomes} from './map-outcome.js';
import {
	type ObjectTouch,
	type Reconciler,
	type ReconcileResult,
	type Request,
} from './reconciler.js';
import {ensureTwin, type MapPass, removeTwin} from './twins.js';
import {
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	startSteps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const reconcileMap = (pass: MapPass): ReconcileResult => {
	const {view, map, steps, creations, bindings, deletions, retries} = pass;
	const isDeleting = map.metadata.deletionTimestamp !== undefined;
	const isHeld = hasFinalizer(map, finalizers.namespaceMap);
	if (isDeleting && !isHeld) {
		return {changes: []};
	}

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

	const desired = isDeleting ? {} : map.spec.desiredMapping;
	const outcomes = new Map<string, CurrentMapping>();
	for (const [local, remote] of Object.entries(desired)) {
		const phase = ensureTwin(pass, local, remote);
		outcomes.set(local, {remoteNamespace: remote, phase});
	}

	const wanted = new Set(Object.values(desired));
	for (const [local, mapping] of Object.entries(map.status.currentMapping)) {
		if (entryOf(desired, local) !== undefined) {
			continue;
		}

		const phase = removeTwin(pass, mapping, wanted);
		if (phase !== undefined) {
			outcomes.set(local, {...mapping, phase});
		}
	}

	const isUnnoted =
		isCorrected(pass.context.rules, 'twin-before-record') &&
		announceTwins(view, map, outcomes, creations, steps) === 'refused';
	if (isUnnoted) {
		return {changes: steps.changes, error: steps.errors.join('; ')};
	}

	steps.changes.push(...creations, ...bindings, ...deletions);
	writeOutcomes(view, map, outcomes, steps);
	if (isDeleting && outcomes.size === 0) {
		steps.take(
			finalizersPatch(
				view,
				map,
				withoutFinalizer(map, finalizers.namespaceMap),
				'no twin is left',
			),
		);
	}

	const error = joinSentences([...steps.errors, ...retries]);
	return {changes: steps.changes, ...(error !== undefined && {error})};
};

const requestOf = (cluster: string, id: string): readonly Request[] => {
	const [namespace, name, ...rest] = id.split('/');
	return namespace === undefined || name === undefined || rest.length > 0
		? []
		: [{cluster, namespace, name}];
};

const markOf = (object: ObjectTouch['after']): string =>
	object?.metadata.annotations[keys.managedByNamespaceMap] ?? '';

const isCopy = (object: ObjectTouch['after']): boolean =>
	object?.kind === 'NamespaceMap' && isReplicatedMap(object);

export const viewsOf = (world: World): readonly ClusterView[] => [
	world.consumer,
	...world.providers.values(),
];

export const viewOf = (
	world: World,
	cluster: string,
): ClusterView | undefined =>
	viewsOf(world).find((view) => view.key === cluster);

/**
Liqo's NamespaceMap controller since v0.4: runs on the provider and keeps the twins that a consumer's replicated map asks for (Liqo: gen 2
NamespaceMap controller).
*/
export const createNamespaceMapReconciler = (_rules: Rules): Reconciler => ({
	id: 'namespace-map',
	title: 'NamespaceMap',
	requests: (world: World) =>
		viewsOf(world).flatMap((view) =>
			[...view.list('NamespaceMap')]
				.filter((map) => isReplicatedMap(map))
				.map(({metadata: {namespace, name}}): Request => ({
					cluster: view.key,
					namespace,
					name,
				})),
		),
	requestsFor({cluster, kind, namespace, name, before, after}) {
		if (kind === 'NamespaceMap') {
			return isCopy(after) || isCopy(before)
				? [{cluster, namespace, name}]
				: [];
		}

		return kind === 'Namespace' || kind === 'RoleBinding'
			? [...new Set([markOf(before), markOf(after)])].flatMap((id) =>
					requestOf(cluster, id),
				)
			: [];
	},
	reconcile(request, world, context) {
		const view = viewOf(world, request.cluster);
		const map = view?.get('NamespaceMap', request.namespace, request.name);
		if (view === undefined || map === undefined || !isReplicatedMap(map)) {
			return {changes: []};
		}

		return reconcileMap({
			view,
			map,
			id: `${map.metadata.namespace}/${map.metadata.name}`,
			consumer: map.metadata.labels[keys.originId] ?? '',
			context,
			steps: startSteps(context),
			creations: [],
			bindings: [],
			deletions: [],
			retries: [],
		});
	},
});
