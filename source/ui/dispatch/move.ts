export const movements = [
	'down',
	'up',
	'top',
	'bottom',
	'page-down',
	'page-up',
] as const;

export type Movement = (typeof movements)[number];

export type List = {
	/**
	Where the cursor is.
	*/
	readonly index: number;
	readonly count: number;
	/**
	Rows visible at once.
	*/
	readonly height: number;
};

/**
Where a movement leads.
*/
export const moved = (
	movement: Movement,
	{index, count, height}: List,
): number => {
	const page = Math.max(1, height - 1);
	const targets: Readonly<Record<Movement, number>> = {
		down: index + 1,
		up: index - 1,
		top: 0,
		bottom: count - 1,
		'page-down': index + page,
		'page-up': index - page,
	};
	return Math.max(0, Math.min(count - 1, targets[movement]));
};
