import {parseFilter} from '../filter.js';
import {type Explorer} from '../explorer.js';
import {type Screen} from '../reducer/state.js';
import {type ViewRow} from './view.js';
import {views} from './index.js';

export type ViewScreenState = Extract<Screen, {kind: 'view'}>;

/**
The rows of a view that pass its filter.
*/
export const rowsOfView = (
	explorer: Explorer,
	screen: ViewScreenState,
): readonly ViewRow[] => {
	const rows = views[screen.view].rows(explorer, screen.target);
	const filter = parseFilter(screen.filter);
	return screen.filter.trim() === '' || !filter.isValid
		? rows
		: rows.filter(({cells}) =>
				filter.matches({
					text: cells.map(({text}) => text).join(' '),
					labels: {},
				}),
			);
};

/**
Where the cursor of a view is now.
*/
export const placeInView = (
	rows: readonly ViewRow[],
	{key, index}: ViewScreenState['cursor'],
): number => {
	if (key === undefined) {
		return 0;
	}

	const found = rows.findIndex((row) => row.key === key);
	return found === -1 ? Math.max(0, Math.min(index, rows.length - 1)) : found;
};
