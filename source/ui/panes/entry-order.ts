/**
One row in an order.
*/
export type Entry<T> = {
	readonly key: string;
	readonly value: string | number;
	object: T;
	isShown: boolean;
	/**
	Number of the query that `isShown` answers.
	*/
	answered: number;
	isGone: boolean;
};

export type Compare<T> = (a: Entry<T>, b: Entry<T>) => number;

export const compareValues = (
	a: string | number,
	b: string | number,
): number => {
	if (a === b) {
		return 0;
	}

	return a < b ? -1 : 1;
};

const dropGone = <T>(order: Array<Entry<T>>): void => {
	let kept = 0;
	for (const entry of order) {
		if (!entry.isGone) {
			order[kept] = entry;
			kept++;
		}
	}

	order.length = kept;
};

/**
Takes out what is gone and puts in what was added, which is in order itself. In place: a new array of 100,000 entries ten times a second would be
most of what the garbage collector has to clear away.
*/
export const mergeInto = <T>(
	order: Array<Entry<T>>,
	added: ReadonlyArray<Entry<T>>,
	compare: Compare<T>,
): void => {
	dropGone(order);
	let from = order.length - 1;
	let next = added.length - 1;
	let to = from + added.length;
	for (const entry of added) {
		order.push(entry);
	}

	// From the end, so that nothing is overwritten before it has moved.
	for (; next >= 0; to--) {
		if (from >= 0 && compare(order[from]!, added[next]!) > 0) {
			order[to] = order[from]!;
			from--;
		} else {
			order[to] = added[next]!;
			next--;
		}
	}
};

/**
The place of an entry in an order, or -1.
*/
export const search = <T>(
	entries: ReadonlyArray<Entry<T>>,
	wanted: Entry<T>,
	compare: Compare<T>,
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
