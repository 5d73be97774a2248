/**
Number of inserted, deleted, replaced or swapped neighbouring characters between two words; stops counting above `limit`.
*/
export const editDistance = (a: string, b: string, limit = 3): number => {
	if (Math.abs(a.length - b.length) > limit) {
		return limit + 1;
	}

	let beforeLast: readonly number[] = [];
	let last: readonly number[] = Array.from(
		{length: b.length + 1},
		(_, index) => index,
	);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			let cost = Math.min(
				last[column]! + 1,
				current[column - 1]! + 1,
				last[column - 1]! + (isSame ? 0 : 1),
			);
			if (
				row > 1 &&
				column > 1 &&
				a[row - 1] === b[column - 2] &&
				a[row - 2] === b[column - 1]
			) {
				cost = Math.min(cost, beforeLast[column - 2]! + 1);
			}

			current.push(cost);
		}

		if (Math.min(...current) > limit) {
			return limit + 1;
		}

		beforeLast = last;
		last = current;
	}

	return last[b.length]!;
};

const bare = (word: string): string =>
	word.toLowerCase().replaceAll(/[ \-.\/_]/gv, '');

/**
The words that somebody who wrote `word` may have meant: at most two edits away, or equal but for case and separators; nearest first.
A short word (up to three characters) tolerates one edit only.
*/
export const nearest = (
	word: string,
	known: Iterable<string>,
): readonly string[] => {
	const limit = word.length > 3 ? 2 : 1;
	return [...new Set(known)]
		.filter((other) => other !== word)
		.map((other) => ({
			other,
			distance:
				bare(other) === bare(word) ? 0 : editDistance(word, other, limit),
		}))
		.filter(({distance}) => distance <= limit)
		.toSorted((a, b) =>
			a.distance === b.distance
				? a.other.localeCompare(b.other)
				: a.distance - b.distance,
		)
		.map(({other}) => other);
};
