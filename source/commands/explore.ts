import {sanitize} from '../core/sanitize.js';
import {isComplete} from '../core/world.js';
import {clusterRows} from '../core/rows/clusters.js';
import {namespaceRows} from '../core/rows/namespaces.js';
import {createOffloadingRows} from '../core/rows/offloadings.js';
import {podRows} from '../core/rows/pods.js';
import {type RowSets} from '../ui/explorer.js';
import {parseFilter} from '../ui/filter.js';
import {paneIds} from '../ui/reducer/state.js';
import {type CommandContext, type RunCommand} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {type Terminal} from './explore/frame-writer.js';
import {type Opened, type OpenedResult} from './explore/opened.js';
import {plainLists} from './explore/plain-lists.js';
import {startReconciling} from './explore/reconciling.js';
import {type Flags} from './flags.js';

const rowSets: RowSets = {
	offloadings: createOffloadingRows(),
	clusters: clusterRows,
	namespaces: namespaceRows,
	pods: podRows,
};

/**
How long lists without a terminal may take to arrive, in milliseconds.
*/
const patience = 60_000;

/**
What `-l` means here: the pods are filtered, as if it had been typed after `/`.
*/
const podFilter = ({selector}: Flags): string =>
	selector === undefined ? '' : `-l ${selector}`;

/**
As with kubectl, `-A` wins over `-n`.
*/
const narrowedTo = ({namespace, allNamespaces}: Flags): string | undefined =>
	allNamespaces ? undefined : namespace;

const open = async (context: CommandContext): Promise<OpenedResult> => {
	const {flags} = context;
	if (flags.sandbox !== undefined) {
		const {openSandboxWorld} = await import('./explore/sandbox-world.js');
		return openSandboxWorld(context, flags.sandbox);
	}

	const isSaved =
		flags.filename.length > 0 ||
		flags.providerFile.length > 0 ||
		flags.now !== undefined;
	if (isSaved) {
		const {openSavedWorld} = await import('./explore/saved-world.js');
		return openSavedWorld(context);
	}

	const {openLiveWorld} = await import('./explore/live-world.js');
	return openLiveWorld(context);
};

const isInteractive = ({env, stdin, stdout}: CommandContext): boolean =>
	stdin.isTTY === true && stdout.isTTY === true && env.TERM !== 'dumb';

const hasUtf8 = ({env}: Pick<CommandContext, 'env'>): boolean => {
	const locale = env.LC_ALL ?? env.LC_CTYPE ?? env.LANG;
	return locale === undefined || /utf-?8/iv.test(locale);
};

const isSettled = ({store}: Opened): boolean =>
	paneIds.every((id) =>
		rowSets[id].kinds.every((kind) => {
			const access = store.world.consumer.access(kind);
			return access.state === 'forbidden' || isComplete(access);
		}),
	);

/**
Waits until everything that the panes read has arrived. False when it takes too long.
*/
const hasArrived = async (
	opened: Opened,
	signal: AbortSignal,
): Promise<boolean> => {
	if (isSettled(opened)) {
		return true;
	}

	return new Promise((resolve) => {
		const finish = (isThere: boolean) => {
			clearTimeout(timer);
			stop();
			resolve(isThere);
		};

		const timer = setTimeout(() => {
			finish(false);
		}, patience);
		const stop = opened.store.subscribe(() => {
			if (isSettled(opened)) {
				finish(true);
			}
		});
		signal.addEventListener('abort', () => {
			finish(false);
		});
	});
};

const printLists = async (
	{stdout, stderr, signal, flags}: CommandContext,
	opened: Opened,
): Promise<ExitCode> => {
	const isThere = await hasArrived(opened, signal);
	stdout.write(
		plainLists(opened.store.world, rowSets, {
			now: opened.reads.now(),
			namespace: narrowedTo(flags),
			podFilter: podFilter(flags),
		}),
	);
	if (!isThere) {
		stderr.write('Not everything has arrived.\n');
		return exitCodes.timeout;
	}

	const isForbidden = paneIds.every((id) => {
		const [own] = rowSets[id].kinds;
		return opened.store.world.consumer.access(own).state === 'forbidden';
	});
	return isForbidden ? exitCodes.connection : exitCodes.fine;
};

/**
The flags in another context: what says where the one before is, and who asks there, does not hold in it. Whom to act as does.
*/
const inContext = (flags: Flags, name: string): Flags => ({
	...flags,
	context: name,
	cluster: undefined,
	user: undefined,
	server: undefined,
	tlsServerName: undefined,
	insecureSkipTlsVerify: false,
	certificateAuthority: undefined,
	clientCertificate: undefined,
	clientKey: undefined,
	token: undefined,
	localClusterId: undefined,
	command: undefined,
});

/**
Runs the explorer until the user has enough of it, or wants another context; its name then.
*/
const show = async (
	{env, stdin, stdout, signal, flags}: CommandContext,
	opened: Opened,
	notice: string | undefined,
): Promise<string | undefined> => {
	const {runApp} = await import('./explore/run-app.js');
	const ending = await runApp({
		...opened,
		queue: opened.queue,
		stdin: stdin as NodeJS.ReadStream,
		stdout: stdout as unknown as Terminal,
		environment: env,
		signal,
		hasColour: !flags.noColor && (env.NO_COLOR ?? '') === '',
		isAscii: flags.ascii || !hasUtf8({env}),
		isScreenReader: env.INK_SCREEN_READER === 'true',
		command: flags.command,
		namespace: narrowedTo(flags),
		podFilter: podFilter(flags),
		notice,
	});
	return ending.type === 'context' ? ending.name : undefined;
};

/**
Shows what is open. The outcome of opening another context when one is asked for; one that cannot be opened leaves the user where they were.
*/
const explore = async (
	context: CommandContext,
	opened: Opened,
): Promise<{context: CommandContext; opened: Opened} | undefined> => {
	let notice: string | undefined;
	for (;;) {
		/* eslint-disable no-await-in-loop -- One context after the other, each until another one is asked for. */
		const name = await show(context, opened, notice);
		if (name === undefined) {
			return undefined;
		}

		context.stderr.write(`Connecting to ${sanitize(name)}...\n`);
		const next = {...context, flags: inContext(context.flags, name)};
		const result = await open(next);
		if (result.isOk) {
			return {context: next, opened: result.value};
		}

		if (context.signal.aborted) {
			return undefined;
		}

		notice = sanitize(result.message);
		/* eslint-enable no-await-in-loop */
	}
};

/**
Opens the explorer on what the flags mean. Without a terminal the four panes are printed as text.
*/
export const run: RunCommand = async (given) => {
	const filter = parseFilter(podFilter(given.flags));
	if (!filter.isValid) {
		given.stderr.write(`${filter.problem}\n`);
		return exitCodes.usage;
	}

	const {stderr, program} = given;
	const result = await open(given);
	if (!result.isOk) {
		stderr.write(
			`${result.message}\n${
				result.code === exitCodes.connection
					? `"${program} --sandbox" explores embedded clusters, with no cluster of your own.\n`
					: ''
			}`,
		);
		return result.code;
	}

	let current: {context: CommandContext; opened: Opened} | undefined = {
		context: given,
		opened: result.value,
	};
	while (current !== undefined) {
		const {context, opened}: {context: CommandContext; opened: Opened} =
			current;
		const reconciling = startReconciling(context, opened);
		/* eslint-disable no-await-in-loop -- As above. */
		try {
			if (!isInteractive(context)) {
				return await printLists(context, opened);
			}

			current = await explore(context, {
				...opened,
				session: {
					...opened.session,
					isReconciling: reconciling !== undefined,
				},
				queue: reconciling?.queue ?? opened.queue,
			});
		} finally {
			await reconciling?.stop();
			await opened.close();
		}
		/* eslint-enable no-await-in-loop */
	}

	return exitCodes.fine;
};
