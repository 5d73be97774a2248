import {
	type Compare,
	compareValues,
	type Entry,
	mergeInto,
	search,
} from './entry-order.js';

/**
What ordering needs to know of an object. It is asked for every object, not only for the visible ones.
*/
export type RowFacts<T> = {
	/**
	Place by attention: smaller is higher up.
	*/
	rankOf(object: T): number;
	/**
	Value to sort by when a column was chosen.
	*/
	valueOf(object: T, column: string): string | number;
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

/**
Rows of one pane in their order, kept in order as objects come, change and go.

A change costs nothing until `settle`; a row that stays in its place is replaced there, and those that move are merged in one pass. A filter is applied in slices of a few milliseconds, so that keys are never kept waiting; only a new order sorts.
*/
export type OrderedRows<T> = {
	/**
	Rows that pass the query.
	*/
	count(): number;
	/**
	All rows.
	*/
	total(): number;
	/**
	A filter is still being applied: more rows may follow.
	*/
	isBusy(): boolean;
	at(index: number): T | undefined;
	/**
	Place of a row among those shown, or -1.
	*/
	indexOf(key: string): number;
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
	close(): void;
};

/**
Continues work after other things had their turn; returns the function that cancels it.
*/
export type Defer = (callback: () => void) => () => void;

/**
How long a slice of filtering may take, in milliseconds, and how often rows found so far are shown.
*/
const sliceTime = 8;
const progressTime = 100;

/**
So many rows are looked at between two looks at the clock.
*/
const rowsPerCheck = 256;

const deferByTimeout: Defer = (callback) => {
	const timer = setTimeout(callback, 0);
	return () => {
		clearTimeout(timer);
	};
};

export const createOrderedRows = <T>(
	facts: RowFacts<T>,
	onProgress: () => void,
	defer: Defer = deferByTimeout,
): OrderedRows<T> => {
	const entries = new Map<string, Entry<T>>();
	let order: Array<Entry<T>> = [];
	let shown: ReadonlyArray<Entry<T>> = order;
	let changes = new Map<string, T | undefined>();
	let query: RowQuery<T> = {sort: undefined, isShown: undefined};
	let number = 0;
	let cancelSlices: (() => void) | undefined;

	const compare: Compare<T> = (a, b) => {
		const byValue = compareValues(a.value, b.value);
		const directed = query.sort?.isDescending ? -byValue : byValue;
		return directed === 0 ? compareValues(a.key, b.key) : directed;
	};

	const valueOf = (object: T): string | number =>
		query.sort
			? facts.valueOf(object, query.sort.column)
			: facts.rankOf(object);

	const answer = (entry: Entry<T>): void => {
		entry.isShown = query.isShown?.(entry.object) ?? true;
		entry.answered = number;
	};

	const createEntry = (key: string, object: T): Entry<T> => ({
		key,
		object,
		value: valueOf(object),
		isShown: true,
		answered: 0,
		isGone: false,
	});

	const collect = () => {
		shown = query.isShown
			? order.filter((entry) => entry.answered === number && entry.isShown)
			: order;
	};

	/**
	Changes one row. Returns the entry to be merged, if it has to move.
	*/
	const change = (
		key: string,
		object: T | undefined,
	): {readonly added?: Entry<T>; readonly isMoved: boolean} => {
		const old = entries.get(key);
		if (object === undefined) {
			if (!old) {
				return {isMoved: false};
			}

			old.isGone = true;
			entries.delete(key);
			return {isMoved: true};
		}

		if (old && compareValues(valueOf(object), old.value) === 0) {
			const wasShown = old.isShown;
			old.object = object;
			answer(old);
			return {isMoved: wasShown !== old.isShown};
		}

		if (old) {
			old.isGone = true;
		}

		const added = createEntry(key, object);
		answer(added);
		entries.set(key, added);
		return {added, isMoved: true};
	};

	const settle = () => {
		if (changes.size === 0) {
			return false;
		}

		const added: Array<Entry<T>> = [];
		let isMoved = false;
		for (const [key, object] of changes) {
			const result = change(key, object);
			isMoved ||= result.isMoved;
			if (result.added) {
				added.push(result.added);
			}
		}

		changes = new Map();
		if (isMoved) {
			added.sort(compare);
			mergeInto(order, added, compare);
			collect();
		}

		return true;
	};

	const stopSlices = () => {
		cancelSlices?.();
		cancelSlices = undefined;
	};

	const filterInSlices = () => {
		// The order may change between two slices.
		const all = [...order];
		let at = 0;
		let lastProgress = performance.now();
		const slice = () => {
			cancelSlices = undefined;
			const end = performance.now() + sliceTime;
			while (at < all.length && performance.now() < end) {
				const until = Math.min(all.length, at + rowsPerCheck);
				for (; at < until; at++) {
					const entry = all[at]!;
					if (entry.answered !== number) {
						answer(entry);
					}
				}
			}

			const isDone = at >= all.length;
			if (!isDone) {
				cancelSlices = defer(slice);
			}

			if (!(isDone || performance.now() - lastProgress > progressTime)) {
				return;
			}

			lastProgress = performance.now();
			collect();
			onProgress();
		};

		slice();
		collect();
	};

	const sortAnew = () => {
		const renewed = order.map((entry) => ({
			...createEntry(entry.key, entry.object),
		}));
		for (const entry of renewed) {
			entries.set(entry.key, entry);
		}

		order = renewed.toSorted(compare);
	};

	return {
		count: () => shown.length,
		total: () => order.length,
		isBusy: () => cancelSlices !== undefined,
		at: (index) => shown[index]?.object,
		indexOf(key) {
			const entry = entries.get(key);
			return entry ? search(shown, entry, compare) : -1;
		},
		keys: () => entries.keys(),
		set(key, object) {
			changes.set(key, object);
		},
		settle,
		setQuery(next) {
			settle();
			stopSlices();
			const isReordered =
				next.sort?.column !== query.sort?.column ||
				next.sort?.isDescending !== query.sort?.isDescending;
			query = next;
			number++;
			if (isReordered) {
				sortAnew();
			}

			if (query.isShown) {
				filterInSlices();
			} else {
				shown = order;
			}
		},
		close: stopSlices,
	};
};
