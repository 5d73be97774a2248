import {type Change} from '../../core/change.js';
import {generationById} from '../../core/generations/index.js';
import {
	createReconcilers,
	inOrderOfSight,
} from '../../core/reconcilers/index.js';
import {
	type Reconciler,
	type Request,
	type Rules,
	type WriteFailure,
} from '../../core/reconcilers/reconciler.js';
import {type ItemStatus, type QueueItem} from '../../controller/queue.js';
import {timestamp} from '../objects/identity.js';
import {type ActorWorld} from './actor-world.js';
import {
	createDelivery,
	type DeliveryOptions,
	nameOfChange,
} from './delivery.js';
import {createHeldItems, type HeldItems} from './held-items.js';
import {createVirtualNodeUpkeep} from './virtual-node-upkeep.js';

export type RunningReconcilers = {
	/**
	Nothing to do, and nothing under way; what waits for its time does not count.
	*/
	isSettled(): boolean;
	/**
	Switches one of them off or on by its id.
	*/
	setRunning(id: string, isRunning: boolean): void;
	/**
	What there is to do, and what failed last.
	*/
	status(): ReadonlyArray<ItemStatus<ActorItem>>;
	readonly held: HeldItems<ActorItem>;
	stop(): void;
};

export type ReconcilerOptions = DeliveryOptions & {
	readonly rules: Rules;
	/**
	Which of them to run.
	*/
	readonly ids: (id: string) => boolean;
	/**
	Whether they have looked at everything before.
	*/
	readonly isLongAtWork: boolean;
	/**
	Longest wait until something is looked at again, in milliseconds.
	*/
	readonly longestDelay: number;
	readonly now: () => number;
};

/**
One request of one reconciler, as it waits in the queue.
*/
export type ActorItem = QueueItem & {
	readonly reconciler: Reconciler;
	readonly request: Request;
};

type Failure = {readonly count: number; readonly error: string};

const mostPasses = 5;
const firstDelay = 5;

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
Runs Liqo's controllers. They stand still on a cluster whose controller manager is scaled to zero.
*/
export const runReconcilers = (
	options: ReconcilerOptions,
): RunningReconcilers => {
	const {actorWorld, rules, ids, longestDelay, now} = options;
	const {world} = actorWorld;
	const deliver = createDelivery(options);
	const reconcilers = [
		...createReconcilers(generationById(actorWorld.generation), rules),
		...(actorWorld.generation === 'v1beta1' ? [createVirtualNodeUpkeep()] : []),
	].filter(({id}) => ids(id));
	const stopped = new Set<string>();
	const queue = new Map<string, ActorItem>();
	let running: ActorItem | undefined;
	const failures = new Map<string, Failure>();
	const timers = new Map<
		string,
		{
			readonly item: ActorItem;
			readonly due: number;
			readonly timer: NodeJS.Timeout;
		}
	>();
	let isBusy = false;
	let isOver = false;

	const enqueue = (item: ActorItem): void => {
		if (held.isTaken(item)) {
			return;
		}

		queue.set(item.key, item);
		if (isBusy || isOver) {
			return;
		}

		isBusy = true;
		setImmediate(() => {
			void work();
		});
	};

	const held = createHeldItems<ActorItem>(enqueue);

	const later = (item: ActorItem, delay: number): void => {
		clearTimeout(timers.get(item.key)?.timer);
		const wait = Math.min(delay, longestDelay);
		const timer = setTimeout(() => {
			timers.delete(item.key);
			enqueue(item);
		}, wait);
		timers.set(item.key, {item, due: now() + wait, timer});
	};

	const retry = (item: ActorItem, error: string): void => {
		const count = failures.get(item.key)?.count ?? 0;
		failures.set(item.key, {count: count + 1, error});
		later(item, firstDelay * 2 ** Math.min(count, 18));
	};

	const attempt = async (item: ActorItem): Promise<void> => {
		const refused: WriteFailure[] = [];
		const isRefused = (change: Change): boolean =>
			refused.some(
				(failure) => nameOfChange(failure.change) === nameOfChange(change),
			);
		for (let pass = 0; pass < mostPasses; pass++) {
			const {changes, error, requeueAfter} = item.reconciler.reconcile(
				item.request,
				world,
				{now: timestamp(now()), rules, failures: [...refused]},
			);
			// eslint-disable-next-line no-await-in-loop -- each pass knows what the one before came to
			const delivery = await deliver(
				changes.filter((change) => !isRefused(change)),
				item,
			);
			refused.push(...delivery.failures);
			if (delivery.isOutdated) {
				enqueue(item);
				return;
			}

			if (delivery.failures.length === 0) {
				if (error !== undefined) {
					retry(item, error);
					return;
				}

				failures.delete(item.key);
				if (requeueAfter !== undefined) {
					later(item, requeueAfter);
				}

				return;
			}
		}

		retry(item, refused[0]?.message ?? 'Refused.');
	};

	const work = async (): Promise<void> => {
		while (queue.size > 0 && !isOver) {
			const item = queue.values().next().value;
			if (!item) {
				break;
			}

			queue.delete(item.key);
			if (
				held.isTaken(item) ||
				stopped.has(item.reconciler.id) ||
				isPaused(actorWorld, item.request.cluster)
			) {
				continue;
			}

			running = item;
			await attempt(item); // eslint-disable-line no-await-in-loop -- one worker, as Liqo's controllers have
			running = undefined;
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
				namespace: one.namespace,
				reconciler,
				request: one,
			});
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
		for (const reconciler of inOrderOfSight(reconcilers, [touched])) {
			request(reconciler, reconciler.requestsFor(touched, world));
		}

		// A controller manager that is started looks at everything.
		if (
			touched.kind === 'Deployment' &&
			touched.name === 'liqo-controller-manager'
		) {
			requestAll();
		}
	});
	const statusOf = (
		item: ActorItem,
		state: ItemStatus<ActorItem>['state'],
		nextTry?: number,
	): ItemStatus<ActorItem> => {
		const failure = failures.get(item.key);
		return {
			item,
			state,
			retries: failure?.count ?? 0,
			...(failure && {lastError: failure.error}),
			...(nextTry !== undefined && {nextTry}),
		};
	};

	if (!options.isLongAtWork) {
		requestAll();
	}

	return {
		status: () => [
			...(running ? [statusOf(running, 'running')] : []),
			...Array.from(queue.values(), (item) => statusOf(item, 'queued')),
			...Array.from(held.items(), (item) => statusOf(item, 'paused')),
			...Array.from(timers.values(), ({item, due}) =>
				statusOf(item, 'waiting', due),
			),
		],
		held,
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
			for (const {timer} of timers.values()) {
				clearTimeout(timer);
			}
		},
	};
};
