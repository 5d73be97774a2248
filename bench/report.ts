/**
One thing measured, against a goal where there is one.
*/
export type Line = Readonly<{
	section: string;
	what: string;
	/**
	As it is printed, with its unit.
	*/
	value: string;
	/**
	What the value is to be at most, and whether it is.
	*/
	goal?: string;
	isReached?: boolean;
}>;

/**
Collects what is measured and prints it, at once and as a table.
*/
export type Report = Readonly<{
	section(title: string): void;
	add(what: string, value: string, goal?: string, isReached?: boolean): void;
	/**
	A number with its unit, compared with the most it may be.
	*/
	atMost(what: string, value: number, limit: number, unit: string): void;
	/**
	How many times the reference a value is, compared with the most it may be.
	*/
	ratio(what: string, value: number, reference: number, limit: number): void;
	markdown(): string;
}>;

/**
Three significant digits or so, without exponents.
*/
export const round = (value: number): string =>
	Math.abs(value) >= 100
		? String(Math.round(value))
		: value.toFixed(Math.abs(value) >= 10 ? 1 : 2);

/**
The value below which a share of the values lies; NaN without values.
*/
export const percentile = (
	values: readonly number[],
	share: number,
): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return (
		sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ??
		NaN
	);
};

export const median = (values: readonly number[]): number =>
	percentile(values, 0.5);

export const startReport = (say: (text: string) => void): Report => {
	const lines: Line[] = [];
	let current = '';
	const add: Report['add'] = (what, value, goal, isReached) => {
		lines.push({
			section: current,
			what,
			value,
			...(goal !== undefined && {goal}),
			...(isReached !== undefined && {isReached}),
		});
		const verdict =
			isReached === undefined ? '' : isReached ? '  reached' : '  MISSED';
		say(
			`  ${what.padEnd(58)} ${value.padStart(14)}${goal === undefined ? '' : `  (goal ${goal})${verdict}`}`,
		);
	};

	return {
		section(title) {
			current = title;
			say(`\n${title}`);
		},
		add,
		atMost(what, value, limit, unit) {
			add(
				what,
				`${round(value)} ${unit}`,
				`<= ${limit} ${unit}`,
				value <= limit,
			);
		},
		ratio(what, value, reference, limit) {
			const ratio = value / reference;
			add(what, `${round(ratio)}x`, `<= ${limit}x`, ratio <= limit);
		},
		markdown() {
			const sections = [...new Set(lines.map(({section}) => section))];
			return sections
				.map((section) => {
					const rows = lines
						.filter((line) => line.section === section)
						.map(({what, value, goal, isReached}) => {
							const verdict =
								isReached === undefined ? '' : isReached ? 'yes' : '**no**';
							return `| ${what} | ${value} | ${goal ?? ''} | ${verdict} |`;
						});
					return [
						`### ${section}`,
						'| what | measured | goal | reached |',
						'|---|--:|--:|---|',
						...rows,
						'',
					].join('\n');
				})
				.join('\n');
		},
	};
};
