import {type Change} from '../../core/change.js';
import {generationById} from '../../core/generations/index.js';
import {createReconcilers} from '../../core/reconcilers/index.js';
import {
	type ObjectTouch,
	type Reconciler,
	type Request,
	type Rules,
	type WriteFailure,
} from '../../core/reconcilers/reconciler.js';
import {timestamp} from '../objects/identity.js';
import {type ActorWorld} from './actor-world.js';
import {sendChange} from './send-change.js';

export type RunningReconcilers = {
	/**
	Nothing to do, and nothing under way; what waits for its time does not count.
	*/
	isSettled(): boolean;
	/**
	Switches one of them off or on by its id.
	*/
	setRunning(id: string, isRunning: boolean): void;
	stop(): void;
};

export type ReconcilerOptions = {
	readonly actorWorld: ActorWorld;
	readonly rules: Rules;
	/**
	Which of them to run.
	*/
	readonly ids: (id: string) => boolean;
	/**
	Clusters that cannot be reached.
	*/
	readonly unreachable: ReadonlySet<string>;
	/**
	Longest wait until something is looked at again, in milliseconds.
	*/
	readonly longestDelay: number;
	readonly now: () => number;
};

type Item = {
	readonly key: string;
	readonly reconciler: Reconciler;
	readonly request: Request;
};

type Delivery = {
	readonly failures: readonly WriteFailure[];
	readonly isOutdated: boolean;
};

const mostPasses = 5;
const firstDelay = 5;

const signatureOf = ({verb, cluster, object, subresource}: Change): string =>
	[verb, cluster, object.kind, subresource].join('/');

const nameOf = (change: Change): string =>
	`${signatureOf(change)}/${change.object.namespace ?? ''}/${change.object.name}`;

const isPaused = ({world}: ActorWorld, cluster: string): boolean => {
	const view = world.providers.get(cluster) ?? world.consumer;
	const manager = view.get(
		'Deployment',
		view.liqoNamespace,
		'liqo-controller-manager',
	);
	return manager?.spec.replicas === 0;
};

/**
Runs Liqo's controllers on clusters in this process. They stand still on a cluster whose controller manager is scaled to zero.
*/
export const runReconcilers = (
	options: ReconcilerOptions,
): RunningReconcilers => {
	const {actorWorld, rules, ids, unreachable, longestDelay, now} = options;
	const {world, stages} = actorWorld;
	const reconcilers = createReconcilers(
		generationById(actorWorld.generation),
		rules,
	).filter(({id}) => ids(id));
	const stopped = new Set<string>();
	const queue = new Map<string, Item>();
	const failures = new Map<string, number>();
	const timers = new Map<string, NodeJS.Timeout>();
	let isBusy = false;
	let isOver = false;

	const send = async (change: Change): Promise<WriteFailure | undefined> => {
		const stage = stages.get(change.cluster);
		if (!stage || unreachable.has(change.cluster)) {
			return {
				change,
				status: 0,
				reason: 'Unreachable',
				message: `cluster ${change.cluster} does not answer`,
			};
		}

		const refusal = await sendChange(stage, change, 'liqo-controller-manager');
		return (
			refusal && {
				change,
				status: refusal.code,
				reason: refusal.reason ?? '',
				message: refusal.message,
			}
		);
	};

	const deliver = async (plan: readonly Change[]): Promise<Delivery> => {
		const refused: WriteFailure[] = [];
		let failed: string | undefined;
		for (const change of plan) {
			if (failed !== undefined && failed !== signatureOf(change)) {
				break;
			}

			const refusal = await send(change); // eslint-disable-line no-await-in-loop -- in the order of the plan
			if (!refusal) {
				continue;
			}

			const isGone = refusal.status === 404 && change.verb !== 'create';
			if (isGone || refusal.reason === 'Conflict') {
				return {
					failures: refused,
					isOutdated: !(isGone && change.verb === 'delete'),
				};
			}

			refused.push(refusal);
			failed = signatureOf(change);
		}

		return {failures: refused, isOutdated: false};
	};

	const enqueue = (item: Item): void => {
		queue.set(item.key, item);
		if (isBusy || isOver) {
			return;
		}

		isBusy = true;
		setImmediate(() => {
			void work();
		});
	};

	const later = (item: Item, delay: number): void => {
		clearTimeout(timers.get(item.key));
		const timer = setTimeout(
			() => {
				timers.delete(item.key);
				enqueue(item);
			},
			Math.min(delay, longestDelay),
		);
		timers.set(item.key, timer);
	};

	const retry = (item: Item): void => {
		const count = failures.get(item.key) ?? 0;
		failures.set(item.key, count + 1);
		later(item, firstDelay * 2 ** Math.min(count, 18));
	};

	const attempt = async (item: Item): Promise<void> => {
		const refused: WriteFailure[] = [];
		const isRefused = (change: Change): boolean =>
			refused.some((failure) => nameOf(failure.change) === nameOf(change));
		for (let pass = 0; pass < mostPasses; pass++) {
			const {changes, error, requeueAfter} = item.reconciler.reconcile(
				item.request,
				world,
				{now: timestamp(now()), rules, failures: [...refused]},
			);
			// eslint-disable-next-line no-await-in-loop -- each pass knows what the one before came to
			const delivery = await deliver(
				changes.filter((change) => !isRefused(change)),
			);
			refused.push(...delivery.failures);
			if (delivery.isOutdated) {
				enqueue(item);
				return;
			}

			if (delivery.failures.length === 0) {
				if (error !== undefined) {
					retry(item);
					return;
				}

				failures.delete(item.key);
				if (requeueAfter !== undefined) {
					later(item, requeueAfter);
				}

				return;
			}
		}

		retry(item);
	};

	const work = async (): Promise<void> => {
		while (queue.size > 0 && !isOver) {
			const item = queue.values().next().value;
			if (!item) {
				break;
			}

			queue.delete(item.key);
			if (
				stopped.has(item.reconciler.id) ||
				isPaused(actorWorld, item.request.cluster)
			) {
				continue;
			}

			await attempt(item); // eslint-disable-line no-await-in-loop -- one worker, as Liqo's controllers have
		}

		isBusy = false;
	};

	const request = (
		reconciler: Reconciler,
		requests: Iterable<Request>,
	): void => {
		for (const one of requests) {
			enqueue({
				key: [reconciler.id, one.cluster, one.namespace, one.name].join(' '),
				reconciler,
				request: one,
			});
		}
	};

	const touch = (touched: ObjectTouch): void => {
		for (const reconciler of reconcilers) {
			request(reconciler, reconciler.requestsFor(touched, world));
		}
	};

	const requestAll = (id?: string): void => {
		for (const reconciler of reconcilers) {
			if (id === undefined || reconciler.id === id) {
				request(reconciler, reconciler.requests(world));
			}
		}
	};

	actorWorld.onTouch((touched) => {
		touch(touched);
		// A controller manager that is started looks at everything.
		if (
			touched.kind === 'Deployment' &&
			touched.name === 'liqo-controller-manager'
		) {
			requestAll();
		}
	});
	requestAll();
	return {
		isSettled: () => !isBusy && queue.size === 0,
		setRunning(id, isRunning) {
			if (isRunning) {
				stopped.delete(id);
				requestAll(id);
			} else {
				stopped.add(id);
			}
		},
		stop() {
			isOver = true;
			for (const timer of timers.values()) {
				clearTimeout(timer);
			}
		},
	};
};
