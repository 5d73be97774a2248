import process from 'node:process';
import xterm from '@xterm/headless';
import {spawn} from '@lydell/node-pty';

export type Exit = Readonly<{code: number; signal?: number}>;

/**
A program in a real pseudo-terminal, and what a person would see there.
*/
export type Pty = Readonly<{
	pid: number;
	/**
	The lines on the screen now, without trailing blanks.
	*/
	lines(): readonly string[];
	/**
	All lines joined.
	*/
	text(): string;
	/**
	Types; names as `\\r`, `\\t`, `\\u001B`.
	*/
	send(keys: string): void;
	resize(columns: number, rows: number): void;
	/**
	Settles as soon as the screen satisfies the condition, with the time of the epoch (milliseconds) when its bytes arrived;
	rejects with the screen when it does not in time.
	*/
	waitFor(
		what: string,
		isShown: (text: string) => boolean,
		deadline?: number,
	): Promise<number>;
	/**
	Settles with the time of the next output.
	*/
	nextOutput(deadline?: number): Promise<number>;
	/**
	Everything written so far, with its escape sequences.
	*/
	output(): string;
	exited: Promise<Exit>;
	kill(signal?: NodeJS.Signals): void;
}>;

export type PtyOptions = Readonly<{
	file: string;
	parameters?: readonly string[];
	columns?: number;
	rows?: number;
	env?: Readonly<Record<string, string | undefined>>;
	cwd?: string;
	/**
	Keeping all output costs memory in long runs.

	@default true
	*/
	keepsOutput?: boolean;
}>;

const now = (): number => performance.timeOrigin + performance.now();

type Waiter = Readonly<{
	isShown: (text: string) => boolean;
	settle: (at: number) => void;
}>;

export const startPty = (options: PtyOptions): Pty => {
	const {columns = 120, rows = 40} = options;
	const env: Record<string, string> = {TERM: 'xterm-256color'};
	for (const [name, value] of Object.entries({
		...process.env,
		TERM: 'xterm-256color',
		...options.env,
	})) {
		// A program that finds CI in its environment, even empty, takes itself for unwatched.
		if (
			value !== undefined &&
			name !== 'CI' &&
			name !== 'CONTINUOUS_INTEGRATION'
		) {
			env[name] = value;
		}
	}

	const terminal = new xterm.Terminal({
		cols: columns,
		rows,
		allowProposedApi: true,
		scrollback: 0,
	});
	const child = spawn(options.file, [...(options.parameters ?? [])], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		env,
		cwd: options.cwd ?? process.cwd(),
	});
	const waiters = new Set<Waiter>();
	const outputWaiters = new Set<(at: number) => void>();
	const chunks: string[] = [];
	let isOver = false;

	const lines = (): string[] => {
		const {active} = terminal.buffer;
		return Array.from(
			{length: terminal.rows},
			(_, row) =>
				active.getLine(active.baseY + row)?.translateToString(true) ?? '',
		);
	};

	const text = (): string => lines().join('\n');

	child.onData((data) => {
		const at = now();
		if (options.keepsOutput !== false) {
			chunks.push(data);
		}

		for (const settle of outputWaiters) {
			settle(at);
		}

		outputWaiters.clear();
		terminal.write(data, () => {
			if (waiters.size === 0) {
				return;
			}

			const shown = text();
			for (const waiter of waiters) {
				if (!waiter.isShown(shown)) {
					continue;
				}

				waiters.delete(waiter);
				waiter.settle(at);
			}
		});
	});
	// Device reports that programs ask for (cursor position, attributes) are answered as a terminal does.
	terminal.onData((data) => {
		if (!isOver) {
			child.write(data);
		}
	});
	const exited = new Promise<Exit>((resolve) => {
		child.onExit(({exitCode, signal}) => {
			isOver = true;
			resolve({
				code: exitCode,
				...(!(signal === undefined || signal === 0) && {signal}),
			});
		});
	});

	return {
		pid: child.pid,
		lines,
		text,
		send(keys) {
			child.write(keys);
		},
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		async waitFor(what, isShown, deadline = 10_000) {
			if (isShown(text())) {
				return now();
			}

			return new Promise((resolve, reject) => {
				const waiter: Waiter = {
					isShown,
					settle(at) {
						clearTimeout(timer);
						resolve(at);
					},
				};
				const timer = setTimeout(() => {
					waiters.delete(waiter);
					reject(
						new Error(
							`Not on the screen within ${deadline} ms: ${what}\n${text()}`,
						),
					);
				}, deadline);
				waiters.add(waiter);
			});
		},
		async nextOutput(deadline = 5000) {
			return new Promise((resolve, reject) => {
				const settle = (at: number) => {
					clearTimeout(timer);
					resolve(at);
				};

				const timer = setTimeout(() => {
					outputWaiters.delete(settle);
					reject(new Error(`No output within ${deadline} ms.`));
				}, deadline);
				outputWaiters.add(settle);
			});
		},
		output: () => chunks.join(''),
		exited,
		kill(signal = 'SIGKILL') {
			if (!isOver) {
				child.kill(signal);
			}
		},
	};
};
