import {briefOf} from '../findings/briefs.js';
import {type Finding} from '../findings/finding.js';
import {type Pod} from '../model.js';
import {type RowSet} from './row.js';

/**
The rows of pods, with what is known to be wrong before what kube-scheduler (or whoever it was) says: a brief where there is room for no more. Asked for the visible rows only, and not for
pods that run as they should.
*/
export const tellWhy = (
	rows: RowSet<Pod>,
	findingOf: (pod: Pod) => Finding | undefined,
): RowSet<Pod> => ({
	...rows,
	cellsOf(pod, world, now) {
		const place = rows.columns(world).findIndex(({id}) => id === 'why');
		return rows.cellsOf(pod, world, now).map((cell, index) => {
			const finding =
				index === place && cell.text !== '' ? findingOf(pod) : undefined;
			if (finding === undefined) {
				return cell;
			}

			const brief = briefOf(finding.id);
			return {
				text: `${brief}: ${cell.text}`,
				short: brief,
				level: finding.severity,
			};
		});
	},
});
