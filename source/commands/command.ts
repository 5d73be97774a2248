import {type ExitCode} from './exit-code.js';
import {type Flags} from './flags.js';

/**
Where a command writes.
*/
export type Output = {
	write(text: string): unknown;
	readonly isTTY?: boolean | undefined;
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
};

/**
What a command is given: nothing else reads the arguments, the environment or the streams of the process.
*/
export type CommandContext = {
	/**
	What follows the command's own name and is no flag.
	*/
	readonly args: readonly string[];
	readonly flags: Flags;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdin: NodeJS.ReadableStream & {readonly isTTY?: boolean};
	/**
	Data.
	*/
	readonly stdout: Output;
	/**
	Talk.
	*/
	readonly stderr: Output;
	/**
	Aborted when the user or the system wants the process to end.
	*/
	readonly signal: AbortSignal;
	/**
	`liqoscope`, or `kubectl liqoscope` when kubectl started it.
	*/
	readonly program: string;
	readonly version: string;
	/**
	All commands, for those that speak about them.
	*/
	readonly commands: readonly CommandSpec[];
};

/**
Runs a command to its end. Expected failures are told on stderr and by the exit code; a throw is a mistake in the program.
*/
export type RunCommand = (context: CommandContext) => Promise<ExitCode>;

/**
One command of the binary. Its flags are those of the flag table that name it.
*/
export type CommandSpec = {
	readonly name: string;
	/**
	What stands for its arguments in help, e.g. `[NAMESPACE...]`.
	*/
	readonly usage?: string;
	/**
	One line, lower case, no full stop.
	*/
	readonly summary: string;
	/**
	Words the first argument may be, for completion and for typing errors.
	*/
	readonly words?: readonly string[];
	/**
	How many arguments it takes at least and at most.

	@default [0, 0]
	*/
	readonly count?: readonly [least: number, most: number];
	/**
	Lines shown under EXAMPLES, without the program's name.
	*/
	readonly examples?: readonly string[];
	/**
	Milliseconds it may take to tidy up after `signal` is aborted, before the process ends without it.

	@default 500
	*/
	readonly grace?: number;
	load(): Promise<{readonly run: RunCommand}>;
};
