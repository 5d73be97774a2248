import {type Cell, type Column} from '../../core/rows/row.js';
import {displayWidth} from '../display-width.js';

/**
No column is made narrower than this before a less important one is left out: names are to be told apart.
*/
const leastWidth = 10;
const mostNeeded = 26;

/**
Short texts have been cut already: up to this width they are not cut again.
*/
const mostForShort = 16;

/**
What a sentence should have.
*/
const leastSentence = 24;

/**
What a column that is never left out should have. In narrow panes a name gives way before what is said about it is left out.
*/
const neededWidthIn = (room: number): number =>
	Math.max(16, Math.min(mostNeeded, Math.floor(room / 4)));

/**
What a column would like to have.
*/
export type Wish = {
	readonly column: Column;
	readonly index: number;
	readonly least: number;
	/**
	So much is kept before others are left out that matter less than the most important.
	*/
	readonly fair: number;
	/**
	For what its cells say where there is little room.
	*/
	readonly modest: number;
	readonly natural: number;
};

/**
What the column at a place in some rows would like to have of a room.
*/
export const wishFor = (
	column: Column,
	index: number,
	rows: ReadonlyArray<{readonly cells: readonly Cell[]}>,
	room: number,
): Wish => {
	const title = displayWidth(column.shortTitle ?? column.title);
	let natural = displayWidth(column.title);
	let modest = title;
	let short = 0;
	for (const row of rows) {
		const cell = row.cells[index];
		const width = displayWidth(cell?.text ?? '');
		const shortWidth =
			cell?.short === undefined ? width : displayWidth(cell.short);
		natural = Math.max(natural, width);
		modest = Math.max(modest, shortWidth);
		short = Math.max(short, shortWidth < width ? shortWidth : 0);
	}

	const within = (width: number): number =>
		Math.min(natural, modest, Math.max(title, width));
	const fair = within(
		column.priority === 0
			? neededWidthIn(room)
			: column.isSentence
				? leastSentence
				: Math.max(leastWidth, Math.min(short, mostForShort)),
	);
	return {
		column,
		index,
		natural,
		modest: column.isSentence ? fair : Math.min(modest, natural),
		fair,
		least: Math.min(
			fair,
			column.isName
				? within(Math.max(leastWidth, Math.floor(room / 4)))
				: column.priority === 1
					? within(leastWidth)
					: fair,
		),
	};
};
