import {type Cell, type Column, type Level} from '../../core/rows/row.js';
import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit, truncateMiddle} from '../display-width.js';
import {levelTone, type Theme} from '../theme.js';

/**
A row about to be painted: its cells are sanitised.
*/
export type VisibleRow = {
	readonly key: string;
	readonly level: Level;
	readonly cells: readonly Cell[];
	/**
	Indices of cells that changed a moment ago.
	*/
	readonly glowing: ReadonlySet<number> | undefined;
};

/**
Cells that a terminal can be trusted with.
*/
export const cleanCells = (cells: readonly Cell[]): readonly Cell[] =>
	cells.map(({text, short, level}) => ({
		text: sanitize(text),
		...(short !== undefined && {short: sanitize(short)}),
		level,
	}));

type Sized = {
	readonly column: Column;
	/**
	Place of its cell in the row.
	*/
	readonly index: number;
	readonly width: number;
	/**
	Some of its texts have no room.
	*/
	readonly isTight: boolean;
};

export type Layout = readonly Sized[];

/**
Cursor, sign of severity, and a space stand before the first column.
*/
export const marginWidth = 3;

const gap = 2;

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

type Wish = {
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

const sum = (numbers: readonly number[]): number => {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
};

const gapsOf = (count: number): number => gap * Math.max(0, count - 1);

const leaveOut = (wishes: readonly Wish[], width: number): readonly Wish[] => {
	let kept = wishes;
	for (;;) {
		const worst = Math.max(...kept.map((wish) => wish.column.priority));
		const needed =
			sum(kept.map((wish) => (worst > 1 ? wish.fair : wish.least))) +
			gapsOf(kept.length);
		if (worst === 0 || kept.length < 2 || needed <= width) {
			return kept;
		}

		const last = kept.findLastIndex((wish) => wish.column.priority === worst);
		kept = kept.filter((_, index) => index !== last);
	}
};

const share = (wishes: readonly Wish[], width: number): Layout => {
	const widths = new Map(wishes.map((wish) => [wish.index, wish.least]));
	let left =
		width - gapsOf(wishes.length) - sum(wishes.map((wish) => wish.least));
	// Of equals the one that lacks least is helped first: a phase is whole before a long name is.
	const hungry = [...wishes].toSorted((a, b) => {
		const byPriority = a.column.priority - b.column.priority;
		return byPriority === 0
			? a.natural - a.least - (b.natural - b.least)
			: byPriority;
	});
	// Whole sentences come after everybody has room for the short ones.
	for (const aim of ['fair', 'modest', 'natural'] as const) {
		for (const wish of hungry) {
			const reached = widths.get(wish.index)!;
			const more = Math.max(0, Math.min(left, wish[aim] - reached));
			widths.set(wish.index, reached + more);
			left -= more;
		}
	}

	return wishes.map(({column, index, natural}) => {
		const reached = Math.max(1, widths.get(index)!);
		return {column, index, width: reached, isTight: reached < natural};
	});
};

const wishFor = (
	column: Column,
	index: number,
	rows: readonly VisibleRow[],
	room: number,
): Wish => {
	const title = displayWidth(column.title);
	let natural = title;
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

/**
Which columns are shown, and how wide, for these rows in this width.

Columns take what their content needs. When that is too much they are cut, least important first; then left out. Wide columns are shown when asked for, or when there is room to spare.
*/
export const layOutColumns = (
	columns: readonly Column[],
	rows: readonly VisibleRow[],
	{
		width,
		isWide,
		isStill = false,
		hidden,
		sticky,
	}: {
		readonly width: number;
		readonly isWide: boolean;
		/**
		Without columns that change by the passing of time alone.
		*/
		readonly isStill?: boolean;
		/**
		A column that would say the same in every row.
		*/
		readonly hidden?: string | undefined;
		/**
		Widths reached before, by column: a column does not shrink while one looks at it.
		*/
		readonly sticky?: Map<string, number>;
	},
): Layout => {
	const room = width - marginWidth;
	const wishes = columns.map((column, index) => {
		const wish = wishFor(column, index, rows, room);
		const natural = Math.max(wish.natural, sticky?.get(column.id) ?? 0);
		sticky?.set(column.id, natural);
		return {
			...wish,
			natural,
			modest: wish.modest === wish.natural ? natural : wish.modest,
		};
	});
	const wanted = wishes.filter(
		({column}) => column.id !== hidden && !(isStill && column.isVolatile),
	);
	let kept = leaveOut(
		wanted.filter(({column}) => isWide || !column.isWide),
		room,
	);
	for (const wish of wanted) {
		const needed =
			sum(kept.map(({natural}) => natural)) +
			wish.natural +
			gapsOf(kept.length + 1);
		if (!isWide && wish.column.isWide && needed <= room) {
			kept = [...kept, wish].toSorted((a, b) => a.index - b.index);
		}
	}

	return share(kept, room);
};

export type HeaderMarks = {
	readonly sort:
		{readonly column: string; readonly isDescending: boolean} | undefined;
	/**
	The column chosen for sorting.
	*/
	readonly column: string | undefined;
};

const spaces = ' '.repeat(gap);

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
		const title = isSorted ? `${column.title}${arrow}` : column.title;
		const text = fit(title, columnWidth, column.align, symbols.ellipsis);
		return marks.column === column.id
			? theme.paint('selected', text)
			: theme.paint('dim', text);
	});
	const used =
		marginWidth +
		sum(layout.map((sized) => sized.width)) +
		gapsOf(layout.length);
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
	cell: Cell | undefined,
	{column, width, isTight}: Sized,
	ellipsis: string,
): string => {
	const {text = '', short} = cell ?? {};
	const isShort = column.isUniform ? isTight : displayWidth(text) > width;
	const said = short !== undefined && isShort ? short : text;
	const shown = ellipsis === '…' ? said : said.split('…').join(ellipsis);
	const cut = column.isName ? truncateMiddle(shown, width, ellipsis) : shown;
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
		const {index} = sized;
		const cell = row.cells[index];
		const text = textIn(cell, sized, symbols.ellipsis);
		if (isReversed || cell === undefined) {
			return text;
		}

		if (row.glowing?.has(index)) {
			return theme.paint('glow', text);
		}

		return cell.level === undefined
			? text
			: theme.paint(levelTone[cell.level], text);
	});
	const used =
		marginWidth +
		sum(layout.map((sized) => sized.width)) +
		gapsOf(layout.length);
	const pin = isPinned ? symbols.pin : ' ';
	const cursor = isSelected ? theme.paint('dim', symbols.cursor) : pin;
	const sign = theme.sign(row.level);
	const body = texts.join(spaces) + ' '.repeat(Math.max(0, width - used));
	return isReversed
		? theme.paint('selected', `${symbols.cursor}${sign} ${body}`)
		: `${cursor}${theme.paint(levelTone[row.level], sign)} ${body}`;
};
