import {attempt} from './attempt.js';
import {type Change} from './change.js';
import {type MemoryAnswer} from './memory-answer.js';
import {type MemoryCluster} from './memory-cluster.js';
import {type Refusal} from './object-rules.js';
import {createReconcilers, inOrderOfSight} from './reconcilers/index.js';
import {
	type ObjectTouch,
	type Reconciler,
	type Request,
	type Rules,
	type WriteFailure,
} from './reconcilers/reconciler.js';
import {lastOf} from './steps.js';
import {schedulePods} from './simulated-scheduler.js';
import {type World} from './world.js';

export type SimulationOptions = {
	readonly consumer: MemoryCluster;
	/**
	By cluster-id.
	*/
	readonly providers?: ReadonlyMap<string, MemoryCluster>;
	readonly rules: Rules;
	/**
	The time there, RFC 3339.
	*/
	now(): string;
	/**
	Whether pending pods are bound.

	@default true
	*/
	readonly hasScheduler?: boolean;
	/**
	Whether deleted namespaces and orphans go away by themselves.

	@default true
	*/
	readonly hasCollector?: boolean;
	/**
	A say in every write, as admission has it.
	*/
	review?(change: Change): Refusal | undefined;
};

export type Settlement = {
	/**
	False: something kept moving.
	*/
	readonly isSettled: boolean;
	readonly rounds: number;
};

/**
Clusters in memory with all of Liqo's controllers at work, a step at a time.
*/
export type Simulation = {
	readonly world: World;
	readonly changes: readonly Change[];
	readonly refused: readonly WriteFailure[];
	/**
	Has every controller look at everything, as after a start.
	*/
	start(): void;
	/**
	Tells the controllers what was changed from outside.
	*/
	touch(touches: readonly ObjectTouch[]): void;
	/**
	Sends a change from outside and tells the controllers.
	*/
	send(change: Change): MemoryAnswer;
	/**
	Runs until nothing moves any more.
	*/
	settle(): Settlement;
	/**
	The same a step at a time, for whoever has something else to do in between; each step gives how many requests were looked at so far.
	*/
	settleInSteps(): Generator<number, Settlement>;
	/**
	Switches a controller off or on by its id.
	*/
	setRunning(id: string, isRunning: boolean): void;
};

type Item = {readonly reconciler: Reconciler; readonly request: Request};

const keyOf = ({reconciler, request}: Item): string =>
	[reconciler.id, request.cluster, request.namespace, request.name].join(' ');

const mostRounds = 200;
const mostRetries = 20;

export const createSimulation = (options: SimulationOptions): Simulation => {
	const {consumer, rules, now} = options;
	const providers = options.providers ?? new Map<string, MemoryCluster>();
	const world: World = {
		consumer: consumer.view,
		providers: new Map(
			Array.from(providers, ([id, cluster]) => [id, cluster.view]),
		),
	};
	const {generation} = consumer.view;
	const reconcilers =
		generation === undefined ? [] : createReconcilers(generation, rules);
	const clusters = new Map(
		[consumer, ...providers.values()].map((cluster) => [
			cluster.view.key,
			cluster,
		]),
	);
	const queue = new Map<string, Item>();
	const later = new Map<string, Item>();
	const stopped = new Set<string>();
	const changes: Change[] = [];
	const refused: WriteFailure[] = [];

	const enqueue = (item: Item): void => {
		queue.set(keyOf(item), item);
	};

	const touch = (touches: readonly ObjectTouch[]): void => {
		for (const reconciler of inOrderOfSight(reconcilers, touches)) {
			for (const request of touches.flatMap((one) => [
				...reconciler.requestsFor(one, world),
			])) {
				enqueue({reconciler, request});
			}
		}
	};

	const write = (change: Change): MemoryAnswer => {
		const refusal = options.review?.(change);
		const cluster = clusters.get(change.cluster);
		if (refusal !== undefined) {
			return {state: 'refused', refusal};
		}

		return cluster === undefined
			? {
					state: 'refused',
					refusal: {
						status: 0,
						reason: 'Unreachable',
						message: `cluster ${change.cluster} is not part of the simulation`,
					},
				}
			: cluster.send(change, now());
	};

	const run = (item: Item): number => {
		const result = attempt({...item, world, rules, now: now(), send: write});
		changes.push(...result.changes);
		refused.push(...result.refused);
		touch(result.touches);
		if (result.isOutdated) {
			enqueue(item);
		}

		if (result.error !== undefined || result.requeueAfter !== undefined) {
			later.set(keyOf(item), item);
		}

		return result.touches.length;
	};

	const takeAll = (items: Map<string, Item>): readonly Item[] => {
		const taken = items
			.values()
			.filter(({reconciler}) => !stopped.has(reconciler.id))
			.toArray();
		for (const item of taken) {
			items.delete(keyOf(item));
		}

		return taken;
	};

	/**
	What happens when no controller has anything to do: Kubernetes' own controllers, then the scheduler, then what waits for its time.
	*/
	const isWorldMoving = (): boolean => {
		const collected =
			options.hasCollector === false
				? []
				: Array.from(clusters.values(), (cluster) =>
						cluster.collect(now()),
					).flat();
		touch(collected);
		if (collected.length > 0) {
			return true;
		}

		const bound =
			options.hasScheduler === false ? [] : schedulePods(consumer, now());
		changes.push(...bound.map(({change}) => change));
		touch(bound.flatMap(({touches}) => touches));
		return bound.length > 0;
	};

	const isMovedByRetry = (): boolean => {
		let moved = 0;
		for (const item of takeAll(later)) {
			moved += run(item);
		}

		return moved > 0 || queue.size > 0;
	};

	const settleInSteps = function* (): Generator<number, Settlement> {
		let retries = 0;
		let looked = 0;
		for (let rounds = 1; rounds <= mostRounds; rounds++) {
			const items = takeAll(queue);
			for (const item of items) {
				run(item);
				looked++;
				yield looked;
			}

			if (items.length > 0 || isWorldMoving()) {
				continue;
			}

			retries++;
			if (retries > mostRetries || !isMovedByRetry()) {
				return {isSettled: retries <= mostRetries, rounds};
			}
		}

		return {isSettled: false, rounds: mostRounds};
	};

	return {
		world,
		changes,
		refused,
		start() {
			for (const reconciler of reconcilers) {
				for (const request of reconciler.requests(world)) {
					enqueue({reconciler, request});
				}
			}
		},
		touch,
		send(change) {
			const answer = write(change);
			if (answer.state === 'written') {
				touch(answer.touches);
			}

			return answer;
		},
		settle() {
			return lastOf(settleInSteps());
		},
		settleInSteps,
		setRunning(id, isRunning) {
			if (!isRunning) {
				stopped.add(id);
				return;
			}

			stopped.delete(id);
			for (const reconciler of reconcilers) {
				const requests = reconciler.id === id ? reconciler.requests(world) : [];
				for (const request of requests) {
					enqueue({reconciler, request});
				}
			}
		},
	};
};
