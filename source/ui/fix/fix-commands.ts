import {type Change} from '../../core/change.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {type SelectorTerm} from '../../core/model.js';
import {type Finding} from '../../core/findings/finding.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {type KeyPress} from '../key-name.js';
import {type Fix, type Message} from '../reducer/state.js';
import {editField, emptyField, fieldWith} from '../reducer/text-field.js';
import {startEdit} from '../selector/selector-edit.js';
import {inverseOf} from './command-log.js';
import {isDestructive, missingInput, planOf, stillThere} from './fix-plan.js';
import {isDeletionOf, untilGone} from './until-gone.js';

export const currentFix = ({ui}: Explorer): Fix | undefined => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'fix' ? screen.fix : undefined;
};

const change = (explorer: Explorer, part: Partial<Fix>) => {
	const fix = currentFix(explorer);
	if (fix) {
		explorer.ui.dispatch({
			type: 'replace',
			screen: {kind: 'fix', fix: {...fix, ...part}},
		});
	}
};

/**
What the selector editor came back with.
*/
export const giveSelector = (
	explorer: Explorer,
	terms: readonly SelectorTerm[],
): void => {
	explorer.ui.dispatch({type: 'pop'});
	giveAnswer(explorer, JSON.stringify(terms));
};

export const openFix = ({ui}: Explorer, finding: Finding): void => {
	ui.dispatch({
		type: 'push',
		screen: {
			kind: 'fix',
			fix: {
				finding,
				step: 'choose',
				offer: 0,
				answers: {},
				field: emptyField,
				dryRun: undefined,
				receipts: [],
				since: 0,
			},
		},
	});
};

/**
Asks the server what it thinks of the first change; the others may build on it.
*/
const askServer = async (explorer: Explorer, changes: readonly Change[]) => {
	const {send} = explorer.ports;
	const [first] = changes;
	if (!send || !first) {
		return;
	}

	const answer = await send(first, true);
	const dryRun: Message = answer.isOk
		? {text: 'Server dry run: accepted.', level: 'fine'}
		: {text: `Server dry run: refused. ${answer.problem}`, level: 'error'};
	if (currentFix(explorer)?.step === 'review') {
		change(explorer, {dryRun});
	}
};

/**
A selector is not typed as text: its editor opens over the fix, and comes back with the answer.
*/
const canOpenSelectorFor = (
	{ui, world}: Explorer,
	namespace: string,
): boolean => {
	const edit = startEdit(world, namespace, true);
	if (!edit) {
		return false;
	}

	ui.dispatch({type: 'push', screen: {kind: 'selector', edit}});
	return true;
};

/**
The next step of a chosen offer: what it still needs, else what it would write.
*/
const goOn = (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	const input = missingInput(fix);
	if (
		input?.kind === 'selector' &&
		canOpenSelectorFor(explorer, fix.finding.namespace ?? '')
	) {
		return;
	}

	if (input) {
		change(explorer, {
			step: 'answer',
			field: fieldWith(fix.answers[input.id] ?? ''),
		});
		return;
	}

	change(explorer, {step: 'review', dryRun: undefined});
	const plan = planOf(explorer, fix);
	if (plan?.outcome === 'changes') {
		void askServer(explorer, plan.changes);
	}
};

export const highlightOffer = (explorer: Explorer, offer: number): void => {
	if (currentFix(explorer)?.offer !== offer) {
		change(explorer, {offer});
	}
};

export const chooseOffer = (explorer: Explorer, offer: number): void => {
	change(explorer, {offer, answers: {}});
	goOn(explorer);
};

export const giveAnswer = (explorer: Explorer, value: string): void => {
	const fix = currentFix(explorer)!;
	const input = missingInput(fix);
	if (!input || value === '') {
		return;
	}

	const problem = input.check?.(value, fix.finding, explorer.world);
	if (problem !== undefined) {
		say(explorer, problem, 'warning');
		return;
	}

	change(explorer, {answers: {...fix.answers, [input.id]: value}});
	goOn(explorer);
};

/**
Sends changes one after the other; the first refusal ends it. What was done and what was not is said.
*/
const sendAll = async (explorer: Explorer, changes: readonly Change[]) => {
	const {ports, world, log} = explorer;
	const receipts: Message[] = [];
	for (const [index, one] of changes.entries()) {
		const isMadeAnew =
			one.verb === 'create' &&
			changes.slice(0, index).some((before) => isDeletionOf(before, one));
		if (isMadeAnew) {
			// eslint-disable-next-line no-await-in-loop -- A new object cannot have the name of one that is still being deleted.
			await untilGone(explorer, one);
		}

		const inverse = inverseOf(one, world);
		// The order matters, and the first refusal ends it.
		// eslint-disable-next-line no-await-in-loop
		const answer = await ports.send!(one, false);
		const problem = answer.isOk ? undefined : answer.problem;
		log.add({time: ports.now(), change: one, problem, inverse});
		receipts.push(
			problem === undefined
				? {text: `Done: ${one.reason}`, level: 'fine'}
				: {text: `Refused: ${problem}`, level: 'error'},
		);
		if (problem !== undefined) {
			const left = changes.length - index - 1;
			if (left > 0) {
				receipts.push({text: `Not tried: ${left} more.`, level: 'warning'});
			}

			change(explorer, {receipts, step: 'done'});
			return;
		}

		change(explorer, {receipts});
	}

	change(explorer, {receipts, step: 'wait', since: ports.now()});
};

const apply = (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	const plan = planOf(explorer, fix);
	if (plan?.outcome !== 'changes') {
		return;
	}

	if (!explorer.ports.send) {
		say(
			explorer,
			'Nothing can be written in this session; c copies the command.',
			'warning',
		);
		return;
	}

	if (isDestructive(plan) && fix.step !== 'confirm') {
		change(explorer, {step: 'confirm', field: emptyField});
		return;
	}

	change(explorer, {step: 'send', receipts: []});
	void sendAll(explorer, plan.changes);
};

/**
The name that has to be typed before something is lost for good.
*/
export const nameToType = ({finding}: Fix): string =>
	finding.namespace ?? finding.object.name;

const confirm = (explorer: Explorer, fix: Fix) => {
	if (fix.field.text === nameToType(fix)) {
		apply(explorer);
	} else {
		say(explorer, `Type ${nameToType(fix)} to go on, or esc.`, 'warning');
	}
};

/**
Gives a key to the field that is open, where a value or a name is typed. False when there is none.
*/
export const isTakenByFix = (
	explorer: Explorer,
	{name, text}: KeyPress,
): boolean => {
	const fix = currentFix(explorer);
	if (fix?.step !== 'answer' && fix?.step !== 'confirm') {
		return false;
	}

	if (name === 'escape') {
		change(explorer, {step: 'choose', answers: {}});
	} else if (name === 'enter') {
		if (fix.step === 'answer') {
			giveAnswer(explorer, fix.field.text.trim());
		} else {
			confirm(explorer, fix);
		}
	} else if (name === 'tab' && fix.step === 'answer') {
		completeAnswer(explorer, fix);
	} else {
		const field = editField(fix.field, name, text);
		if (field) {
			change(explorer, {field});
		}
	}

	return true;
};

const completeAnswer = (explorer: Explorer, fix: Fix) => {
	const options =
		missingInput(fix)?.options?.(fix.finding, explorer.world) ?? [];
	const found = options.find(
		({value}) => value.startsWith(fix.field.text) && value !== fix.field.text,
	);
	if (found) {
		change(explorer, {field: fieldWith(found.value)});
	}
};

const copyPlan = (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	const plan = planOf(explorer, fix);
	if (plan?.outcome === 'changes') {
		const text = plan.changes.map((one) => kubectlCommand(one)).join('\n');
		say(explorer, explorer.ports.copy(`${text}\n`));
	} else if (plan?.outcome === 'instruction') {
		say(explorer, explorer.ports.copy(`${plan.steps.join('\n')}\n`));
	}
};

/**
Back by one step, as far as there are any.
*/
const stepBack = (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	if (fix.step === 'review') {
		change(explorer, {step: 'choose', answers: {}});
	} else {
		explorer.ui.dispatch({type: 'pop'});
	}
};

/**
What commands do in a guided fix.
*/
export const fixCommands: Handlers = {
	apply(explorer) {
		const fix = currentFix(explorer)!;
		if (fix.step === 'review') {
			apply(explorer);
		} else if (fix.step === 'done') {
			explorer.ui.dispatch({type: 'pop'});
		}
	},
	'copy-text': copyPlan,
	back: stepBack,
	leave: stepBack,
};

/**
An edit that no finding asked for.
*/
export const isOwnWish = ({evidence, severity}: Finding): boolean =>
	evidence.length === 0 && severity === 'info';

/**
The verdict, once the finding is gone.
*/
export const settleFix = (explorer: Explorer): void => {
	const fix = currentFix(explorer);
	if (fix?.step === 'wait' && !stillThere(explorer, fix.finding)) {
		change(explorer, {
			step: 'done',
			receipts: [
				...fix.receipts,
				{
					text: isOwnWish(fix.finding) ? 'Saved.' : 'The finding is gone.',
					level: 'fine',
				},
			],
		});
	}
};
