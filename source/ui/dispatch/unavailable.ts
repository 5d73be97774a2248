import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';
import {planOf} from '../fix/fix-plan.js';
import {findingOfDocument} from '../findings/row-findings.js';
import {currentFix} from '../fix/fix-state.js';
import {rowsOfView} from '../views/visible-view.js';

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
A command log has commands, not objects; a text without an object has nothing to fix.
*/
const whenNoObject: Reason = ({ui}) => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'view' && screen.view === 'command-log'
		? 'This is a list of commands; c copies one.'
		: undefined;
};

const whenNothingWrong: Reason = (explorer) => {
	const screen = explorer.ui.state().screens.at(-1);
	if (screen?.kind !== 'document') {
		return undefined;
	}

	return findingOfDocument(explorer, screen.document)
		? undefined
		: 'Nothing is known to be wrong with this.';
};

/**
A row of a view that is no finding has none to fix; what is wrong with its object is found in the panes.
*/
const whenNotFinding: Reason = ({ui}) => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'view' && screen.view !== 'findings'
		? 'These rows are no findings; :findings has them all.'
		: undefined;
};

const first =
	(...all: readonly Reason[]): Reason =>
	(explorer) => {
		for (const reason of all) {
			const found = reason(explorer);
			if (found !== undefined) {
				return found;
			}
		}

		return undefined;
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

	if (fix?.step === 'review' && !explorer.ports.send) {
		return explorer.session.isReadOnly
			? 'Nothing is written in a read-only run: c copies the commands.'
			: 'Nothing can be written in this session: c copies the commands.';
	}

	return fix?.step === 'send' || fix?.step === 'wait'
		? 'It is on its way.'
		: undefined;
};

const whenNothingPlanned: Reason = (explorer) => {
	const screen = explorer.ui.state().screens.at(-1);
	return screen?.kind === 'view' && rowsOfView(explorer, screen).length === 0
		? 'Nothing drifts: there is nothing to write.'
		: undefined;
};

/**
A name that confirms is typed by hand, so that it is meant.
*/
const whenConfirming: Reason = (explorer) =>
	currentFix(explorer)?.step === 'confirm'
		? 'The name has to be typed in full.'
		: undefined;

/**
Why a command cannot be done at the moment, in a sentence that says what to do instead; nothing when it can.
*/
const reasons: Partial<Record<CommandId, Reason>> = {
	fix: first(whenNoObject, whenNotFinding, whenStale, whenNothingWrong),
	explain: whenNoObject,
	edit: whenNoObject,
	describe: whenNoObject,
	yaml: whenNoObject,
	events: whenNoObject,
	apply: first(whenNothingToApply, whenStale),
	'apply-planned': whenNothingPlanned,
	'apply-plan': whenNothingPlanned,
	complete: whenConfirming,
	undo: whenStale,
	redo: whenStale,
};

export const whyNot = (
	command: CommandId,
	explorer: Explorer,
): string | undefined => reasons[command]?.(explorer);
