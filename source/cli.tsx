/* eslint-disable unicorn/no-process-exit -- This is the command line's one way out: whatever a command left open must not keep the process. */
import process from 'node:process';
import manifest from '../package.json' with {type: 'json'};
import {type Flags} from './commands/flags.js';

const {version} = manifest;

/**
`kubectl liqoscope` runs a program called `kubectl-liqoscope`.
*/
const programName = (): string =>
	/\bkubectl-liqoscope(?:\.[a-z]+)?$/v.test(process.argv[1] ?? '')
		? 'kubectl liqoscope'
		: 'liqoscope';

const signals = {SIGINT: 2, SIGTERM: 15, SIGHUP: 1} as const;

/**
Aborts when the process is asked to end; the second time it ends at once.
*/
const listenForSignals = (): {
	readonly signal: AbortSignal;
	received(): number | undefined;
} => {
	const controller = new AbortController();
	let received: number | undefined;
	const listen = (name: keyof typeof signals): void => {
		process.on(name, () => {
			if (received !== undefined) {
				process.exit(128 + signals[name]);
			}

			received = signals[name];
			controller.abort();
		});
	};

	listen('SIGINT');
	listen('SIGTERM');
	listen('SIGHUP');
	return {signal: controller.signal, received: () => received};
};

/**
A reader that has seen enough (`| head`) is no failure; a terminal that is gone (EIO) is a hang-up.
*/
const endQuietlyWithoutReader = (): void => {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EIO') {
			process.exit(129);
		}

		if (error.code !== 'EPIPE') {
			throw error;
		}

		process.exit(0);
	});
};

const drained = async (): Promise<void> =>
	new Promise((resolve) => {
		process.stdout.write('', () => {
			process.stderr.write('', () => {
				resolve();
			});
		});
	});

/**
Ink's own colours know nothing of NO_COLOR; the variable they know must be set before Ink is loaded.
*/
const applyColorWish = (): void => {
	const {NO_COLOR: noColor, TERM: terminal} = process.env;
	if (
		terminal === 'dumb' ||
		process.argv.includes('--no-color') ||
		(noColor ?? '') !== ''
	) {
		process.env.FORCE_COLOR = '0';
	}
};

const main = async (): Promise<number> => {
	endQuietlyWithoutReader();
	applyColorWish();
	const [{default: meow}, {commandSpecs}, {parserFlags, runCommandLine}] =
		await Promise.all([
			import('meow'),
			import('./commands/index.js'),
			import('./commands/run-command-line.js'),
		]);
	const {signal, received} = listenForSignals();
	const code = await runCommandLine(
		process.argv.slice(2),
		(canonical) =>
			meow({
				importMeta: import.meta,
				pkg: manifest,
				argv: [...canonical],
				autoHelp: false,
				autoVersion: false,
				flags: parserFlags(),
			}).flags as unknown as Flags,
		commandSpecs,
		{
			env: process.env,
			stdin: process.stdin,
			stdout: process.stdout,
			stderr: process.stderr,
			signal,
			program: programName(),
			version,
		},
	);
	const number = received();
	return number === undefined ? code : 128 + number;
};

if (process.argv.length === 3 && process.argv[2] === '--version') {
	process.stdout.write(`${version}\n`);
} else {
	try {
		const code = await main();
		await drained();
		process.exit(code);
	} catch (error) {
		process.stderr.write(
			`liqoscope made a mistake and ends: ${error instanceof Error ? error.message : String(error)}\n${
				process.env.LIQOSCOPE_DEBUG !== undefined && error instanceof Error
					? `${error.stack}\n`
					: 'Set LIQOSCOPE_DEBUG=1 to see where.\n'
			}`,
		);
		// EX_SOFTWARE of sysexits: nothing the user did.
		process.exit(70);
	}
}
