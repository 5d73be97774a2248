import {type KindName, type Labels} from '../model.js';
import {type World} from '../world.js';

/**
How well a row or a cell stands. `none`: nothing to say about it.
*/
export type Level = 'error' | 'warning' | 'progress' | 'info' | 'fine' | 'none';

/**
Text as it came from the cluster: not yet sanitised, never padded.
*/
export type Cell = {
	readonly text: string;
	/**
	Said instead where there is no room for the text.
	*/
	readonly short?: string;
	readonly level?: Level;
};

export type Column = {
	readonly id: string;
	/**
	Upper case, as kubectl prints it.
	*/
	readonly title: string;
	/**
	Said instead where the title would take more room than the cells need.
	*/
	readonly shortTitle?: string;
	readonly align?: 'right';
	/**
	Holds names: gives way before others do, and is cut in the middle, since names often differ at their end.
	*/
	readonly isName?: boolean;
	/**
	Holds sentences: a few words of one say nothing, so that columns of less weight are left out first.
	*/
	readonly isSentence?: boolean;
	/**
	Id of a column that is shown in this one where there is no room for both: in the rows for which this one has nothing to say.
	*/
	readonly takesIn?: string;
	/**
	When one of its cells is said short, all are.
	*/
	readonly isUniform?: boolean;
	/**
	Shown only where the user asked for wide rows, or where there is room to spare.
	*/
	readonly isWide?: boolean;
	/**
	When there is too little room, columns with the greatest number are left out first; 0 is never left out.
	*/
	readonly priority: number;
	/**
	Changes by the passing of time alone.
	*/
	readonly isVolatile?: boolean;
};

/**
The rows of one pane (and of `get`): columns as data, and pure functions from an object to what they show.

`levelOf`, `valueOf` and `textOf` are asked for every object, `cellsOf` only for the visible ones.
*/
export type RowSet<T> = {
	readonly id:
		'offloadings' | 'clusters' | 'namespaces' | 'maps' | 'pods' | 'findings';
	readonly title: string;
	/**
	The kinds read; the freshness of the first is that of the rows.
	*/
	readonly kinds: readonly [KindName, ...KindName[]];
	/**
	Kinds that only wide columns and documents are made from.
	*/
	readonly wideKinds?: readonly KindName[];
	columns(world: World): readonly Column[];
	list(world: World): Iterable<T>;
	/**
	`namespace/name`, or the name of what has no namespace.
	*/
	keyOf(object: T): string;
	find(world: World, key: string): T | undefined;
	/**
	One cell for each of `columns`. `now` is epoch milliseconds.
	*/
	cellsOf(object: T, world: World, now: number): readonly Cell[];
	levelOf(object: T, world: World): Level;
	/**
	What a column is sorted by.
	*/
	valueOf(object: T, column: string, world: World): string | number;
	/**
	What text filters look at.
	*/
	textOf(object: T, world: World): string;
	labelsOf(object: T): Labels;
};
