/**
Edits (insert, delete, replace, swap neighbours) that turn one word into the other.
*/
export const editDistance = (from: string, to: string): number => {
	let beforeLast: number[] = [];
	let last = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			let best = Math.min(
				last[column]! + 1,
				current[column - 1]! + 1,
				last[column - 1]! + (isSame ? 0 : 1),
			);
			const isSwap =
				row > 1 &&
				column > 1 &&
				from[row - 1] === to[column - 2] &&
				from[row - 2] === to[column - 1];
			if (isSwap) {
				best = Math.min(best, beforeLast[column - 2]! + 1);
			}

			current.push(best);
		}

		beforeLast = last;
		last = current;
	}

	return last[to.length]!;
};

/**
The word most likely meant; absent when none is near.
*/
export const nearest = (
	word: string,
	candidates: Iterable<string>,
): string | undefined => {
	let best: string | undefined;
	// Of a very short word almost every other is only two edits away.
	const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
	let bestDistance = limit + 0.25;
	for (const candidate of candidates) {
		// A word that is only cut off is nearer than its length says.
		const distance =
			word.length > 1 && candidate.startsWith(word)
				? 0.5
				: editDistance(word.slice(0, 60), candidate);
		if (!(distance < bestDistance)) {
			continue;
		}

		best = candidate;
		bestDistance = distance;
	}

	return best;
};
