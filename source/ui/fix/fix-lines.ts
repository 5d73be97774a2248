import {type Batch, countAlike} from '../../core/remedies/batch.js';
import {remedyOf} from '../../core/remedies/index.js';
import {type Input} from '../../core/remedies/remedy.js';
import {sanitize} from '../../core/sanitize.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {type Line, line} from '../line.js';
import {type Fix} from '../reducer/state.js';
import {changeLines} from './change-lines.js';
import {choiceText} from './choice-text.js';
import {alikeOf, batchOf, missingInput, offerOf, planOf} from './fix-plan.js';
import {namesOf} from './story-lines.js';

/**
More objects than these are not spelled out; what they get is the same.
*/
const mostSpelledOut = 100;

const warningLines = (irreversible: string | undefined): readonly Line[] =>
	irreversible === undefined
		? []
		: [line(sanitize(`This cannot be undone: ${irreversible}.`), 'warning')];

/**
Columns that the text of a fix has.
*/
export const widthOf = ({ui}: Explorer): number => ui.state().size.width - 3;

const batchLines = (
	explorer: Explorer,
	{members, left}: Batch,
	irreversible: string | undefined,
): readonly Line[] => {
	const writing = members.filter(({changes}) => changes.length > 0);
	const hidden = writing.length - mostSpelledOut;
	return [
		line(
			`${countAlike(members.map(({finding}) => finding))}, one after the other; the first refusal ends it.${irreversible === undefined ? ' Each can be undone by itself.' : ''}`,
			'strong',
		),
		...warningLines(irreversible),
		...left.map(({finding, reason}) =>
			line(
				sanitize(
					`Left alone: ${finding.namespace ?? finding.object.name}: ${reason}`,
				),
				'warning',
			),
		),
		...writing
			.slice(0, mostSpelledOut)
			.flatMap(({changes}) =>
				changes.flatMap((change) =>
					changeLines(change, explorer.world, widthOf(explorer)),
				),
			),
		...(hidden > 0
			? [line(`and ${hidden} more like these; c copies all commands`, 'dim')]
			: []),
	];
};

const scopeLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	const alike = alikeOf(explorer, fix);
	return fix.isForAll
		? [line('The choices above mean this one object again.')]
		: [
				line(
					sanitize(
						`The choice is then made for all of them: ${namesOf(alike)}.`,
					),
				),
				line(
					'One review shows every write and all who are affected; it stops at the first refusal.',
				),
			];
};

/**
Columns that a choice has beside the cursor.
*/
export const choiceWidth = ({ui}: Explorer): number =>
	ui.state().size.width - 4;

/**
What the highlighted choice brings about, where there was no room to say it in its line.
*/
const bringsLine = (explorer: Explorer, fix: Fix): Line | undefined => {
	const {effect} = offerOf(fix)!;
	return effect === undefined ||
		fix.step !== 'choose' ||
		choiceText(fix, fix.offer, choiceWidth(explorer)).hasEffect
		? undefined
		: line(sanitize(`Effect: ${shortIds(effect)}`), 'strong');
};

/**
What the highlighted choice would write.
*/
export const planLines = (explorer: Explorer, fix: Fix): readonly Line[] => {
	if (fix.offer >= fix.finding.offers.length && fix.finding.offers.length > 0) {
		return scopeLines(explorer, fix);
	}

	const batch = batchOf(explorer, fix);
	if (batch) {
		return batchLines(explorer, batch, remedyOf(offerOf(fix)!).irreversible);
	}

	const plan = planOf(explorer, fix);
	switch (plan?.outcome) {
		case 'changes': {
			const {irreversible} = remedyOf(offerOf(fix)!);
			const brings = bringsLine(explorer, fix);
			return [
				...(brings === undefined ? [] : [brings]),
				...warningLines(irreversible),
				...plan.changes.flatMap((change) =>
					changeLines(change, explorer.world, widthOf(explorer)),
				),
			];
		}

		case 'refusal': {
			return [line(sanitize(plan.reason), 'warning')];
		}

		case 'instruction': {
			return [
				line(
					sanitize(`Nothing is written from here. For ${plan.who}:`),
					'strong',
				),
				...plan.steps.map((step, index): Line => [
					{text: `${index + 1}. `},
					{text: sanitize(step)},
				]),
				line(
					'c copies this with the evidence, s saves it to a file, to send along.',
					'dim',
				),
			];
		}

		case undefined: {
			const input = missingInput(fix);
			return input
				? [line(inputLead(input), 'dim')]
				: [line('Nothing can be done about this from here.', 'dim')];
		}
	}
};

const inputLead = ({kind, title}: Input): string =>
	kind === 'selector'
		? 'Opens the selector editor, with live matches; nothing is written before the review.'
		: `Asks for: ${title}`;
