import {attempt} from './attempt.js';
import {type Change} from './change.js';
import {createMemoryCluster, type MemoryCluster} from './memory-cluster.js';
import {createReconcilers} from './reconcilers/index.js';
import {
	type Reconciler,
	type Request,
	type Rules,
} from './reconcilers/reconciler.js';
import {type ClusterView, type World} from './world.js';

export type PlannedChange = Change & {
	/**
	Id of the reconciler that wants it.
	*/
	readonly reconciler: string;
};

export type PlanOptions = {
	/**
	RFC 3339.
	*/
	readonly now: string;
	readonly rules: Rules;
	/**
	Only what concerns these namespaces; all when absent.
	*/
	readonly namespaces?: ReadonlySet<string>;
};

export type Plan = {
	readonly changes: readonly PlannedChange[];
	/**
	What keeps a controller from its goal although it has nothing to write, in sentences.
	*/
	readonly errors: readonly string[];
};

/**
Copies of the clusters on which writes can be tried.
*/
const layOver = (world: World): ReadonlyMap<string, MemoryCluster> =>
	new Map(
		[world.consumer, ...world.providers.values()].map((base: ClusterView) => [
			base.key,
			createMemoryCluster({
				key: base.key,
				role: base.role,
				title: base.title,
				clusterId: base.clusterId,
				generation: base.generation,
				base,
			}),
		]),
	);

/**
What one controller would write about one object now. Writes that the server is sure to refuse are left out, and so is what hangs on them.
*/
export const planRequest = (
	reconciler: Reconciler,
	request: Request,
	world: World,
	{now, rules}: PlanOptions,
): Plan => {
	const first = reconciler.reconcile(request, world, {
		now,
		rules,
		failures: [],
	});
	if (first.changes.length === 0) {
		return {
			changes: [],
			errors: first.error === undefined ? [] : [first.error],
		};
	}

	const clusters = layOver(world);
	const result = attempt({
		reconciler,
		request,
		world,
		rules,
		now,
		send: (change) =>
			clusters.get(change.cluster)?.send(change, now) ?? {
				state: 'refused',
				refusal: {
					status: 0,
					reason: 'Unreachable',
					message: `cluster ${change.cluster} is not connected`,
				},
			},
	});
	return {
		changes: result.changes.map((change) => ({
			...change,
			reconciler: reconciler.id,
		})),
		errors: result.error === undefined ? [] : [result.error],
	};
};

const isConcerned = (
	request: Request,
	namespaces: ReadonlySet<string> | undefined,
): boolean =>
	namespaces === undefined ||
	namespaces.has(request.namespace) ||
	(request.namespace === '' && namespaces.has(request.name));

const isWanted = (
	change: Change,
	namespaces: ReadonlySet<string> | undefined,
): boolean => {
	if (namespaces === undefined) {
		return true;
	}

	const {kind, namespace = '', name} = change.object;
	return kind === 'Namespace'
		? namespaces.has(name)
		: namespaces.has(namespace);
};

/**
The exact writes that Liqo's controllers would make now, in the order of the controllers; none: nothing drifts. Upstream rules tell what an installed
Liqo would do, corrected ones what liqoscope would.
*/
export const planChanges = (world: World, options: PlanOptions): Plan => {
	const {generation} = world.consumer;
	const changes: PlannedChange[] = [];
	const errors = new Set<string>();
	const reconcilers =
		generation === undefined
			? []
			: createReconcilers(generation, options.rules);
	for (const reconciler of reconcilers) {
		// Maps and virtual nodes belong to all namespaces at once.
		const isShared = !reconciler.id.includes('offloading');
		const requests = [...reconciler.requests(world)].filter(
			(request) => isShared || isConcerned(request, options.namespaces),
		);
		for (const request of requests) {
			const plan = planRequest(reconciler, request, world, options);
			changes.push(
				...plan.changes.filter(
					(change) => !isShared || isWanted(change, options.namespaces),
				),
			);
			for (const error of plan.errors) {
				errors.add(error);
			}
		}
	}

	return {changes, errors: [...errors]};
};
