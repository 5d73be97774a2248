import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';

type Reason = (explorer: Explorer) => string | undefined;

/**
What is known may be long past: a fix made from it could do harm.
*/
const whenStale: Reason = ({world}) => {
	const isStale = (
		['NamespaceOffloading', 'NamespaceMap', 'Node'] as const
	).some((kind) => world.consumer.access(kind).state === 'stale');
	return isStale
		? 'What is shown is stale; fixes are offered again once the connection is back.'
		: undefined;
};

/**
Why a command cannot be done at the moment, in a sentence that says what to do instead; nothing when it can.
*/
const reasons: Partial<Record<CommandId, Reason>> = {
	fix: whenStale,
	apply: whenStale,
	undo: whenStale,
	redo: whenStale,
};

export const whyNot = (
	command: CommandId,
	explorer: Explorer,
): string | undefined => reasons[command]?.(explorer);
