import {type Finding} from '../../core/findings/finding.js';
import {type Answers} from '../../core/remedies/offer.js';
import {say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {chooseOffer} from '../fix/fix-commands.js';
import {openFix} from '../fix/fix-state.js';
import {ownWish} from '../fix/own-wish.js';
import {rulesOf} from '../rules.js';
import {type ViewRow} from './view.js';

const review = (
	explorer: Explorer,
	object: Finding['object'],
	{message, given}: {readonly message: string; readonly given: Answers},
): void => {
	openFix(
		explorer,
		ownWish({
			id: 'plan',
			title: 'Write what the controllers would write',
			object,
			message,
			consequence: 'What drifts is as the controllers would have it.',
			offers: [
				{
					remedy: 'apply-plan',
					title: 'Make the writes',
					given: {...given, rules: rulesOf(explorer.session)},
				},
			],
		}),
	);
	chooseOffer(explorer, 0);
};

/**
Reviews planned writes: those of the rows.
*/
export const reviewPlanned = (
	explorer: Explorer,
	rows: readonly ViewRow[],
): void => {
	const planned = rows.flatMap((row) => row.planned ?? []);
	const [first] = planned;
	if (first === undefined) {
		say(
			explorer,
			rows.length === 0
				? 'Nothing drifts: there is nothing to write.'
				: 'Events, and what the providers do themselves, are left to the controllers.',
		);
		return;
	}

	review(explorer, first.object, {
		message:
			planned.length === 1
				? `${rows.find((row) => row.planned)?.planned?.reason ?? ''}.`
				: `The controllers would make ${planned.length} writes.`,
		given: {changes: planned.map(({key}) => key).join('\n')},
	});
};
