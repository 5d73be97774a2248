import {type SelectorTerm} from '../../core/model.js';
import {countAlike, whyNotForAll} from '../../core/remedies/batch.js';
import {instructionText} from '../../core/remedies/instruction-text.js';
import {kubectlCommand} from '../../core/kubectl-command.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {moved, type Movement, movements} from '../dispatch/move.js';
import {type Explorer} from '../explorer.js';
import {type KeyPress} from '../key-name.js';
import {type Fix} from '../reducer/state.js';
import {
	editField,
	emptyField,
	fieldWith,
	paste,
} from '../reducer/text-field.js';
import {startEdit} from '../selector/selector-edit.js';
import {carryOut} from './carry-out.js';
import {
	alikeOf,
	isDestructive,
	isOwnWish,
	membersOf,
	missingInput,
	offerOf,
	planOf,
	stillAmong,
} from './fix-plan.js';
import {
	changeCurrent,
	changeFix,
	currentFix,
	whyUnwritable,
} from './fix-state.js';
import {layOutFix} from './fix-layout.js';
import {isLosing, startReview} from './review.js';

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

/**
A selector is not typed as text: its editor opens over the fix, and comes back with the answer.
*/
const canOpenSelectorFor = (
	{ui, world}: Explorer,
	namespace: string,
	isAnswer: boolean,
): boolean => {
	const edit = startEdit(world, namespace, isAnswer);
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
		canOpenSelectorFor(explorer, fix.finding.namespace ?? '', true)
	) {
		return;
	}

	if (input) {
		changeCurrent(explorer, {
			step: 'answer',
			field: fieldWith(fix.answers[input.id] ?? ''),
		});
		return;
	}

	startReview(explorer, fix.id);
};

export const highlightOffer = (explorer: Explorer, offer: number): void => {
	if (currentFix(explorer)?.offer !== offer) {
		changeCurrent(explorer, {offer, top: 0});
	}
};

/**
Takes a choice. The one behind the last offer turns between this object and all that share the finding.
*/
export const chooseOffer = (explorer: Explorer, offer: number): void => {
	const fix = currentFix(explorer)!;
	if (offer === fix.finding.offers.length) {
		changeCurrent(explorer, {isForAll: !fix.isForAll, offer: 0, top: 0});
		return;
	}

	const chosen = fix.finding.offers[offer];
	const reason = fix.isForAll && chosen ? whyNotForAll(chosen) : undefined;
	if (reason !== undefined) {
		say(explorer, reason, 'warning');
		return;
	}

	changeCurrent(explorer, {offer, answers: {}});
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

	changeCurrent(explorer, {answers: {...fix.answers, [input.id]: value}});
	goOn(explorer);
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
			`${whyUnwritable(explorer)} c copies the commands.`,
			'warning',
		);
		return;
	}

	const isLost = isDestructive(plan) || isLosing(explorer, fix);
	if (isLost === undefined) {
		say(
			explorer,
			'Who is affected is still being counted; press enter again in a moment.',
			'warning',
		);
		return;
	}

	if (isLost && fix.step !== 'confirm') {
		changeCurrent(explorer, {step: 'confirm', field: emptyField});
		return;
	}

	const members = membersOf(explorer, fix);
	changeCurrent(explorer, {step: 'send', receipts: [], notice: undefined});
	void carryOut(explorer, fix, members);
};

/**
What has to be typed before something is lost for good.
*/
export const nameToType = (explorer: Explorer, fix: Fix): string =>
	fix.isForAll
		? `all ${countAlike(alikeOf(explorer, fix))}`
		: (fix.finding.namespace ?? fix.finding.object.name);

const confirm = (explorer: Explorer, fix: Fix) => {
	const name = nameToType(explorer, fix);
	if (fix.field.text.trim() === name) {
		apply(explorer);
	} else {
		say(explorer, `Type "${name}" to go on, or esc.`, 'warning');
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
		changeCurrent(
			explorer,
			fix.step === 'confirm' ? {step: 'review'} : {step: 'choose', answers: {}},
		);
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
			changeCurrent(explorer, {field});
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
		changeCurrent(explorer, {field: fieldWith(found.value)});
	}
};

/**
What somebody needs to do the same by hand: the commands, or the instruction with its evidence.
*/
const textOf = (explorer: Explorer, fix: Fix): string | undefined => {
	if (fix.undone.length > 0) {
		return fix.undone.map((one) => `${kubectlCommand(one)}\n`).join('');
	}

	const plan = planOf(explorer, fix);
	if (plan?.outcome === 'changes') {
		return plan.changes.map((one) => `${kubectlCommand(one)}\n`).join('');
	}

	return plan?.outcome === 'instruction'
		? instructionText(fix.finding, plan, offerOf(fix)?.title ?? '')
		: undefined;
};

const hand =
	(give: (explorer: Explorer, text: string, fix: Fix) => string) =>
	(explorer: Explorer): void => {
		const fix = currentFix(explorer)!;
		const text = textOf(explorer, fix);
		if (text === undefined) {
			say(explorer, 'There is nothing to hand on here.');
		} else {
			say(explorer, give(explorer, text, fix));
		}
	};

/**
Back by one step, as far as there are any.
*/
const stepBack = (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	const hasChoice = !isOwnWish(fix.finding) || fix.finding.offers.length > 1;
	if (fix.step === 'review' && hasChoice) {
		changeCurrent(explorer, {step: 'choose', answers: {}, top: 0});
		return;
	}

	explorer.ui.dispatch({type: 'pop'});
	if (fix.step === 'send') {
		say(explorer, 'It goes on behind this; @ shows what was written.');
	}
};

const scroll = (movement: Movement) => (explorer: Explorer) => {
	const fix = currentFix(explorer)!;
	const {count, height} = layOutFix(explorer, fix);
	const last = Math.max(0, count - height);
	const top = moved(movement, {index: Math.min(fix.top, last), count, height});
	changeCurrent(explorer, {top: Math.min(last, top)});
};

/**
What commands do in a guided fix.
*/
export const fixCommands: Handlers = {
	...(Object.fromEntries(
		movements.map((movement) => [movement, scroll(movement)]),
	) as Handlers),
	apply(explorer) {
		const fix = currentFix(explorer)!;
		if (fix.step === 'review') {
			apply(explorer);
		} else if (fix.step === 'done') {
			explorer.ui.dispatch({type: 'pop'});
		}
	},
	edit(explorer) {
		const {finding} = currentFix(explorer)!;
		if (!canOpenSelectorFor(explorer, finding.namespace ?? '', false)) {
			say(explorer, 'This is about no offloading.', 'warning');
		}
	},
	'copy-text': hand(({ports}, text) => ports.copy(text)),
	'save-text': hand(({ports}, text, {finding}) =>
		ports.saveText(
			[finding.id, finding.namespace ?? finding.object.name].join('-'),
			text,
		),
	),
	back: stepBack,
	leave: stepBack,
};

/**
Pasted text goes into the value being typed. False when there is none.
*/
export const isPastedIntoFix = (explorer: Explorer, text: string): boolean => {
	const fix = currentFix(explorer);
	if (fix?.step !== 'answer' && fix?.step !== 'confirm') {
		return false;
	}

	changeCurrent(explorer, {field: paste(fix.field, text)});
	return true;
};

const wishDone: Readonly<Record<string, string>> = {
	'undo-writes': 'Undone: it is as it was before.',
	'redo-writes': 'Done again.',
};

/**
The verdict, once all that was treated is gone.
*/
export const settleFix = (explorer: Explorer): void => {
	const fix = currentFix(explorer);
	if (
		fix?.step !== 'wait' ||
		(!isOwnWish(fix.finding) && stillAmong(explorer, fix.treated).length > 0)
	) {
		return;
	}

	const text =
		fix.treated.length > 1
			? `The finding is gone from all ${countAlike(fix.treated)}.`
			: 'The finding is gone.';
	const wish = wishDone[offerOf(fix)?.remedy ?? ''] ?? 'Saved.';
	changeFix(explorer, fix.id, {
		step: 'done',
		receipts: [
			...fix.receipts,
			{text: isOwnWish(fix.finding) ? wish : text, level: 'fine'},
		],
	});
};
