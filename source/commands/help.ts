import {type RunCommand} from './command.js';
import {exitCodes} from './exit-code.js';
import {commandHelp, programHelp} from './help-text.js';
import {nearest} from './nearest.js';

/**
Prints help on stdout: it was asked for, so it is data.
*/
export const run: RunCommand = async ({
	args,
	commands,
	program,
	stdout,
	stderr,
}) => {
	const [name] = args;
	if (name === undefined) {
		stdout.write(programHelp(program, commands));
		return exitCodes.fine;
	}

	const spec = commands.find((candidate) => candidate.name === name);
	if (spec === undefined) {
		const meant = nearest(
			name,
			commands.map((candidate) => candidate.name),
		);
		stderr.write(
			`There is no command "${name}"${meant === undefined ? '.' : `: did you mean "${meant}"?`}\n`,
		);
		return exitCodes.usage;
	}

	stdout.write(commandHelp(program, spec));
	return exitCodes.fine;
};
