import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';

type Reason = (explorer: Explorer) => string | undefined;

/**
Why a command cannot be done at the moment, in a sentence that says what to do instead; nothing when it can.
*/
const reasons: Partial<Record<CommandId, Reason>> = {};

export const whyNot = (
	command: CommandId,
	explorer: Explorer,
): string | undefined => reasons[command]?.(explorer);
