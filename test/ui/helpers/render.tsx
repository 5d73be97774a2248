/* eslint-disable no-control-regex, regexp/no-control-character, unicorn/prefer-unicode-code-point-escapes, require-unicode-regexp -- Escape sequences are what is looked for. */
import {PassThrough, Writable} from 'node:stream';
import {render, type Instance} from 'ink';
import {expect, vi} from 'vitest';
import {App} from '../../../source/app.js';
import {type Store} from '../../../source/store/store.js';
import {createExplorer, type Explorer} from '../../../source/ui/explorer.js';
import {type Ports, type Session} from '../../../source/ui/ports.js';
import {createTheme} from '../../../source/ui/theme.js';
import {now} from './example.js';

/**
A terminal's output of any size that keeps the last frame.
*/
export class FakeStdout extends Writable {
	isTTY = true;
	columns: number;
	rows: number;
	frames: string[] = [];

	constructor(columns: number, rows: number) {
		super({decodeStrings: false});
		this.columns = columns;
		this.rows = rows;
	}

	override _write(
		chunk: string,
		_encoding: BufferEncoding,
		callback: () => void,
	): void {
		const text = chunk.replaceAll(/\u001B\[(?![\d;]*m)[\d;>?]*[A-Za-z]/g, '');
		if (text !== '') {
			this.frames.push(text);
		}

		callback();
	}
}

class FakeStdin extends PassThrough {
	isTTY = true;
	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}

export type Screen = {
	readonly explorer: Explorer;
	readonly stdout: FakeStdout;
	readonly copied: string[];
	readonly saved: ReadonlyArray<{readonly name: string; readonly text: string}>;
	readonly quits: boolean[];
	readonly contexts: string[];
	/**
	The last frame, without styling unless asked for, trailing blanks trimmed.
	*/
	frame(options?: {readonly isStyled?: boolean}): string;
	/**
	Types keys, one write per key, and waits until all effects are painted.
	*/
	press(...keys: string[]): Promise<void>;
	settled(): Promise<void>;
	/**
	Waits until a text is in the frame, at most so many milliseconds.

	@default 60_000
	*/
	shown(text: string, timeout?: number): Promise<void>;
	resize(columns: number, rows: number): Promise<void>;
	close(): void;
};

const plain = (frame: string): string =>
	frame
		.replaceAll(/\u001B\[[\d;]*m/g, '')
		.split('\n')
		.map((line) => line.trimEnd())
		.join('\n')
		.trimEnd();

export type ScreenOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly session?: Partial<Session>;
	readonly ports?: Partial<Ports>;
	readonly isAscii?: boolean;
	readonly hasColour?: boolean;
	readonly isScreenReader?: boolean;
};

export const open = async (
	store: Store,
	options: ScreenOptions = {},
): Promise<Screen> => {
	const {columns = 120, rows = 40, isAscii = false, hasColour = true} = options;
	const stdout = new FakeStdout(columns, rows);
	const stdin = new FakeStdin();
	const copied: string[] = [];
	const saved: Array<{readonly name: string; readonly text: string}> = [];
	const quits: boolean[] = [];
	const contexts: string[] = [];
	const ports: Ports = {
		now: () => now,
		fetchYaml: async () => ({isOk: true, value: 'kind: Example\n'}),
		fetchEvents: async () => ({isOk: true, value: []}),
		send: undefined,
		copy(text) {
			copied.push(text);
			return 'Sent to the clipboard of the terminal.';
		},
		saveScreen: () => 'Saved to /tmp/screen.txt',
		saveText(name, text) {
			saved.push({name, text});
			return `Saved to /tmp/${name}.txt`;
		},
		suspend: async () => undefined,
		repaint: () => undefined,
		quit(isInterrupt) {
			quits.push(isInterrupt);
		},
		switchContext(name) {
			contexts.push(name);
		},
		...options.ports,
	};
	const session: Session = {
		title: 'kind-home',
		source: 'live',
		isReadOnly: false,
		isReconciling: false,
		contexts: ['kind-home', 'kind-eu'],
		...options.session,
	};
	const explorer = createExplorer({
		store,
		session,
		ports,
	});
	explorer.ui.dispatch({type: 'resize', size: {width: columns, height: rows}});
	const instance: Instance = render(
		<App
			explorer={explorer}
			theme={createTheme({
				hasColour,
				isAscii,
				isScreenReader: options.isScreenReader ?? false,
			})}
			isAscii={isAscii}
		/>,
		{
			stdout: stdout as unknown as NodeJS.WriteStream,
			stdin: stdin as unknown as NodeJS.ReadStream,
			stderr: new PassThrough() as unknown as NodeJS.WriteStream,
			interactive: true,
			exitOnCtrlC: false,
			patchConsole: false,
			concurrent: true,
			isScreenReaderEnabled: options.isScreenReader ?? false,
		},
	);
	const settled = async () => {
		await instance.waitUntilRenderFlush();
	};

	// The first diagnosis runs in slices: how many depends on the machine.
	await vi.waitFor(
		() => {
			if (!explorer.findings.isSettled()) {
				throw new Error('the first diagnosis is not complete');
			}
		},
		{timeout: 10_000, interval: 5},
	);
	await settled();
	return {
		explorer,
		stdout,
		copied,
		saved,
		quits,
		contexts,
		frame({isStyled = false} = {}) {
			const frame = stdout.frames.at(-1) ?? '';
			return isStyled ? frame : plain(frame);
		},
		async press(...keys) {
			for (const key of keys) {
				stdin.write(key);
				if (key === '\u{1B}') {
					// Ink waits a moment for the rest of a sequence.
					await new Promise((resolve) => {
						setTimeout(resolve, 30);
					});
				}

				await settled();
			}
		},
		settled,
		async shown(text, timeout = 60_000) {
			await vi.waitFor(
				async () => {
					await settled();
					expect(plain(stdout.frames.at(-1) ?? '')).toContain(text);
				},
				{timeout},
			);
		},
		async resize(width, height) {
			stdout.columns = width;
			stdout.rows = height;
			stdout.emit('resize');
			await settled();
			await settled();
		},
		close() {
			instance.unmount();
			explorer.close();
		},
	};
};
