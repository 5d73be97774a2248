import {formatTime} from '../../core/time.js';
import {kindCell, nameCell, type View} from './view.js';

const shownAtMost = 500;

/**
What changed while we were looking, newest first.
*/
export const timelineView: View = {
	id: 'timeline',
	title: 'Timeline',
	nothing: 'Nothing has changed since the explorer was opened.',
	columns: () => [
		{id: 'time', title: 'TIME', priority: 0},
		{id: 'kind', title: 'KIND', priority: 1},
		{id: 'object', title: 'OBJECT', priority: 0},
		{id: 'cluster', title: 'CLUSTER', priority: 2},
		{id: 'what', title: 'WHAT', priority: 0},
	],
	rows: ({timeline, world}) =>
		timeline
			.moments()
			.slice(-shownAtMost)
			.map(({time, target, what, level}, index) => ({
				key: `${time} ${index}`,
				level,
				target,
				text: what,
				cells: [
					{text: formatTime(time).slice(11, 19)},
					kindCell(target.kind),
					nameCell(target),
					{
						text: target.cluster === world.consumer.key ? '' : target.cluster,
					},
					{text: what},
				],
			}))
			.toReversed(),
	sayOf: ({text = ''}) => [{text}],
};
