import {type CommandContext, type CommandSpec} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {camelCase, type Flags, flagSpecs, type FlagSpec} from './flags.js';
import {parseArguments} from './parse-arguments.js';

/**
The flags of the table in the form that meow takes.
*/
export type ParserFlags = Record<
	string,
	{type: 'boolean' | 'string'; isMultiple?: true}
>;

export const parserFlags = (): ParserFlags =>
	Object.fromEntries(
		flagSpecs.map((spec: FlagSpec) => [
			camelCase(spec.name),
			{
				type:
					spec.type === 'boolean' ? ('boolean' as const) : ('string' as const),
				...(spec.type === 'texts' && {isMultiple: true as const}),
			},
		]),
	);

/**
Comes true some time after the process was told to end: a command that waits for input or for an answer does not hear of it.
*/
const outOfPatience = async (
	signal: AbortSignal,
	grace: number,
): Promise<ExitCode> =>
	new Promise((resolve) => {
		const wait = (): void => {
			setTimeout(() => {
				resolve(exitCodes.fine);
			}, grace);
		};

		if (signal.aborted) {
			wait();
		} else {
			signal.addEventListener('abort', wait, {once: true});
		}
	});

/**
Runs what a command line says and returns the exit code. `parseFlags` turns canonical flags (`--name=value`) into values.
*/
export const runCommandLine = async (
	argv: readonly string[],
	parseFlags: (canonical: readonly string[]) => Flags,
	commands: readonly CommandSpec[],
	context: Omit<CommandContext, 'args' | 'flags' | 'commands'>,
): Promise<ExitCode> => {
	const parsed = parseArguments(argv, commands);
	if (!parsed.isOk) {
		context.stderr.write(
			`${parsed.message}\nRun "${context.program} help" for what there is.\n`,
		);
		return exitCodes.usage;
	}

	const {command, args, canonical} = parsed.value;
	const spec = commands.find(({name}) => name === command);
	if (spec === undefined) {
		throw new Error(`No command is called ${command}.`);
	}

	const {run} = await spec.load();
	return Promise.race([
		run({...context, args, flags: parseFlags(canonical), commands}),
		outOfPatience(context.signal, spec.grace ?? 500),
	]);
};
