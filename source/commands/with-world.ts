import {sanitize} from '../core/sanitize.js';
import {type CommandContext} from './command.js';
import {type ExitCode, exitCodes} from './exit-code.js';
import {openWorld} from './open-world.js';
import {type OpenWorld} from './opened-world.js';

/**
Opens the world for one question and closes it again. Where it cannot be opened, that is the answer.
*/
export const withWorld = async (
	context: CommandContext,
	wanted: Parameters<typeof openWorld>[1],
	answer: (open: OpenWorld) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> => {
	const result = await openWorld(context, wanted);
	if (!result.isOk) {
		context.stderr.write(`${sanitize(result.message)}\n`);
		return result.code;
	}

	try {
		return await answer(result.value);
	} finally {
		await result.value.close();
	}
};

/**
Where nothing is known of Liqo, says so; absent where something is.
*/
export const refuseWithoutLiqo = (
	{stderr}: CommandContext,
	{world: {consumer}, isSaved}: OpenWorld,
	purpose: string,
): ExitCode | undefined => {
	if (consumer.generation !== undefined) {
		return undefined;
	}

	stderr.write(
		`${sanitize(consumer.title)} ${isSaved ? "holds none of Liqo's objects" : "does not serve Liqo's API"}: there is nothing to ${purpose}.\n`,
	);
	return isSaved ? exitCodes.usage : exitCodes.connection;
};
