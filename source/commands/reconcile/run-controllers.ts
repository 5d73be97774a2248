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
import {createTakeoverGuard} from '../../controller/takeover-guard.js';
import {type Reader, type Writer} from '../../controller/writer.js';
import {type Store} from '../../store/store.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {type Log} from './log.js';
import {type Metrics} from './metrics.js';

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
	Called once the controller exists; what it returns is ended after the controller.
	*/
	prepare?(
		controller: Controller,
		problems: () => readonly string[],
	): Promise<() => Promise<void>>;
};

// Milliseconds between looks at a condition that is waited for.
const glance = 25;
// Milliseconds for which everything must be settled before --once believes it: other programs may be about to answer.
const calm = 400;
// Milliseconds that passes under way get to finish when the process shall end.
const grace = 10_000;

type Wait = 'met' | 'aborted' | 'late';

const waitFor = async (
	clock: Clock,
	isMet: () => boolean,
	{signal, until}: {readonly signal: AbortSignal; readonly until: number},
): Promise<Wait> =>
	new Promise((resolve) => {
		const look = () => {
			if (signal.aborted) {
				resolve('aborted');
			} else if (isMet()) {
				resolve('met');
			} else if (clock.now() >= until) {
				resolve('late');
			} else {
				clock.after(glance, look);
			}
		};

		look();
	});

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

	const controller = createController({
		store,
		reconcilers: options.reconcilers,
		writer: options.writer,
		clock,
		rules: options.rules,
		guard,
		canFight: options.isForced,
		component: options.ownManager,
		...(options.longestDelay !== undefined && {
			longestDelay: options.longestDelay,
		}),
		canWrite: () => lease?.canWrite() ?? options.lease === undefined,
		onPass(pass) {
			metrics.notePass(pass);
			const {item, outcome, written, milliseconds} = pass;
			const fields = {
				reconciler: item.reconciler,
				cluster: item.request.cluster,
				namespace: item.request.namespace,
				name: item.request.name,
				written,
				milliseconds,
			};
			if (outcome.state === 'failed') {
				log.warn('not there yet, will try again', {
					...fields,
					error: outcome.error,
				});
			} else if (written > 0) {
				log.info('reconciled', fields);
			} else {
				log.debug('nothing to do', fields);
			}
		},
		onSent(sent) {
			metrics.noteSent(sent);
			const {change, answer, milliseconds} = sent;
			log.debug('sent', {
				cluster: change.cluster,
				verb: change.verb,
				kind: change.object.kind,
				namespace: change.object.namespace,
				name: change.object.name,
				subresource: change.subresource,
				reason: change.reason,
				milliseconds,
				...(answer.state === 'refused' && {
					status: answer.status,
					error: answer.message,
				}),
			});
		},
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

	const known = await waitFor(clock, () => problems().length === 0, {
		signal,
		until,
	});
	if (known !== 'met') {
		if (known === 'late') {
			for (const problem of problems()) {
				log.error(`cannot begin: ${problem}`);
			}
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

		if (!options.isOnce || !controller.isSettled()) {
			calmSince = Infinity;
			return false;
		}

		calmSince = Math.min(calmSince, clock.now());
		return clock.now() >= calmSince + calm;
	};

	const over = await waitFor(clock, isOver, {
		signal,
		until: options.isOnce ? until : Infinity,
	});
	if (over === 'aborted') {
		log.info('ending: finishing what is under way');
		return end(exitCodes.fine);
	}

	if (hasFought) {
		return end(exitCodes.connection);
	}

	if (over === 'met') {
		log.info('settled: nothing is left to do');
		return end(exitCodes.fine);
	}

	for (const {item, lastError, retries} of controller.queue.status()) {
		if (lastError !== undefined) {
			log.error('not settled in time', {
				reconciler: item.reconciler,
				cluster: item.request.cluster,
				namespace: item.request.namespace,
				name: item.request.name,
				retries,
				error: lastError,
			});
		}
	}

	if (!controller.isLeading()) {
		log.error('not settled in time: the lease is held by another process');
	}

	return end(exitCodes.timeout);
};
