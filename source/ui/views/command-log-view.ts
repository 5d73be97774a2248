import {formatTime} from '../../core/time.js';
import {isPassedOver} from '../../core/undo.js';
import {type LogEntry} from '../fix/command-log.js';
import {type View} from './view.js';

const stateOf = ({problem, history, isUndone, change}: LogEntry): string => {
	if (problem !== undefined) {
		return 'refused';
	}

	if (history !== undefined) {
		return history;
	}

	return isUndone && !isPassedOver(change) ? 'undone' : 'done';
};

/**
Every write of ours, newest first, as kubectl would do it.
*/
export const commandLogView: View = {
	id: 'command-log',
	title: 'Command log',
	nothing: 'Nothing was written in this session.',
	columns: () => [
		{id: 'time', title: 'TIME', priority: 1},
		{id: 'state', title: 'STATE', priority: 0},
		{id: 'reason', title: 'WHAT FOR', priority: 0},
		{id: 'command', title: 'COMMAND', priority: 1, isSentence: true},
	],
	rows: ({log}) =>
		log
			.entries()
			.map((entry, index) => ({
				key: String(index),
				level:
					entry.problem === undefined ? ('fine' as const) : ('error' as const),
				text: entry.command,
				cells: [
					{text: formatTime(entry.time).slice(11, 19)},
					{text: stateOf(entry)},
					{text: entry.problem ?? entry.change.reason},
					{text: entry.command.replaceAll(/\s+/gv, ' ')},
				],
			}))
			.toReversed(),
	sayOf: ({cells}) => [
		{text: cells[2]?.text ?? ''},
		{text: '  $ ', tone: 'dim'},
		{text: cells[3]?.text ?? '', tone: 'info'},
	],
};
