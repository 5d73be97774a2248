import {type Change} from '../../core/change.js';
import {type Finding} from '../../core/findings/finding.js';
import {type BatchMember} from '../../core/remedies/batch.js';
import {type Offer} from '../../core/remedies/offer.js';
import {say} from '../dispatch/handlers.js';
import {inverseOf} from '../../core/undo.js';
import {type Explorer} from '../explorer.js';
import {type Fix, type Message} from '../reducer/state.js';
import {type History} from './command-log.js';
import {findOut} from './find-out.js';
import {changeFix, fixWith} from './fix-state.js';
import {startReview} from './review.js';
import {isDeletionOf, untilGone} from './until-gone.js';

/**
How a write ended, in the words that are shown.
*/
type Ended =
	| {readonly type: 'done'; readonly words: string}
	| {readonly type: 'conflict'; readonly words: string}
	| {readonly type: 'failed'; readonly words: string};

/**
Sends one change and notes it. Where no answer came, reading tells whether it was done; it is never sent again.
*/
const sendOne = async (
	{ports, world, log}: Explorer,
	change: Change,
	{
		group,
		history,
		onDoubt,
	}: {
		readonly group: number;
		readonly history: History | undefined;
		readonly onDoubt: (words: string) => void;
	},
): Promise<Ended> => {
	const inverse = inverseOf(change, world);
	const note = (problem: string | undefined) => {
		log.add({
			time: ports.now(),
			change,
			problem,
			inverse,
			group,
			...(history !== undefined && {history}),
		});
	};

	const answer = await ports.send!(change, false);
	if (answer.isOk) {
		note(undefined);
		return {type: 'done', words: `Done: ${change.reason}`};
	}

	const {problem, isConflict = false, readAgain} = answer;
	if (!readAgain) {
		note(problem);
		return {
			type: isConflict ? 'conflict' : 'failed',
			words: `Refused: ${problem}`,
		};
	}

	onDoubt(`No answer: ${problem} Looking whether it was done…`);
	const verdict = await findOut(change, readAgain);
	if (verdict === 'done') {
		note(undefined);
		return {
			type: 'done',
			words: `Done, though no answer came: ${change.reason}`,
		};
	}

	note(problem);
	return {
		type: 'failed',
		words:
			verdict === 'not-done'
				? `Not done, as reading shows: ${problem}`
				: `Not known whether it was done; it is not sent again. ${problem}`,
	};
};

let groups = 0;

const nextGroup = (): number => {
	groups++;
	return groups;
};

/**
Which writes a wish takes back, or makes again; nothing for any other choice.
*/
const turnOf = ({
	remedy,
	given,
}: Offer): {readonly group: number; readonly history: History} | undefined =>
	remedy === 'undo-writes' || remedy === 'redo-writes'
		? {
				group: Number(given?.group),
				history: remedy === 'undo-writes' ? 'undo' : 'redo',
			}
		: undefined;

const nameOf = ({namespace, object}: Finding): string =>
	namespace ?? object.name;

const listOf = (names: readonly string[]): string =>
	`${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

/**
What was not done after a refusal: the rest of that object's changes, and the objects behind it.
*/
const restOf = (
	members: readonly BatchMember[],
	index: number,
	place: number,
): {readonly undone: readonly Change[]; readonly words: readonly string[]} => {
	const rest = members[index]!.changes.slice(place + 1);
	const others = members
		.slice(index + 1)
		.filter(({changes}) => changes.length > 0);
	return {
		undone: [
			...members[index]!.changes.slice(place),
			...others.flatMap(({changes}) => changes),
		],
		words: [
			...rest.map(({reason}) => `Not tried: ${reason}`),
			...(others.length === 0
				? []
				: [
						`Not tried: ${others.length} more: ${listOf(others.map(({finding}) => nameOf(finding)))}.`,
					]),
		],
	};
};

/**
Sends all changes one after the other; the first refusal ends it. What was done and what was not is said, also to whoever left the screen meanwhile.
*/
export const carryOut = async (
	explorer: Explorer,
	{id}: Fix,
	members: readonly BatchMember[],
): Promise<void> => {
	const receipts: Message[] = [];
	const treated: Finding[] = [];
	const show = (part: Partial<Fix> = {}) => {
		changeFix(explorer, id, {receipts: [...receipts], treated, ...part});
	};

	for (const [index, {finding, offer, changes}] of members.entries()) {
		const prefix = members.length > 1 ? `${nameOf(finding)}: ` : '';
		const group = nextGroup();
		const turned = turnOf(offer);
		const history = turned?.history;
		for (const [place, change] of changes.entries()) {
			const isMadeAnew =
				change.verb === 'create' &&
				changes.slice(0, place).some((before) => isDeletionOf(before, change));
			if (isMadeAnew) {
				// eslint-disable-next-line no-await-in-loop -- A new object cannot have the name of one that is still being deleted.
				await untilGone(explorer, change);
			}

			// The order matters, and the first refusal ends it.
			// eslint-disable-next-line no-await-in-loop
			const ended = await sendOne(explorer, change, {
				group,
				history,
				onDoubt(words) {
					receipts.push({text: `${prefix}${words}`, level: 'warning'});
					show();
				},
			});
			if (ended.type === 'conflict' && receipts.length === 0) {
				// Nothing was done yet: plan anew on what is there now.
				startReview(explorer, id, {
					notice: {
						text: 'Somebody changed it in between, and nothing was written. This is the plan for what is there now.',
						level: 'warning',
					},
				});
				return;
			}

			receipts.push({
				text: `${prefix}${ended.words}`,
				level: ended.type === 'done' ? 'fine' : 'error',
			});
			if (ended.type !== 'done') {
				const {undone, words} = restOf(members, index, place);
				receipts.push(
					...words.map((text): Message => ({text, level: 'warning'})),
				);
				show({step: 'done', undone});
				if (!fixWith(explorer, id)) {
					say(explorer, `${prefix}${ended.words}`, 'error');
				}

				return;
			}
		}

		if (turned) {
			explorer.log.mark(turned.group, turned.history);
		}

		treated.push(finding);
		show();
	}

	show({step: 'wait', since: explorer.ports.now()});
};
