import {type Cell, type Column, type Level} from '../../core/rows/row.js';
import {type Wish, wishFor} from './column-wishes.js';

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
	/**
	The column that it has taken in, and the place of its cells.
	*/
	readonly taken: {readonly column: Column; readonly index: number} | undefined;
};

export type Layout = readonly Sized[];

/**
Cursor, sign of severity, and a space stand before the first column.
*/
export const marginWidth = 3;

/**
Between two columns.
*/
export const gap = 2;

const sum = (numbers: readonly number[]): number => {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
};

export const gapsOf = (count: number): number => gap * Math.max(0, count - 1);

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

/**
Ages grow while one looks at them: room for the longest is asked for before they are shown.
*/
const longestAge = 5;

/**
Where a wide column had to go, a narrow one may still fit, if nobody has to give way for it.
*/
const takeBack = (
	kept: readonly Wish[],
	all: readonly Wish[],
	width: number,
): readonly Wish[] => {
	let shown = kept;
	const left = all.filter((wish) => !kept.includes(wish));
	for (const wish of left.toSorted(
		(a, b) => a.column.priority - b.column.priority,
	)) {
		const own = Math.max(wish.modest, wish.column.isVolatile ? longestAge : 0);
		const needed =
			sum(shown.map(({modest}) => modest)) + own + gapsOf(shown.length + 1);
		if (needed <= width) {
			shown = [...shown, wish].toSorted((a, b) => a.index - b.index);
		}
	}

	return shown;
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
			const lacking = Math.max(0, wish[aim] - reached);
			// Where one text stays short all do, and a title: half the way is of no use to them.
			const {isUniform = false, shortTitle} = wish.column;
			const isWasted =
				(isUniform || shortTitle !== undefined) &&
				wish.modest <= reached &&
				lacking > left;
			const more = isWasted ? 0 : Math.min(left, lacking);
			widths.set(wish.index, reached + more);
			left -= more;
		}
	}

	return wishes.map(({column, index, natural}) => {
		const reached = Math.max(1, widths.get(index)!);
		return {
			column,
			index,
			width: reached,
			isTight: reached < natural,
			taken: undefined,
		};
	});
};

/**
The cell of a row in a column; that of the column it has taken in where its own is empty.
*/
export const cellIn = (
	{cells}: VisibleRow,
	{index, taken}: Pick<Sized, 'index' | 'taken'>,
): {readonly cell: Cell | undefined; readonly isTaken: boolean} => {
	const own = cells[index];
	return taken !== undefined && (own?.text ?? '') === ''
		? {cell: cells[taken.index], isTaken: true}
		: {cell: own, isTaken: false};
};

type Circumstances = {
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
};

/**
Which columns are shown, and how wide, for these rows in this width.

Columns take what their content needs. When that is too much they are cut, least important first; then left out. Wide columns are shown when asked for, or when there is room to spare.
*/
export const layOutColumns = (
	columns: readonly Column[],
	rows: readonly VisibleRow[],
	circumstances: Circumstances,
): Layout => {
	const layout = layOutApart(columns, rows, circumstances);
	const shown = new Set(layout.map(({column}) => column.id));
	const taking = layout.find(
		({column: {takesIn}}) =>
			takesIn !== undefined &&
			takesIn !== circumstances.hidden &&
			!shown.has(takesIn),
	);
	const index = columns.findIndex(({id}) => id === taking?.column.takesIn);
	const column = columns[index];
	return taking && column
		? layOutTogether(columns, rows, circumstances, {
				place: taking.index,
				taken: {column, index},
			})
		: layout;
};

/**
One column stands for two: what it takes in has no column of its own.
*/
const layOutTogether = (
	columns: readonly Column[],
	rows: readonly VisibleRow[],
	circumstances: Circumstances,
	{
		place,
		taken,
	}: {
		readonly place: number;
		readonly taken: NonNullable<Sized['taken']>;
	},
): Layout => {
	const {id, title, ...own} = columns[place]!;
	const both: Column = {
		...own,
		id,
		title: `${taken.column.title}/${title}`,
	};
	return layOutApart(
		columns.with(place, both),
		rows.map((row) => ({
			...row,
			cells: row.cells.with(
				place,
				cellIn(row, {index: place, taken}).cell ?? {text: ''},
			),
		})),
		circumstances,
		taken.column.id,
	).map((sized) => (sized.index === place ? {...sized, taken} : sized));
};

const layOutApart = (
	columns: readonly Column[],
	rows: readonly VisibleRow[],
	{width, isWide, isStill = false, hidden, sticky}: Circumstances,
	without?: string,
): Layout => {
	const room = width - marginWidth;
	const wishes = columns.map((column, index) => {
		const wish = wishFor(column, index, rows, room);
		// Alone and with another taken in, it is not the same column.
		const key = `${column.id} ${column.title}`;
		const natural = Math.max(wish.natural, sticky?.get(key) ?? 0);
		sticky?.set(key, natural);
		return {
			...wish,
			natural,
			modest: wish.modest === wish.natural ? natural : wish.modest,
		};
	});
	const wanted = wishes.filter(
		({column}) =>
			column.id !== hidden &&
			column.id !== without &&
			!(isStill && column.isVolatile),
	);
	const asked = wanted.filter(({column}) => isWide || !column.isWide);
	let kept = takeBack(leaveOut(asked, room), asked, room);
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
