import {type Cell} from '../../core/rows/row.js';
import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit, truncateMiddle} from '../display-width.js';
import {levelTone, type Theme} from '../theme.js';
import {
	cellIn,
	gap,
	gapsOf,
	type Layout,
	marginWidth,
	type VisibleRow,
} from './column-layout.js';

/**
Cells that a terminal can be trusted with.
*/
export const cleanCells = (cells: readonly Cell[]): readonly Cell[] =>
	cells.map(({text, short, level}) => ({
		text: sanitize(text),
		...(short !== undefined && {short: sanitize(short)}),
		level,
	}));

export type HeaderMarks = {
	readonly sort:
		{readonly column: string; readonly isDescending: boolean} | undefined;
	/**
	The column chosen for sorting.
	*/
	readonly column: string | undefined;
};

const spaces = ' '.repeat(gap);

const widthOf = (layout: Layout): number => {
	let width = marginWidth + gapsOf(layout.length);
	for (const sized of layout) {
		width += sized.width;
	}

	return width;
};

/**
The line of column titles.
*/
export const headerLine = (
	layout: Layout,
	width: number,
	marks: HeaderMarks,
	theme: Theme,
): string => {
	const {symbols} = theme;
	const titles = layout.map(({column, width: columnWidth}) => {
		const isSorted = marks.sort?.column === column.id;
		const arrow = marks.sort?.isDescending ? symbols.down : symbols.up;
		const {title: long, shortTitle: short} = column;
		const name =
			short !== undefined && displayWidth(long) > columnWidth ? short : long;
		const title = isSorted ? `${name}${arrow}` : name;
		const text = fit(title, columnWidth, column.align, symbols.ellipsis);
		return marks.column === column.id
			? theme.paint('selected', text)
			: theme.paint('dim', text);
	});
	const used = widthOf(layout);
	return (
		' '.repeat(marginWidth) +
		titles.join(spaces) +
		' '.repeat(Math.max(0, width - used))
	);
};

/**
What a cell says in its column: exactly as wide as that.
*/
const textIn = (
	row: VisibleRow,
	sized: Layout[number],
	ellipsis: string,
): string => {
	const {column, width, isTight, taken} = sized;
	const {cell, isTaken} = cellIn(row, sized);
	const {text = '', short} = cell ?? {};
	const isShort = column.isUniform ? isTight : displayWidth(text) > width;
	const said = short !== undefined && isShort ? short : text;
	const shown = ellipsis === '…' ? said : said.split('…').join(ellipsis);
	const isName = isTaken ? taken?.column.isName : column.isName;
	const cut = isName ? truncateMiddle(shown, width, ellipsis) : shown;
	// What was short already is not to look as if it were cut twice.
	return fit(
		cut.split(ellipsis + ellipsis).join(ellipsis),
		width,
		column.align,
		ellipsis,
	);
};

/**
One row as one padded line: exactly `width` columns wide.
*/
export const rowLine = (
	row: VisibleRow,
	layout: Layout,
	{
		width,
		isSelected,
		isPinned,
		isFocused,
		theme,
	}: {
		readonly width: number;
		readonly isSelected: boolean;
		/**
		The other panes are narrowed to this row.
		*/
		readonly isPinned: boolean;
		readonly isFocused: boolean;
		readonly theme: Theme;
	},
): string => {
	const {symbols} = theme;
	const isReversed = isSelected && isFocused;
	const texts = layout.map((sized) => {
		const {cell, isTaken} = cellIn(row, sized);
		const text = textIn(row, sized, symbols.ellipsis);
		if (isReversed || cell === undefined) {
			return text;
		}

		const index = isTaken ? sized.taken!.index : sized.index;
		if (row.glowing?.has(index)) {
			return theme.paint('glow', text);
		}

		return cell.level === undefined
			? text
			: theme.paint(levelTone[cell.level], text);
	});
	const used = widthOf(layout);
	const pin = isPinned ? symbols.pin : ' ';
	const cursor = isSelected ? theme.paint('dim', symbols.cursor) : pin;
	const sign = theme.sign(row.level);
	const body = texts.join(spaces) + ' '.repeat(Math.max(0, width - used));
	return isReversed
		? theme.paint('selected', `${symbols.cursor}${sign} ${body}`)
		: `${cursor}${theme.paint(levelTone[row.level], sign)} ${body}`;
};
