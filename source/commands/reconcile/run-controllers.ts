import {
	type Reconciler,
	type Rules,
} from '../../core/reconcilers/reconciler.js';
import {type OtherController} from '../../core/takeover.js';
import {type World} from '../../core/world.js';
import {type Clock} from '../../controller/clock.js';
import {
	type Controller,
	createController,
} from '../../controller/controller.js';
import {
	createLease,
	type Lease,
	type LeaseState,
} from '../../controller/lease.js';
import {createProviderSide} from '../../controller/provider-side.js';
import {createTakeoverGuard} from '../../controller/takeover-guard.js';
import {type Reader, type Writer} from '../../controller/writer.js';
import {type Store} from '../../store/store.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {type Log} from './log.js';
import {type Metrics} from './metrics.js';
import {tellNotBegun, tellSettled, tellUnsettled} from './tell-end.js';
import {createProviderTeller, describeLost} from './tell-providers.js';
import {tellPasses} from './tell-passes.js';
import {glance, waitFor} from './wait-for.js';

export type LeaseSettings = {
	readonly namespace: string;
	readonly name: string;
	/**
	Unique for this process.
	*/
	readonly identity: string;
	/**
	Milliseconds.
	*/
	readonly duration: number;
};

export type RunOptions = {
	readonly store: Store;
	readonly reconcilers: readonly Reconciler[];
	readonly writer: Writer;
	readonly reader: Reader;
	readonly clock: Clock;
	readonly log: Log;
	readonly metrics: Metrics;
	readonly rules: Rules;
	/**
	Field manager under which the writes go out.
	*/
	readonly ownManager: string;
	/**
	Ends once nothing is left to do.
	*/
	readonly isOnce: boolean;
	/**
	Milliseconds that the consumer's objects may take to arrive, and with `isOnce` everything together; absent: no limit.
	*/
	readonly timeout?: number;
	/**
	Acts although Liqo's own controllers seem to run.
	*/
	readonly isForced: boolean;
	/**
	Absent: acts without asking.
	*/
	readonly lease?: LeaseSettings;
	/**
	Upper limit of the delay between retries, in milliseconds.
	*/
	readonly longestDelay?: number;
	/**
	Aborted when the process shall end.
	*/
	readonly signal: AbortSignal;
	/**
	Ids of the reconcilers that Liqo runs on the cluster of the object itself.
	*/
	readonly providerSide?: ReadonlySet<string>;
	/**
	Whether a provider does its own side itself, beside those on which Liqo's controllers are seen.
	*/
	isTenant?(cluster: string): boolean;
	/**
	What keeps it from having settled beside the queue: providers that are not connected.
	*/
	pending?(): readonly string[];
	/**
	Called once the controller exists; what it returns is ended after the controller.
	*/
	prepare?(
		controller: Controller,
		problems: () => readonly string[],
	): Promise<() => Promise<void>>;
};

// The same, when only the end is waited for.
const idleGlance = 1000;
// Milliseconds for which everything must be settled before --once believes it: other programs may be about to answer.
const calm = 400;
// Milliseconds that passes under way get to finish when the process shall end.
const grace = 10_000;

const describeAccess = (
	world: World,
	controller: Controller,
): readonly string[] =>
	controller.missing().map((kind) => {
		const access = world.consumer.access(kind);
		const reason = 'reason' in access ? `: ${access.reason}` : '';
		return `${kind} of ${world.consumer.title} is ${access.state}${reason}`;
	});

const describeOthers = (others: readonly OtherController[]): string =>
	others.map(({message}) => message).join(' ');

/**
Keeps controllers running until told to end, or until nothing is left to do. Everything it needs is given to it; what happens goes to the log.
*/
export const runControllers = async (
	options: RunOptions,
): Promise<ExitCode> => {
	const {store, clock, log, metrics, signal} = options;
	const {world} = store;
	const until =
		options.timeout === undefined ? Infinity : clock.now() + options.timeout;
	const guard = createTakeoverGuard({
		world,
		clock,
		ownManager: options.ownManager,
	});
	let lease: Lease | undefined;
	let hasFought = false;

	const isProvidersWork = createProviderSide({
		world,
		clock,
		guard,
		reconcilers: options.providerSide ?? new Set(),
		...(options.isTenant !== undefined && {isTenant: options.isTenant}),
	});
	const pending = (): readonly string[] => {
		const known = options.pending?.() ?? [];
		return known.length > 0 ? known : describeLost(world);
	};

	const controller = createController({
		store,
		reconcilers: options.reconcilers,
		writer: options.writer,
		clock,
		rules: options.rules,
		guard,
		canFight: options.isForced,
		isForeign: isProvidersWork,
		component: options.ownManager,
		...(options.longestDelay !== undefined && {
			longestDelay: options.longestDelay,
		}),
		canWrite: () => lease?.canWrite() ?? options.lease === undefined,
		...tellPasses(log, metrics),
		onFight({object, path, manager, repeats, cluster}) {
			metrics.noteFight();
			hasFought ||= !options.isForced;
			log.error(
				options.isForced
					? 'another program keeps turning a field back'
					: 'another program keeps turning a field back: nothing is written any more; stop it, or use --force',
				{
					cluster,
					kind: object.kind,
					namespace: object.namespace,
					name: object.name,
					path,
					manager,
					repeats,
				},
			);
		},
	});
	metrics.observe(controller);

	const endTelling = store.subscribe(createProviderTeller(world, log));

	const problems = (): readonly string[] => describeAccess(world, controller);
	const finish = await options.prepare?.(controller, problems);

	const onLease = (state: LeaseState) => {
		switch (state.state) {
			case 'leading': {
				log.info('holding the lease: acting', {token: state.token});
				controller.lead();
				break;
			}

			case 'standby': {
				controller.follow();
				log.info('not acting: waiting for the lease', {
					holder: state.holder,
					problem: state.problem,
				});
				break;
			}

			case 'stopped': {
				break;
			}
		}
	};

	const end = async (code: ExitCode): Promise<ExitCode> => {
		endTelling();
		const stopping = controller.stop();
		const isTooLong = await new Promise<boolean>((resolve) => {
			const cancel = clock.after(grace, () => {
				resolve(true);
			});
			void stopping.then(() => {
				cancel();
				resolve(false);
			});
		});
		if (isTooLong) {
			log.warn('gave up waiting for writes under way');
			controller.follow();
		}

		await lease?.release();
		await finish?.();
		return code;
	};

	const known = await waitFor(
		clock,
		() => problems().length === 0 && guard.isInformed(),
		{signal, until},
	);
	if (known !== 'met') {
		if (known === 'late') {
			tellNotBegun(log, problems());
		}

		return end(known === 'late' ? exitCodes.timeout : exitCodes.fine);
	}

	const others = guard.others();
	if (others.length > 0) {
		const text = describeOthers(others);
		if (!options.isForced) {
			log.error(
				`Liqo's own controllers work on this cluster: scale them to zero, or use --force. ${text}`,
			);
			return end(exitCodes.connection);
		}

		log.warn(`acting beside Liqo's own controllers, as forced. ${text}`);
	}

	for (const provider of guard.foreignProviders()) {
		log.info(
			'this provider has controllers of its own: its side is left to them',
			{
				provider,
			},
		);
	}

	if (options.lease === undefined) {
		controller.lead();
	} else {
		lease = createLease({
			...options.lease,
			writer: options.writer,
			reader: options.reader,
			clock,
			onChange: onLease,
		});
		lease.start();
	}

	let calmSince = Infinity;
	const isOver = (): boolean => {
		if (hasFought) {
			return true;
		}

		if (!options.isOnce || !controller.isSettled() || pending().length > 0) {
			calmSince = Infinity;
			return false;
		}

		calmSince = Math.min(calmSince, clock.now());
		return clock.now() >= calmSince + calm;
	};

	const over = await waitFor(clock, isOver, {
		signal,
		until: options.isOnce ? until : Infinity,
		every: options.isOnce ? glance : idleGlance,
	});
	if (over === 'aborted') {
		log.info('ending: finishing what is under way');
		return end(exitCodes.fine);
	}

	if (hasFought) {
		return end(exitCodes.connection);
	}

	if (over === 'met') {
		tellSettled(log, controller);
		return end(exitCodes.fine);
	}

	tellUnsettled(log, controller, pending());
	return end(exitCodes.timeout);
};
