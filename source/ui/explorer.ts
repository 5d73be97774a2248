import {type AnyObject, type KindName} from '../core/model.js';
import {clusterIdOf, clusterRows} from '../core/rows/clusters.js';
import {markDrift} from '../core/rows/mark-drift.js';
import {clusterOfColumn, namespaceRows} from '../core/rows/namespaces.js';
import {createOffloadingRows} from '../core/rows/offloadings.js';
import {podRows} from '../core/rows/pods.js';
import {type RowSet} from '../core/rows/row.js';
import {tellWhy} from '../core/rows/tell-why.js';
import {type World} from '../core/world.js';
import {type Store} from '../store/store.js';
import {createFetches, type Fetches} from './documents/fetches.js';
import {createPodFindings} from './findings/pod-findings.js';
import {
	createFindingsTracker,
	type FindingsTracker,
} from './findings/tracker.js';
import {type CommandLog, createCommandLog} from './fix/command-log.js';
import {twinKey} from './drift/marks.js';
import {createDriftTracker, type DriftTracker} from './drift/tracker.js';
import {createPaneModel, type PaneModel} from './panes/pane-model.js';
import {
	clusterRules,
	namespaceRules,
	offloadingRules,
	podRules,
} from './panes/pane-rules.js';
import {type Ports, type Session} from './ports.js';
import {rulesOf} from './rules.js';
import {
	type PaneId,
	paneIds,
	type Scope,
	type Target,
	type UiState,
} from './reducer/state.js';
import {createUiStore, type UiStore} from './reducer/ui-store.js';
import {createTicker, type Ticker} from './ticker.js';
import {createTimeline, type Timeline} from './views/timeline.js';

/**
A row of any pane.
*/
export type AnyRow = AnyObject;

export type Panes = Readonly<Record<PaneId, PaneModel<AnyRow>>>;

export type RowSets = Readonly<Record<PaneId, RowSet<AnyRow>>>;

const createRowSets = (
	findings: FindingsTracker,
	drift: DriftTracker,
	world: World,
): RowSets => ({
	offloadings: createOffloadingRows({
		worstFinding: (namespace) => findings.worstIn(namespace),
		isDrifting: (namespace) => drift.countIn(namespace) > 0,
	}),
	clusters: markDrift(
		clusterRows,
		(row, column) =>
			column === 'ready' && drift.marks().clusters.has(clusterIdOf(row)),
	),
	namespaces: markDrift(namespaceRows, ({metadata: {name}}, column) => {
		const {namespaces, twins} = drift.marks();
		const clusterId = clusterOfColumn(column);
		return clusterId === undefined
			? column === 'local' && namespaces.has(name)
			: twins.has(twinKey(clusterId, name));
	}),
	pods: tellWhy(podRows, createPodFindings(findings, world)),
});

/**
Everything the screens work with, without React: the world, the rows, the state of the screen, and what is asked from outside.
*/
export type Explorer = {
	readonly store: Store;
	readonly world: World;
	readonly ui: UiStore;
	readonly panes: Panes;
	readonly session: Session;
	readonly ports: Ports;
	readonly fetches: Fetches;
	readonly ticker: Ticker;
	readonly findings: FindingsTracker;
	readonly drift: DriftTracker;
	readonly log: CommandLog;
	readonly timeline: Timeline;
	close(): void;
};

const isSameScope = (a: Scope | undefined, b: Scope | undefined): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/**
A pane is not narrowed by its own row.
*/
const scopeFor = (state: UiState, pane: PaneId): Scope | undefined =>
	state.scopeKey?.pane === pane ? undefined : state.scope;

const createPanes = (store: Store, rowSets: RowSets): Panes => ({
	offloadings: createPaneModel(store, rowSets.offloadings, offloadingRules),
	clusters: createPaneModel(store, rowSets.clusters, clusterRules),
	namespaces: createPaneModel(store, rowSets.namespaces, namespaceRules),
	pods: createPaneModel(store, rowSets.pods, podRules),
});

export const createExplorer = ({
	store,
	session,
	ports,
}: {
	readonly store: Store;
	readonly session: Session;
	readonly ports: Ports;
}): Explorer => {
	const ui = createUiStore();
	const findings = createFindingsTracker(store, ports.now);
	const drift = createDriftTracker(store, {
		rules: rulesOf(session),
		now: ports.now,
		isLeft: (reconciler, cluster) =>
			ports.queue?.isLeft?.(reconciler, cluster) === true,
	});
	const panes = createPanes(store, createRowSets(findings, drift, store.world));
	const timeline = createTimeline(store, ports.now);
	const stopFindings = findings.subscribe(() => {
		panes.offloadings.refresh();
		panes.pods.repaint();
	});
	const stopDrift = drift.marked.subscribe(() => {
		panes.offloadings.refresh();
		panes.clusters.refresh();
		panes.namespaces.refresh();
	});
	const scopes = new Map<PaneId, Scope | undefined>();

	// The first listener: rows are in their new order before anything is painted.
	const stop = ui.subscribe(() => {
		const state = ui.state();
		for (const id of paneIds) {
			const wanted = scopeFor(state, id);
			const scope = isSameScope(scopes.get(id), wanted)
				? scopes.get(id)
				: wanted;
			scopes.set(id, scope);
			const {filter, sort, isFaultsOnly} = state.panes[id];
			panes[id].query({filter, sort, isFaultsOnly, scope});
		}
	});

	return {
		store,
		world: store.world,
		ui,
		panes,
		session,
		ports,
		fetches: createFetches(ports),
		ticker: createTicker(),
		findings,
		drift,
		log: createCommandLog(),
		timeline,
		close() {
			stop();
			stopFindings();
			stopDrift();
			findings.close();
			drift.close();
			timeline.close();
			for (const id of paneIds) {
				panes[id].close();
			}
		},
	};
};

/**
Where an object of the consumer lives.
*/
export const targetOf = (world: World, object: AnyObject): Target => ({
	cluster: world.consumer.key,
	kind: object.kind,
	namespace: object.metadata.namespace,
	name: object.metadata.name,
});

export const findTarget = (
	world: World,
	{cluster, kind, namespace, name}: Target,
): AnyObject | undefined => {
	const view =
		cluster === world.consumer.key
			? world.consumer
			: world.providers.get(cluster);
	return view?.get(kind as KindName, namespace, name);
};

/**
The row under the cursor of a pane.
*/
export const selectedRow = (
	{panes, ui}: Explorer,
	pane: PaneId = ui.state().focus,
): AnyRow | undefined =>
	panes[pane].at(panes[pane].place(ui.state().panes[pane].cursor));
