import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {render} from 'ink';
import {App} from '../../app.js';
import {type Store} from '../../store/store.js';
import {createExplorer, type RowSets} from '../../ui/explorer.js';
import {type Ports, type Session} from '../../ui/ports.js';
import {createTheme} from '../../ui/theme.js';
import {clipboardSequence} from './clipboard.js';
import {FrameWriter, type Terminal} from './frame-writer.js';

/**
How the explorer ended: with an exit code, or because another context is wanted.
*/
export type Ending =
	| {readonly type: 'quit'; readonly exitCode: number}
	| {readonly type: 'context'; readonly name: string}
	| {readonly type: 'crash'; readonly error: Error};

export type AppOptions = {
	readonly store: Store;
	readonly session: Session;
	readonly rowSets: RowSets;
	readonly reads: Pick<Ports, 'now' | 'fetchYaml' | 'fetchEvents'>;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: Terminal;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly hasColour: boolean;
	readonly isAscii: boolean;
	readonly isScreenReader: boolean;
};

const maxFps = 60;

const saveScreen = (text: string): string => {
	const stamp = new Date().toISOString().replaceAll(/[.:]/gv, '-');
	const file = path.join(os.tmpdir(), `liqoscope-screen-${stamp}.txt`);
	try {
		fs.writeFileSync(file, text, {mode: 0o600});
		return `Saved to ${file}`;
	} catch (error) {
		return `Not saved: ${(error as Error).message}`;
	}
};

/**
Runs the explorer on a terminal until it ends, and leaves the terminal as it was.
*/
export const runApp = async (options: AppOptions): Promise<Ending> => {
	const {store, session, rowSets, stdin, stdout, environment} = options;
	const screen = new FrameWriter(stdout);
	let ending: Ending = {type: 'quit', exitCode: 0};
	let leave: (() => void) | undefined;
	let suspendTerminal:
		((callback: () => void | Promise<void>) => Promise<void>) | undefined;

	const end = (how: Ending) => {
		ending = how;
		leave?.();
	};

	const suspend = async () => {
		await suspendTerminal?.(() => {
			// The whole job, as ctrl-z would: npm and the shell script above us stop with us.
			process.kill(0, 'SIGSTOP');
		});
		screen.repaint();
	};

	const ports: Ports = {
		...options.reads,
		copy(text) {
			const sequence = clipboardSequence(text, environment);
			if (sequence === undefined) {
				return 'Too long for the clipboard; ctrl-s saves the screen to a file.';
			}

			stdout.write(sequence);
			return 'Sent to the clipboard of the terminal.';
		},
		saveScreen: () => saveScreen(screen.text()),
		suspend,
		repaint() {
			screen.repaint();
		},
		quit(exitCode) {
			end({type: 'quit', exitCode});
		},
		switchContext(name) {
			end({type: 'context', name});
		},
	};

	const explorer = createExplorer({store, session, ports, rowSets});
	explorer.ui.dispatch({
		type: 'resize',
		size: {width: screen.columns, height: screen.rows},
	});
	const theme = createTheme(options);
	const onSignal = (signal: NodeJS.Signals) => {
		const exitCode = 128 + os.constants.signals[signal];
		end({type: 'quit', exitCode});
	};

	const onStop = () => {
		void suspend();
	};

	const onError = (error: unknown) => {
		end({
			type: 'crash',
			error: error instanceof Error ? error : new Error(String(error)),
		});
	};

	const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGINT'];
	for (const signal of signals) {
		process.on(signal, onSignal);
	}

	process.on('SIGTSTP', onStop);
	process.on('uncaughtException', onError);
	process.on('unhandledRejection', onError);
	try {
		const instance = render(
			<App
				explorer={explorer}
				theme={theme}
				isAscii={options.isAscii}
				onMount={(controls) => {
					suspendTerminal = controls.suspendTerminal;
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
		for (const signal of signals) {
			process.off(signal, onSignal);
		}

		process.off('SIGTSTP', onStop);
		process.off('uncaughtException', onError);
		process.off('unhandledRejection', onError);
		explorer.close();
		screen.end();
	}

	return ending;
};
