import {Readable} from 'node:stream';
import meow from 'meow';
import {type Flags} from '../../../source/commands/flags.js';
import {commandSpecs} from '../../../source/commands/index.js';
import {
	parserFlags,
	runCommandLine,
} from '../../../source/commands/run-command-line.js';

export type Ran = {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
};

/**
Runs a command line as the binary does, with streams that are kept.
*/
export const runLine = async (
	argv: readonly string[],
	{
		stdin = '',
		env = {},
		signal = new AbortController().signal,
		onStdout,
		onStderr,
	}: {
		stdin?: string;
		env?: Record<string, string | undefined>;
		signal?: AbortSignal;
		onStdout?: (text: string) => void;
		onStderr?: (text: string) => void;
	} = {},
): Promise<Ran> => {
	let stdout = '';
	let stderr = '';
	const code = await runCommandLine(
		argv,
		(canonical) =>
			meow({
				importMeta: import.meta,
				argv: [...canonical],
				autoHelp: false,
				autoVersion: false,
				flags: parserFlags(),
			}).flags as unknown as Flags,
		commandSpecs,
		{
			env,
			stdin: Readable.from([stdin]),
			stdout: {
				write(text) {
					stdout += text;
					onStdout?.(text);
				},
			},
			stderr: {
				write(text) {
					stderr += text;
					onStderr?.(text);
				},
			},
			signal,
			program: 'liqoscope',
			version: '1.2.3',
		},
	);
	return {code, stdout, stderr};
};
