/**
A count as English writes it: `12,345`. `toLocaleString` does the same, but loads tables for 20 ms before its first answer, and that is before the first frame.
*/
export const groupDigits = (count: number): string => {
	const digits = String(count);
	const groups: string[] = [];
	for (let end = digits.length; end > 0; end -= 3) {
		groups.unshift(digits.slice(Math.max(0, end - 3), end));
	}

	return groups.join(',');
};
