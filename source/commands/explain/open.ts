import {type KindName} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {type Rules} from '../../core/reconcilers/reconciler.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {type OpenWorld, openWorld} from '../open-world.js';

/**
The rules that `--rules` names; an installed Liqo's unless told otherwise.
*/
export const rulesOf = ({flags}: CommandContext): Rules =>
	flags.rules === 'corrected' ? 'corrected' : 'upstream';

/**
Opens the world for one question and closes it again. Without Liqo's API there is no answer.
*/
export const withWorld = async (
	context: CommandContext,
	kinds: readonly KindName[],
	answer: (open: OpenWorld) => ExitCode,
): Promise<ExitCode> => {
	const {stderr} = context;
	const result = await openWorld(context, kinds);
	if (!result.isOk) {
		stderr.write(`${sanitize(result.message)}\n`);
		return result.code;
	}

	try {
		return answer(result.value);
	} finally {
		await result.value.close();
	}
};

/**
Says that something does not exist.
*/
export const notFound = ({stderr}: CommandContext, what: string): ExitCode => {
	stderr.write(`${sanitize(what)}\n`);
	return exitCodes.usage;
};
