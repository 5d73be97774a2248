import {type World} from '../world.js';
import {type DescribedRowSet} from './described-row-set.js';
import {driftMark} from './offloadings.js';

/**
The same rows, with a mark behind the cells for which the controllers have something to write.
*/
export const markDrift = <Row>(
	rows: DescribedRowSet<Row>,
	isDrifting: (row: Row, column: string, world: World) => boolean,
): DescribedRowSet<Row> => ({
	...rows,
	cellsOf(row, world, now) {
		const columns = rows.columns(world);
		return rows.cellsOf(row, world, now).map((cell, index) => {
			const column = columns[index]?.id;
			return column !== undefined && isDrifting(row, column, world)
				? {...cell, text: `${cell.text}${driftMark}`}
				: cell;
		});
	},
});
