import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';
import {planOf} from '../fix/fix-plan.js';
import {currentFix} from '../fix/fix-state.js';

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
In a guided fix there is something to apply only under review, or something to leave at its end.
*/
const whenNothingToApply: Reason = (explorer) => {
	const fix = currentFix(explorer);
	const plan = fix?.step === 'review' ? planOf(explorer, fix) : undefined;
	if (plan?.outcome === 'instruction') {
		return 'This is for somebody else to do: c copies what to send them, s saves it to a file.';
	}

	return fix?.step === 'send' || fix?.step === 'wait'
		? 'It is on its way.'
		: undefined;
};

/**
Why a command cannot be done at the moment, in a sentence that says what to do instead; nothing when it can.
*/
const reasons: Partial<Record<CommandId, Reason>> = {
	fix: whenStale,
	apply: (explorer) => whenStale(explorer) ?? whenNothingToApply(explorer),
	undo: whenStale,
	redo: whenStale,
};

export const whyNot = (
	command: CommandId,
	explorer: Explorer,
): string | undefined => reasons[command]?.(explorer);
