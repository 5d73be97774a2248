import {type Change} from '../../core/change.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {undoNow} from './command-log.js';

const sendOne = async (
	explorer: Explorer,
	one: Change,
	done: () => void,
	words: string,
) => {
	const answer = await explorer.ports.send!(one, false);
	if (answer.isOk) {
		done();
		say(explorer, `${words}: ${one.reason}`, 'fine');
	} else {
		say(explorer, answer.problem, 'error');
	}
};

/**
Takes our last write back, or does it again.
*/
export const undoCommands: Handlers = {
	undo(explorer) {
		const {log, world, ports} = explorer;
		const entry = log.lastDone();
		if (!entry || !ports.send) {
			say(explorer, 'There is no write of ours to undo.');
			return;
		}

		const inverse = undoNow(entry, world);
		if (typeof inverse === 'string') {
			say(explorer, inverse, 'warning');
			return;
		}

		void sendOne(
			explorer,
			inverse,
			() => {
				log.mark(entry, true);
			},
			'Undone',
		);
	},
	redo(explorer) {
		const {log, ports} = explorer;
		const entry = log.lastUndone();
		if (!entry || !ports.send) {
			say(explorer, 'There is no undone write to do again.');
			return;
		}

		const {precondition: _, ...again} = entry.change;
		void sendOne(
			explorer,
			again,
			() => {
				log.mark(entry, false);
			},
			'Done again',
		);
	},
};
