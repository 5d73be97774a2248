import {apiVersionOf} from '../core/resources.js';
import {createBackoff} from './backoff.js';
import {createCodec} from './codec.js';
import {countLater} from './count-objects.js';
import {type WatchEvent} from './decoders.js';
import {type Problem} from './errors.js';
import {createFreshness} from './freshness.js';
import {listPages} from './list-pages.js';
import {
	defaultPatience,
	type ListWatch,
	type ListWatchOptions,
} from './list-watch-options.js';
import {describeCollectionRule} from './request-target.js';
import {selectionPath} from './resource-path.js';
import {createReplica} from './replica.js';
import {runWatch, type WatchEnd} from './watch-stream.js';

/**
Keeps a sink equal to what the server has of one kind: lists (as the first events of a watch where the server can, else page by page),
then watches from there, and does both again as often as it takes until stopped. After any number of cuts the sink equals the server's
list; rows stay while a list is done again, and only what is gone is removed.
*/
export const startListWatch = (options: ListWatchOptions): ListWatch => {
	const {kind, resource, transport, capabilities, sink, clock} = options;
	const selection = options.selection ?? {};
	const patience = {...defaultPatience, ...options.patience};
	const stopping = new AbortController();
	const {signal} = stopping;
	const backoff = createBackoff(clock);
	const freshness = createFreshness(sink, clock, patience.grace);
	const ownsObject =
		options.owns ??
		((namespace: string) =>
			!resource.isNamespaced ||
			selection.namespace === undefined ||
			selection.namespace === namespace);
	let canProtobuf = true;
	let canWatch = true;
	/**
	The first watch was refused, so that a list and a watch from there are tried, in this order: a rule granted between the two counts.
	*/
	let isListDue = false;
	let total: number | undefined;
	let counting: {stop(): void} | undefined;
	let hangUp: (() => void) | undefined;

	const ruleFor = (verbs: readonly string[]): string =>
		describeCollectionRule(resource, selection.namespace, verbs);

	const replica = createReplica(sink, ownsObject);

	const beginList = (): void => {
		total = undefined;
		replica.begin();
		freshness.syncing(0, undefined);
	};

	const endList = (resourceVersion: string): void => {
		replica.end(resourceVersion);
		isListDue = false;
		counting?.stop();
		backoff.reset();
		freshness.live();
	};

	const codecNow = () =>
		createCodec(
			kind,
			options.generation,
			canProtobuf && capabilities.hasProtobuf,
		);

	let codec = codecNow();

	const listByPages = async (limit?: number): Promise<Problem | undefined> => {
		beginList();
		const listed = await listPages({
			transport,
			resource,
			selection,
			codec,
			signal,
			isAttended: options.isAttended,
			...(limit !== undefined && {limit}),
			onObject(object) {
				replica.deliver(object);
				freshness.syncing(replica.count(), total);
			},
			onPage(known) {
				total = known ?? total;
			},
		});
		if (listed.ok) {
			endList(listed.value);
			return undefined;
		}

		// A page token outlived its list: once more, in one go.
		return limit === undefined && listed.problem.kind === 'gone'
			? listByPages(0)
			: listed.problem;
	};

	const onEvent = (event: WatchEvent): void => {
		const isFirst = replica.version() === '';
		replica.apply(event);
		if (isFirst && event.type === 'upsert') {
			freshness.syncing(replica.count(), total);
		} else if (isFirst && event.type === 'bookmark' && event.isInitialEnd) {
			endList(event.resourceVersion);
		}
	};

	/**
	A watch does not say how much is to come: asked for once it turns out to be much.
	*/
	const startCount = (): void => {
		counting?.stop();
		counting = countLater(
			{transport, resource, selection, clock},
			patience.count,
			(known) => {
				total = known;
			},
		);
	};

	const watch = async (isInitial: boolean): Promise<WatchEnd> => {
		if (isInitial) {
			beginList();
		}

		const beginning = isInitial
			? {sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan'}
			: {resourceVersion: replica.version()};
		const lifetime = Math.round(300 * (1 + clock.random()));
		return runWatch({
			transport,
			codec,
			clock,
			signal,
			isAttended: options.isAttended,
			silence: isInitial ? patience.initialSilence : patience.silence,
			silenceOnceSynced: patience.silence,
			path: selectionPath(resource, selection, {
				watch: 'true',
				allowWatchBookmarks: 'true',
				// Chosen by chance, so that the watches of a server do not all end at once.
				timeoutSeconds: String(lifetime),
				...beginning,
			}),
			isInitial,
			onOpen(close) {
				hangUp = close;
				if (isInitial) {
					startCount();
				} else {
					freshness.live();
				}
			},
			onEvent,
		});
	};

	const recheckWait = (): number => patience.recheck * (1 + clock.random() / 4);

	const forbid = async (problem: Problem): Promise<void> => {
		isListDue = false;
		replica.forget();
		freshness.set({
			state: 'forbidden',
			rule: ruleFor(['get', 'list', 'watch']),
			reason: problem.message,
		});
		await clock.wait(recheckWait(), signal);
	};

	const retreat = async (problem: Problem): Promise<void> => {
		if (problem.kind === 'gone') {
			replica.restart();
			freshness.suspect('the watch expired; listing again');
			return;
		}

		freshness.stale(problem.message);
		await clock.wait(Math.max(problem.retryAfter ?? 0, backoff.next()), signal);
	};

	/**
	Whether a failure only says that the way taken is not open, and another one now is.
	*/
	const hasDetour = (problem: Problem, isInitialWatch: boolean): boolean => {
		const {kind: what} = problem;
		if (codec.isProtobuf && (what === 'unsupported' || what === 'garbage')) {
			if (what === 'garbage') {
				canProtobuf = false;
				replica.restart();
			} else {
				capabilities.hasProtobuf = false;
			}

			codec = codecNow();
			return true;
		}

		if (isInitialWatch && (what === 'invalid' || what === 'timeout')) {
			capabilities.hasWatchList = false;
			return true;
		}

		if (what === 'forbidden' && isInitialWatch) {
			isListDue = true;
			return true;
		}

		if (what === 'forbidden' && replica.version() !== '') {
			canWatch = false;
			return true;
		}

		return false;
	};

	/**
	Where listing is permitted but watching is not.
	*/
	const poll = async (): Promise<void> => {
		freshness.stale(
			`Watching is not permitted: listed every ${Math.round(patience.poll / 1000)} s. Missing: ${ruleFor(['watch'])}`,
		);
		await clock.wait(patience.poll, signal);
		replica.restart();
		canWatch = true;
	};

	const list = async (): Promise<void> => {
		const problem = await listByPages();
		if (problem !== undefined && !signal.aborted) {
			await handle(problem, false);
		}
	};

	const follow = async (isInitial: boolean): Promise<void> => {
		const {problem, isCut} = await watch(isInitial);
		if (signal.aborted) {
			return;
		}

		if (problem === undefined || (isCut && replica.version() !== '')) {
			// It was well until now: at once again.
			freshness.suspect(problem?.message ?? 'the watch is being renewed');
			backoff.reset();
			return;
		}

		await handle(problem, isInitial);
	};

	const handle = async (
		problem: Problem,
		isInitialWatch: boolean,
	): Promise<void> => {
		if (hasDetour(problem, isInitialWatch)) {
			return;
		}

		if (problem.kind === 'forbidden' && problem.rule !== undefined) {
			await forbid(problem);
			return;
		}

		if (problem.kind === 'not-found') {
			replica.forget();
			freshness.set({
				state: 'absent',
				reason: `${transport.server} does not serve ${resource.plural} (${apiVersionOf(resource)}).`,
			});
			await clock.wait(recheckWait(), signal);
			return;
		}

		await retreat(problem);
	};

	const run = async (): Promise<void> => {
		while (!signal.aborted) {
			/* eslint-disable no-await-in-loop -- for ever, one step after the other */
			if (replica.version() === '') {
				await (capabilities.hasWatchList && !isListDue ? follow(true) : list());
			} else {
				await (canWatch ? follow(false) : poll());
			}
			/* eslint-enable no-await-in-loop */
		}
	};

	const unsubscribe = options.pulse?.onMissed((reason) => {
		freshness.suspect(reason);
		hangUp?.();
	});

	void run();
	return {
		stop() {
			unsubscribe?.();
			counting?.stop();
			stopping.abort();
			freshness.stop();
		},
	};
};
