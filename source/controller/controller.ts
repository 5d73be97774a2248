import {type KindName} from '../core/model.js';
import {
	type Reconciler,
	type Request,
	type Rules,
} from '../core/reconcilers/reconciler.js';
import {type Fight} from '../core/takeover.js';
import {type Store, type Touch} from '../store/store.js';
import {type ControllerItem, createAttempt} from './attempt.js';
import {type Clock} from './clock.js';
import {crowdOf} from './crowds.js';
import {createEventRecorder} from './event-recorder.js';
import {createExpectations} from './expectations.js';
import {createOutbox, type Sent} from './outbox.js';
import {createQueue, type ItemOutcome, type Queue} from './queue.js';
import {createReadiness} from './readiness.js';
import {type TakeoverGuard} from './takeover-guard.js';
import {type Writer} from './writer.js';

/**
A finished pass, for logs and metrics.
*/
export type Pass = {
	readonly item: ControllerItem;
	readonly outcome: ItemOutcome;
	readonly written: number;
	readonly milliseconds: number;
};

export type ControllerOptions = {
	readonly store: Store;
	readonly reconcilers: readonly Reconciler[];
	readonly writer: Writer;
	readonly clock: Clock;
	readonly rules: Rules;
	/**
	Asked right before every write; false when the lease is not ours.

	@default always
	*/
	canWrite?(): boolean;
	readonly guard?: TakeoverGuard;
	/**
	Whether somebody else does this work: what Liqo does on a provider's own side is left to a provider with controllers of its own.

	@default never
	*/
	isForeign?(item: ControllerItem): boolean;
	/**
	Called when another program keeps turning a field back. The controller has stopped writing by then, unless `canFight`.
	*/
	onFight?(fight: Fight): void;
	readonly canFight?: boolean;
	onPass?(pass: Pass): void;
	onSent?(sent: Sent): void;
	onChange?(): void;
	/**
	Source of the events it records.

	@default 'liqoscope'
	*/
	readonly component?: string;
	readonly workers?: number;
	readonly connections?: number;
	readonly longestDelay?: number;
	readonly timeLimit?: number;
	/**
	Milliseconds to wait for the watch to show a write.
	*/
	readonly patience?: number;
	readonly quiet?: number;
	readonly longest?: number;
	readonly batchPatience?: number;
};

export type Controller = {
	/**
	Begins to act: everything there is gets looked at, then what is touched.
	*/
	lead(): void;
	/**
	Stops acting at once: nothing more is sent, what waits is forgotten (`lead` looks at everything again).
	*/
	follow(): void;
	/**
	Finishes the passes under way, then stops. Resolves when the last write is answered.
	*/
	stop(): Promise<void>;
	/**
	Looks at everything again.
	*/
	wake(): void;
	readonly queue: Queue<ControllerItem>;
	/**
	Leading, ready, and nothing left to do but periodic looks.
	*/
	isSettled(): boolean;
	isLeading(): boolean;
	/**
	Whether a controller's work on a cluster is done by somebody else.
	*/
	isForeign(reconciler: string, cluster: string): boolean;
	/**
	Why it does not act although it leads: kinds of the consumer that are not complete.
	*/
	missing(): readonly KindName[];
	/**
	Clusters that are not written to at the moment, and why.
	*/
	blocked(): ReadonlyMap<
		string,
		{readonly until: number; readonly reason: string}
	>;
};

/**
Runs reconcilers on a store that watches feed, and sends what they want.

An event wakes the requests that it can change; a request is planned on the world as it is then. What was written is not written again before the
watch has shown it; what was refused as outdated is read and planned again; everything else that fails is tried again with backoff.
*/
export const createController = (options: ControllerOptions): Controller => {
	const {store, clock, guard} = options;
	const {world} = store;
	const reconcilers = new Map(
		options.reconcilers.map((reconciler) => [reconciler.id, reconciler]),
	);
	let isLeading = false;
	let isStopped = false;

	const readiness = createReadiness(world);

	const canWrite = (): boolean => isLeading && options.canWrite?.() !== false;

	const outbox = createOutbox({
		...options,
		canWrite,
	});
	const expectations = createExpectations({
		world,
		clock,
		...(options.patience !== undefined && {patience: options.patience}),
	});
	const recorder = createEventRecorder({
		send: outbox.send,
		clock,
		world,
		component: options.component ?? 'liqoscope',
	});

	const attempt = createAttempt({
		world,
		clock,
		rules: options.rules,
		reconcilers,
		expectations,
		send: outbox.send,
		record: recorder.record,
		canWrite,
		isReady: readiness.isReady,
		onWritten(change, planned) {
			const fight = guard?.noteWrite(change, planned?.metadata);
			if (fight === undefined) {
				return;
			}

			if (options.canFight !== true) {
				follow();
			}

			options.onFight?.(fight);
		},
	});

	const process = async (item: ControllerItem): Promise<ItemOutcome> => {
		if (options.isForeign?.(item) === true) {
			return {state: 'done'};
		}

		const startedAt = clock.now();
		const {outcome, written} = await attempt(item);
		options.onPass?.({
			item,
			outcome,
			written,
			milliseconds: clock.now() - startedAt,
		});
		return outcome;
	};

	const queue = createQueue<ControllerItem>({
		clock,
		process,
		canStart: () => isLeading && readiness.isReady(),
		...(options.workers !== undefined && {workers: options.workers}),
		...(options.longestDelay !== undefined && {
			longestDelay: options.longestDelay,
		}),
		...(options.onChange !== undefined && {onChange: options.onChange}),
	});

	const itemOf = (
		reconciler: Reconciler,
		request: Request,
	): ControllerItem => ({
		key: `${reconciler.id}/${request.cluster}/${request.namespace}/${request.name}`,
		namespace: request.namespace,
		reconciler: reconciler.id,
		request,
	});

	const wake = () => {
		if (!isLeading || !readiness.isReady()) {
			return;
		}

		for (const reconciler of reconcilers.values()) {
			for (const request of reconciler.requests(world)) {
				queue.add(itemOf(reconciler, request));
			}
		}
	};

	const onTouch = (touch: Touch) => {
		expectations.observe(touch);
		if (!isLeading || !readiness.isReady()) {
			return;
		}

		for (const reconciler of reconcilers.values()) {
			for (const request of reconciler.requestsFor(touch, world)) {
				const item = itemOf(reconciler, request);
				// Upstream acts on every event by itself, and is seen to.
				const crowd =
					options.rules === 'upstream'
						? undefined
						: crowdOf(touch, request, reconciler, world);
				if (crowd === undefined) {
					queue.add(item);
				} else {
					queue.addWhenQuiet(item, crowd);
				}
			}
		}
	};

	const checkReadiness = () => {
		if (!readiness.update()) {
			return;
		}

		wake();
		queue.kick();
	};

	const follow = () => {
		isLeading = false;
		queue.clear();
		outbox.abort();
		options.onChange?.();
	};

	const unsubscribe = [store.onTouch(onTouch), store.subscribe(checkReadiness)];

	const isIdle = (): boolean =>
		expectations.pending() === 0 &&
		outbox
			.load()
			.values()
			.every((load) => load === 0);

	return {
		lead() {
			if (isStopped || isLeading) {
				return;
			}

			isLeading = true;
			readiness.reset();
			checkReadiness();
			options.onChange?.();
		},
		follow,
		wake,
		async stop() {
			isStopped = true;
			await queue.stop();
			await recorder.flush();
			for (const end of unsubscribe) {
				end();
			}

			isLeading = false;
		},
		queue,
		isSettled: () =>
			isLeading && readiness.isReady() && queue.isSettled() && isIdle(),
		isLeading: () => isLeading,
		isForeign: (reconciler, cluster) =>
			options.isForeign?.({
				key: '',
				namespace: '',
				reconciler,
				request: {cluster, namespace: '', name: ''},
			}) === true,
		missing: readiness.missing,
		blocked: outbox.blocked,
	};
};
