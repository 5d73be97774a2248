import {sanitize} from '../../core/sanitize.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';

/**
Says that something does not exist.
*/
export const notFound = ({stderr}: CommandContext, what: string): ExitCode => {
	stderr.write(`${sanitize(what)}\n`);
	return exitCodes.usage;
};
