import {commandHelp, programHelp} from '../source/commands/help-text.js';
import {defaultCommand} from '../source/commands/parse-arguments.js';
import {commandSpecs} from '../source/commands/index.js';

const program = 'liqoscope';

const block = (text: string): string => `\`\`\`\n${text.trimEnd()}\n\`\`\`\n`;

/**
The page on the command line: what `help` prints, for all commands.
*/
export const commandsPage = (): string =>
	[
		'# Commands',
		'',
		'Generated from the command and flag tables by `npm run docs`.',
		'',
		block(programHelp(program, commandSpecs)),
		...commandSpecs
			.filter(({name}) => name !== defaultCommand)
			.map((spec) => `## ${spec.name}\n\n${block(commandHelp(program, spec))}`),
	].join('\n');
