import {type PaneId, paneIds} from './reducer/state.js';

export type Size = {readonly width: number; readonly height: number};

export type Place = Size & {readonly id: PaneId | 'detail'};

/**
Bands of panes from top to bottom; inside a band from left to right, one column of separator between two.
*/
export type Layout = {
	readonly bands: ReadonlyArray<readonly Place[]>;
	/**
	At the right of all bands, over the whole height.
	*/
	readonly side: Place | undefined;
	readonly hasHeader: boolean;
	/**
	Lines of what is said about the selected row, under the panes.
	*/
	readonly statusHeight: number;
	/**
	Whether the detail of the selected row is in sight.
	*/
	readonly hasDetail: boolean;
	/**
	Lines of what is under the panes: a rule where there is room, the finding, the keys.
	*/
	readonly footerHeight: number;
};

export const smallest: Size = {width: 60, height: 15};

export const isTooSmall = ({width, height}: Size): boolean =>
	width < smallest.width || height < smallest.height;

/**
From here on four panes are legible at once.
*/
const gridFrom: Size = {width: 100, height: 27};

/**
From this height on a line stands between the panes and what is said below them.
*/
const ruleFrom = 28;

/**
Below this height every line is needed for rows.
*/
const sentencesFrom = 20;

/**
From this width on two lines hold what three hold in narrower windows.
*/
const wideFrom = 160;

/**
From this height on a third line is not missed elsewhere.
*/
const roomyFrom = 36;

/**
Lines of what is said about the selected row: enough for a sentence or two. By the size of the window alone, so that nothing moves with the cursor.
*/
export const sentenceHeight = ({width, height}: Size): number => {
	if (height < sentencesFrom) {
		return 1;
	}

	const isLow = width >= gridFrom.width && height < roomyFrom;
	return isLow || width >= wideFrom ? 2 : 3;
};

/**
From here on the detail has room beside the panes.
*/
const sideFrom: Size = {width: 170, height: 40};

const sideWidth = (width: number): number =>
	Math.max(46, Math.min(80, Math.floor(width * 0.27)));

const split = (total: number, share: number): readonly [number, number] => {
	const first = Math.round(total * share);
	return [first, total - first];
};

/**
Rows that each pane has; a pane of which that is not known yet has `undefined`.
*/
export type PaneRows = Readonly<Record<PaneId, number | undefined>>;

/**
Heights move by so many lines at a time: a row that comes or goes moves nothing.
*/
const step = 4;

/**
No band is lower than this, however few rows it has.
*/
const lowestBand = 8;

/**
The height of the upper band. Each has half, unless one has lines to spare that the other needs.
*/
const shareHeight = (height: number, rows: PaneRows | undefined): number => {
	const [half] = split(height, 0.5);
	const wanted = (left: PaneId, right: PaneId): number => {
		const most = Math.max(rows?.[left] ?? Infinity, rows?.[right] ?? Infinity);
		// Title, column titles, and a line between the bands.
		return Math.max(lowestBand, Math.ceil((most + 3) / step) * step);
	};

	const upper = wanted('offloadings', 'clusters');
	const lower = wanted('namespaces', 'pods');
	if (upper < half && lower > height - half) {
		return Math.max(upper, height - lower);
	}

	return lower < height - half && upper > half
		? Math.min(upper, height - lower)
		: half;
};

const rest = (focus: PaneId): readonly PaneId[] =>
	paneIds.filter((id) => id !== focus);

const sideBySide = (
	ids: readonly PaneId[],
	{width, height}: Size,
): readonly Place[] => {
	const room = width - (ids.length - 1);
	let used = 0;
	return ids.map((id, index) => {
		const until = Math.round((room * (index + 1)) / ids.length);
		const own = until - used;
		used = until;
		return {id, width: own, height};
	});
};

const layBands = (
	size: Size,
	{
		focus,
		zoom,
		isGrid,
		rows,
	}: {
		readonly focus: PaneId;
		readonly zoom: 0 | 1 | 2;
		readonly isGrid: boolean;
		readonly rows: PaneRows | undefined;
	},
): ReadonlyArray<readonly Place[]> => {
	const {width, height} = size;
	if (zoom === 2) {
		return [[{id: focus, width, height}]];
	}

	if (!isGrid) {
		const [upper, lower] = split(height, zoom === 1 ? 0.8 : 0.58);
		return [
			[{id: focus, width, height: upper}],
			[{id: 'detail', width, height: lower}],
		];
	}

	if (zoom === 1) {
		const [upper, lower] = split(height, 0.62);
		return [
			[{id: focus, width, height: upper}],
			sideBySide(rest(focus), {width, height: lower}),
		];
	}

	const upper = shareHeight(height, rows);
	const lower = height - upper;
	const [left, right] = split(width - 1, 0.54);
	return [
		[
			{id: 'offloadings', width: left, height: upper},
			{id: 'clusters', width: right, height: upper},
		],
		[
			{id: 'namespaces', width: left, height: lower},
			{id: 'pods', width: right, height: lower},
		],
	];
};

/**
Where everything goes. Two stacked panes at 80x24, four at 120x40, and the detail beside them at 200x60.
*/
export const layOutPanes = (
	{width, height}: Size,
	{
		focus,
		zoom,
		hasHeader,
		rows,
	}: {
		readonly focus: PaneId;
		readonly zoom: 0 | 1 | 2;
		readonly hasHeader: boolean;
		/**
		Absent: as if all had more than can be shown.
		*/
		readonly rows?: PaneRows;
	},
): Layout => {
	const hasRule = height >= ruleFrom;
	const isGrid = width >= gridFrom.width && height >= gridFrom.height;
	// The detail says in full what is wrong.
	const isTold = !isGrid && !hasRule && zoom !== 2;
	const most = isGrid ? 2 : 3;
	const statusHeight = isTold
		? 1
		: Math.min(most, sentenceHeight({width, height}));
	const footerHeight = statusHeight + 1 + (hasRule ? 1 : 0);
	const room = height - footerHeight - (hasHeader ? 1 : 0);
	const hasSide =
		width >= sideFrom.width && height >= sideFrom.height && zoom !== 2;
	const side = hasSide
		? ({id: 'detail', width: sideWidth(width), height: room} as const)
		: undefined;
	const bands = layBands(
		{width: width - (side ? side.width + 1 : 0), height: room},
		{focus, zoom, isGrid, rows},
	);
	return {
		bands,
		side,
		hasHeader,
		statusHeight,
		hasDetail:
			side !== undefined || bands.flat().some(({id}) => id === 'detail'),
		footerHeight,
	};
};
