import {type Labels} from '../../core/model.js';

/**
What ordering and filtering need to know of an object. All of it is cheap: it is asked for every object, not only for the visible ones.
*/
export type RowFacts<T> = {
	/**
	Stable identity of the row, also the order among equals.
	*/
	keyOf(object: T): string;
	/**
	Place by attention: smaller is higher up.
	*/
	rankOf(object: T): number;
	/**
	Value to sort by when a column was chosen.
	*/
	valueOf(object: T, column: string): string | number;
	/**
	What the text filters look at.
	*/
	textOf(object: T): string;
	labelsOf(object: T): Labels;
};

export type RowQuery<T> = {
	/**
	Absent: by attention.
	*/
	readonly sort:
		{readonly column: string; readonly isDescending: boolean} | undefined;
	/**
	Absent: every row is shown.
	*/
	readonly isShown: ((object: T) => boolean) | undefined;
};

type Entry<T> = {
	readonly key: string;
	readonly object: T;
	readonly value: string | number;
	isGone: boolean;
};

/**
Rows of one pane in their order, kept in order as objects come, change and go.

A change costs nothing until `settle`, which merges all changes since the last one in a single pass; a filter is one pass without sorting; only a new order sorts. `version` grows when what is shown may have changed.
*/
export type OrderedRows<T> = {
	version(): number;
	/**
	Rows that pass the query.
	*/
	count(): number;
	/**
	All rows.
	*/
	total(): number;
	at(index: number): T | undefined;
	/**
	Place of a row among those shown, or -1.
	*/
	indexOf(key: string): number;
	get(key: string): T | undefined;
	keys(): Iterable<string>;
	/**
	Notes an object that came or changed; `undefined` for one that is gone.
	*/
	set(key: string, object: T | undefined): void;
	/**
	Brings the changes noted since the last time into the order. True if there were any.
	*/
	settle(): boolean;
	setQuery(query: RowQuery<T>): void;
};

const compareValues = (a: string | number, b: string | number): number => {
	if (a === b) {
		return 0;
	}

	return a < b ? -1 : 1;
};

const merge = <T>(
	kept: ReadonlyArray<Entry<T>>,
	added: ReadonlyArray<Entry<T>>,
	compare: (a: Entry<T>, b: Entry<T>) => number,
): Array<Entry<T>> => {
	const result: Array<Entry<T>> = [];
	let next = 0;
	for (const entry of kept) {
		if (entry.isGone) {
			continue;
		}

		while (next < added.length && compare(added[next]!, entry) < 0) {
			result.push(added[next]!);
			next++;
		}

		result.push(entry);
	}

	for (; next < added.length; next++) {
		result.push(added[next]!);
	}

	return result;
};

const search = <T>(
	entries: ReadonlyArray<Entry<T>>,
	wanted: Entry<T>,
	compare: (a: Entry<T>, b: Entry<T>) => number,
): number => {
	let low = 0;
	let high = entries.length - 1;
	while (low <= high) {
		const middle = Math.floor((low + high) / 2);
		const order = compare(entries[middle]!, wanted);
		if (order === 0) {
			return middle;
		}

		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle - 1;
		}
	}

	return -1;
};

export const createOrderedRows = <T>(facts: RowFacts<T>): OrderedRows<T> => {
	const entries = new Map<string, Entry<T>>();
	let order: Array<Entry<T>> = [];
	let shown: Array<Entry<T>> = order;
	let changes = new Map<string, T | undefined>();
	let query: RowQuery<T> = {sort: undefined, isShown: undefined};
	let version = 0;

	const compare = (a: Entry<T>, b: Entry<T>): number => {
		const byValue = compareValues(a.value, b.value);
		const directed = query.sort?.isDescending ? -byValue : byValue;
		return directed === 0 ? compareValues(a.key, b.key) : directed;
	};

	const createEntry = (key: string, object: T): Entry<T> => ({
		key,
		object,
		value: query.sort
			? facts.valueOf(object, query.sort.column)
			: facts.rankOf(object),
		isGone: false,
	});

	const show = (all: ReadonlyArray<Entry<T>>): Array<Entry<T>> => {
		const {isShown} = query;
		return isShown ? all.filter((entry) => isShown(entry.object)) : [...all];
	};

	const settle = () => {
		if (changes.size === 0) {
			return false;
		}

		const added: Array<Entry<T>> = [];
		for (const [key, object] of changes) {
			const old = entries.get(key);
			if (old) {
				old.isGone = true;
			}

			if (object === undefined) {
				entries.delete(key);
			} else {
				const entry = createEntry(key, object);
				entries.set(key, entry);
				added.push(entry);
			}
		}

		changes = new Map();
		added.sort(compare);
		const isUnfiltered = query.isShown === undefined;
		order = merge(order, added, compare);
		shown = isUnfiltered ? order : merge(shown, show(added), compare);
		version++;
		return true;
	};

	return {
		version: () => version,
		count: () => shown.length,
		total: () => order.length,
		at: (index) => shown[index]?.object,
		indexOf(key) {
			const entry = entries.get(key);
			return entry ? search(shown, entry, compare) : -1;
		},
		get: (key) => entries.get(key)?.object,
		keys: () => entries.keys(),
		set(key, object) {
			changes.set(key, object);
		},
		settle,
		setQuery(next) {
			settle();
			const isReordered =
				next.sort?.column !== query.sort?.column ||
				next.sort?.isDescending !== query.sort?.isDescending;
			query = next;
			if (isReordered) {
				order = order.map((entry) => {
					const renewed = createEntry(entry.key, entry.object);
					entries.set(entry.key, renewed);
					return renewed;
				});
				order.sort(compare);
			}

			shown = next.isShown ? show(order) : order;
			version++;
		},
	};
};
