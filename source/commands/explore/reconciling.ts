import {type Controller} from '../../controller/controller.js';
import {
	type QueueStatus,
	type ReconcilerQueue,
} from '../../ui/reconciler-queue.js';
import {type CommandContext, type Output} from '../command.js';
import {exitCodes} from '../exit-code.js';
import {type Opened} from './opened.js';

/**
Controllers at work beside the explorer.
*/
export type Reconciling = {
	readonly queue: ReconcilerQueue;
	stop(): Promise<void>;
};

/**
Talk that nobody reads: the screen belongs to the explorer.
*/
const nowhere: Output = {write: () => true};

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
What a line of the log says for people; nothing when it is about one object only, which the queue shows better.
*/
const sentenceOf = (line: string): string | undefined => {
	let entry: Readonly<Record<string, unknown>>;
	try {
		entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
	} catch {
		return line;
	}

	if (entry.reconciler !== undefined || entry.provider !== undefined) {
		return undefined;
	}

	const details = [entry.holder, entry.problem, entry.error]
		.map((value) => textOf(value))
		.filter((text) => text !== '');
	return [textOf(entry.msg), ...details].join(': ');
};

const emptyStatus: QueueStatus = {
	isActing: false,
	story: '',
	objects: [],
	blocked: [],
	isAllPaused: false,
	pausedNamespaces: [],
};

/**
What the controllers have to do, as far as they exist already.
*/
const statusOf = (
	controller: Controller | undefined,
	lastWords: string,
	isOver: boolean,
): QueueStatus => {
	if (controller === undefined || isOver) {
		return {...emptyStatus, story: lastWords};
	}

	const {queue} = controller;
	const missing = controller.missing();
	const isActing = controller.isLeading() && missing.length === 0;
	return {
		isActing,
		story: isActing
			? "Acting as Liqo's controllers: nothing waits, runs or has failed."
			: missing.length > 0
				? `Not acting yet: not everything is known (${missing.join(', ')}).`
				: lastWords,
		objects: queue.status().map(({item, ...status}) => ({
			...status,
			key: item.key,
			reconciler: item.reconciler,
			cluster: item.request.cluster,
			namespace: item.request.namespace,
			name: item.request.name,
		})),
		blocked: Array.from(controller.blocked(), ([cluster, block]) => ({
			cluster,
			...block,
		})),
		isAllPaused: queue.isPaused(),
		pausedNamespaces: queue.pausedNamespaces(),
	};
};

/**
Acts as Liqo's controllers beside the explorer, when that is asked for; the sandbox has actors of its own. Nothing when this session does not reconcile.
*/
export const startReconciling = (
	context: CommandContext,
	{session, where}: Opened,
): Reconciling | undefined => {
	const {flags} = context;
	const isPossible =
		context.stdout.isTTY === true &&
		session.source === 'live' &&
		!session.isReadOnly;
	if (!flags.reconcile || !isPossible) {
		return undefined;
	}

	const ending = new AbortController();
	let controller: Controller | undefined;
	let isOver = false;
	let lastWords = 'Starting: connecting to the clusters.';
	const listen: Output = {
		write(text) {
			for (const line of text.split('\n')) {
				lastWords = (line === '' ? undefined : sentenceOf(line)) ?? lastWords;
			}

			return true;
		},
	};
	const running = (async () => {
		const {reconcileBeside} = await import('../reconcile.js');
		const code = await reconcileBeside(
			{
				...context,
				args: [],
				flags: {...flags, ...where, logFormat: 'json'},
				stdout: nowhere,
				stderr: listen,
				signal: ending.signal,
			},
			(made) => {
				controller = made;
			},
		);
		isOver = true;
		lastWords =
			code === exitCodes.fine
				? 'The controllers have ended.'
				: `The controllers have ended: ${lastWords}`;
	})();
	return {
		queue: {
			status: () => statusOf(controller, lastWords, isOver),
			isLeft: (reconciler, cluster) =>
				controller?.isForeign(reconciler, cluster) === true,
			pause(namespace) {
				controller?.queue.pause(namespace);
			},
			resume(namespace) {
				controller?.queue.resume(namespace);
			},
		},
		async stop() {
			ending.abort();
			await running;
		},
	};
};
