import {isPassedOver, redoOf, undoOf} from '../../core/undo.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {type History, type LogEntry} from './command-log.js';
import {chooseOffer} from './fix-commands.js';
import {openFix} from './fix-state.js';
import {ownWish} from './own-wish.js';

/**
Deleted pods are beside the point of undo: what their owner made instead cannot be told from them.
*/
const podsText = (entries: readonly LogEntry[], history: History): string => {
	const pods = entries.filter(({change}) => isPassedOver(change));
	const [first] = pods;
	if (first === undefined) {
		return '';
	}

	const which =
		pods.length === 1
			? `Pod ${first.change.object.name}`
			: `The ${pods.length} pods`;
	return history === 'undo'
		? ` ${which} deleted with it ${pods.length === 1 ? 'does' : 'do'} not come back: the owner has made ${pods.length === 1 ? 'another' : 'others'}.`
		: ' No pods are deleted this time.';
};

const words: Readonly<
	Record<
		History,
		{
			readonly title: string;
			readonly consequence: string;
			readonly remedy: 'undo-writes' | 'redo-writes';
		}
	>
> = {
	undo: {
		title: 'Undo',
		consequence: 'What was there before our last write is put back.',
		remedy: 'undo-writes',
	},
	redo: {
		title: 'Redo',
		consequence: 'What was taken back is written again.',
		remedy: 'redo-writes',
	},
};

/**
Reviews the way back (or forth again) like any other write: what changes, who is affected, what the server says.
*/
const review = (
	explorer: Explorer,
	history: History,
	entries: readonly LogEntry[],
) => {
	const written = entries.filter(({change}) => !isPassedOver(change));
	const {object} = written[0]!.change;
	const {title, consequence, remedy} = words[history];
	openFix(
		explorer,
		ownWish({
			id: history,
			title,
			object,
			message: written.map(({change: {reason}}) => reason).join(' '),
			consequence: `${consequence}${podsText(entries, history)}`,
			offers: [
				{
					remedy,
					title: history === 'undo' ? 'Take it back' : 'Do it again',
					given: {
						group: String(entries[0]!.group),
						writes: JSON.stringify(
							entries.map(({change, inverse}) => ({change, inverse})),
						),
					},
				},
			],
		}),
	);
	chooseOffer(explorer, 0);
};

const start =
	(history: History) =>
	(explorer: Explorer): void => {
		const {log, world, ports} = explorer;
		const entries = history === 'undo' ? log.lastDone() : log.lastUndone();
		if (entries.length === 0 || !ports.send) {
			say(
				explorer,
				history === 'undo'
					? 'There is no write of ours to undo.'
					: 'There is no undone write to do again.',
			);
			return;
		}

		const found =
			history === 'undo' ? undoOf(entries, world) : redoOf(entries, world);
		if (typeof found === 'string') {
			say(explorer, found, 'warning');
			return;
		}

		review(explorer, history, entries);
	};

/**
Takes our last write back, or does it again.
*/
export const undoCommands: Handlers = {
	undo: start('undo'),
	redo: start('redo'),
};
