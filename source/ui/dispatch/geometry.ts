import {type Explorer} from '../explorer.js';
import {
	type Layout,
	layOutPanes,
	type PaneRows,
	sentenceHeight,
	type Size,
} from '../layout.js';
import {type PaneId, paneIds, type UiState} from '../reducer/state.js';

/**
Lines of a pane that are no rows: its title and its column titles.
*/
export const paneFrameHeight = 2;

/**
Lines of a full-window screen that are not its content: title, rule and keys.
*/
export const screenFrameHeight = 3;

/**
Rows of all panes, whatever they are narrowed to: the panes do not move while one filters.
*/
const rowsOfPanes = ({panes}: Explorer): PaneRows =>
	Object.fromEntries(
		paneIds.map((id) => [
			id,
			panes[id].access().state === 'syncing' ? undefined : panes[id].total(),
		]),
	) as PaneRows;

/**
Where the panes are now.
*/
export const layoutOf = (explorer: Explorer): Layout => {
	const state = explorer.ui.state();
	return layOutPanes(state.size, {...state, rows: rowsOfPanes(explorer)});
};

/**
How many rows a pane shows at once.
*/
export const rowsInPane = (explorer: Explorer, pane: PaneId): number => {
	const place = layoutOf(explorer)
		.bands.flat()
		.find(({id}) => id === pane);
	return Math.max(1, (place?.height ?? 0) - paneFrameHeight);
};

/**
How many lines a document or a view shows at once.
*/
export const linesInScreen = (state: UiState): number =>
	Math.max(1, state.size.height - screenFrameHeight);

/**
How much room a full-window list has: for its rows, and below them for what is said about the selected one.
*/
export const layOutList = (
	size: Size,
): {
	readonly rows: number;
	readonly statusHeight: number;
	/**
	Between the two.
	*/
	readonly hasRule: boolean;
} => {
	const statusHeight = sentenceHeight(size);
	const hasRule = statusHeight > 1;
	// Title, column titles and keys.
	const frame = 3 + statusHeight + (hasRule ? 1 : 0);
	return {rows: Math.max(1, size.height - frame), statusHeight, hasRule};
};

/**
The first visible row, moved only as far as needed to show the one at `index`.
*/
export const scrollTo = (
	index: number,
	{
		top,
		height,
		count,
	}: {
		readonly top: number;
		readonly height: number;
		readonly count: number;
	},
): number => {
	const last = Math.max(0, count - height);
	const shown = Math.min(Math.max(top, index - height + 1), index);
	return Math.min(last, Math.max(0, shown));
};
