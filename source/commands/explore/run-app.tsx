import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {render} from 'ink';
import {App} from '../../app.js';
import {type Store} from '../../store/store.js';
import {say} from '../../ui/dispatch/handlers.js';
import {createExplorer} from '../../ui/explorer.js';
import {type Ports, type Session} from '../../ui/ports.js';
import {createTheme} from '../../ui/theme.js';
import {clipboardSequence} from './clipboard.js';
import {FrameWriter, type Terminal} from './frame-writer.js';

/**
How the explorer ended: the user had enough, or wants another context.
*/
export type Ending =
	{readonly type: 'quit'} | {readonly type: 'context'; readonly name: string};

export type AppOptions = {
	readonly store: Store;
	readonly session: Session;
	readonly reads: Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'>;
	readonly send: Ports['send'];
	readonly queue: Ports['queue'];
	/**
	Called with each key that changes what is shown.
	*/
	readonly attend?: () => void;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: Terminal;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/**
	Aborted when the process is asked to end.
	*/
	readonly signal: AbortSignal;
	readonly hasColour: boolean;
	readonly isAscii: boolean;
	readonly isScreenReader: boolean;
	/**
	Done at the start, as typed after `:`.
	*/
	readonly command: string | undefined;
	/**
	What there is to say at the start.
	*/
	readonly notice?: string | undefined;
	/**
	What everything is narrowed to at the start.
	*/
	readonly namespace: string | undefined;
	/**
	What the pods are filtered by at the start, as typed after `/`.
	*/
	readonly podFilter: string;
};

const maxFps = 60;

const saveText = (name: string, text: string): string => {
	// Short enough to be read on one line of a small terminal.
	const stamp = new Date()
		.toISOString()
		.slice(0, 19)
		.replaceAll(/[\-:]/gv, '')
		.replace('T', '-');
	const safe = name.replaceAll(/[^\w\-.]/gv, '-').slice(0, 100);
	const file = path.join(os.tmpdir(), `liqoscope-${safe}-${stamp}.txt`);
	try {
		fs.writeFileSync(file, text, {mode: 0o600});
		return `Saved to ${file}`;
	} catch (error) {
		return `Not saved: ${(error as Error).message}`;
	}
};

/**
A window that was closed takes the terminal away before the signal comes.
*/
const isTerminalGone = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'EIO';

/**
128 + SIGHUP, as if the signal had come first.
*/
const hangUpExitCode = 129;

/**
Where the details of a crash are, in words.
*/
const saveCrash = (error: Error): string => {
	const file = path.join(os.tmpdir(), `liqoscope-crash-${process.pid}.log`);
	try {
		fs.writeFileSync(file, `${error.stack ?? error.message}\n`, {mode: 0o600});
		return `details in ${file}`;
	} catch {
		return 'the details could not be saved';
	}
};

/**
Runs the explorer on a terminal until it ends, and leaves the terminal as it was. Throws when the program made a mistake, after the terminal was restored.
*/
export const runApp = async (options: AppOptions): Promise<Ending> => {
	const {store, session, stdin, stdout, environment} = options;
	const screen = new FrameWriter(stdout);
	let ending: Ending = {type: 'quit'};
	let crash: Error | undefined;
	let leave: (() => void) | undefined;
	let suspendTerminal:
		((callback: () => void | Promise<void>) => Promise<void>) | undefined;

	const end = (how: Ending) => {
		ending = how;
		leave?.();
	};

	// The signal may come when the first frame is out, but its effects are not done.
	let isSuspendDue = false;
	const suspend = async () => {
		if (suspendTerminal === undefined) {
			isSuspendDue = true;
			return;
		}

		await suspendTerminal(() => {
			// The whole job, as ctrl-z would: npm and the shell script above us stop with us.
			process.kill(0, 'SIGSTOP');
		});
		screen.repaint();
	};

	const ports: Ports = {
		...options.reads,
		send: options.send,
		queue: options.queue,
		copy(text) {
			const sequence = clipboardSequence(text, environment);
			if (sequence === undefined) {
				return 'Too long for the clipboard of a terminal; save it to a file instead (s in a guided fix, ctrl-s the screen).';
			}

			stdout.write(sequence);
			return 'Sent to the clipboard of the terminal.';
		},
		saveScreen: () => saveText('screen', screen.text()),
		saveText,
		suspend,
		repaint() {
			screen.repaint();
		},
		quit(isInterrupt) {
			if (isInterrupt) {
				// As if the terminal had sent it: whoever started us sees the usual exit code.
				process.kill(process.pid, 'SIGINT');
			} else {
				end({type: 'quit'});
			}
		},
		switchContext(name) {
			end({type: 'context', name});
		},
	};

	const explorer = createExplorer({store, session, ports});
	explorer.ui.dispatch({
		type: 'resize',
		size: {width: screen.columns, height: screen.rows},
	});
	if (options.namespace !== undefined) {
		const {namespace} = options;
		explorer.ui.dispatch({
			type: 'scope',
			scope: {kind: 'namespace', namespace},
		});
	}

	if (options.notice !== undefined) {
		say(explorer, options.notice, 'warning');
	}

	if (options.podFilter !== '') {
		explorer.ui.dispatch({
			type: 'pane',
			pane: 'pods',
			change: {filter: options.podFilter},
		});
	}

	if (options.isScreenReader) {
		// One pane at a time, top to bottom: what stands side by side cannot be read out.
		explorer.ui.dispatch({type: 'zoom', by: 1});
		explorer.ui.dispatch({type: 'zoom', by: 1});
	}

	if (options.attend) {
		explorer.ui.subscribe(options.attend);
	}

	const theme = createTheme(options);
	const onAbort = () => {
		end({type: 'quit'});
	};

	const onStop = () => {
		void suspend();
	};

	const onError = (error: unknown) => {
		if (isTerminalGone(error)) {
			process.exit(hangUpExitCode); // eslint-disable-line unicorn/no-process-exit -- nothing can be written or restored any more
		}

		crash ??= error instanceof Error ? error : new Error(String(error));
		leave?.();
	};

	options.signal.addEventListener('abort', onAbort);
	process.on('SIGTSTP', onStop);
	process.on('uncaughtException', onError);
	process.on('unhandledRejection', onError);
	try {
		const instance = render(
			<App
				explorer={explorer}
				theme={theme}
				isAscii={options.isAscii}
				command={options.command}
				onMount={(controls) => {
					suspendTerminal = controls.suspendTerminal;
					if (isSuspendDue) {
						void suspend();
					}
				}}
			/>,
			{
				stdin,
				stdout: screen as unknown as NodeJS.WriteStream,
				alternateScreen: true,
				interactive: true,
				exitOnCtrlC: false,
				incrementalRendering: false,
				concurrent: true,
				isScreenReaderEnabled: options.isScreenReader,
				maxFps,
			},
		);
		leave = () => {
			instance.unmount();
		};

		await instance.waitUntilExit();
	} catch (error) {
		onError(error);
	} finally {
		options.signal.removeEventListener('abort', onAbort);
		process.off('SIGTSTP', onStop);
		process.off('uncaughtException', onError);
		process.off('unhandledRejection', onError);
		explorer.close();
		screen.end();
	}

	if (crash !== undefined) {
		throw new Error(`${crash.message} (${saveCrash(crash)})`, {cause: crash});
	}

	return ending;
};
