import {type Cell, type Column} from '../../core/rows/row.js';

/**
How long something that changed stands out, in milliseconds.
*/
export const glowTime = 1000;

/**
Remembers what the visible rows said, so that a cell that changed can stand out for a second.
*/
export type Glow = {
	/**
	Cells of this row that changed a moment ago, given what it says now.
	*/
	look(
		key: string,
		cells: readonly Cell[],
		columns: readonly Column[],
	): ReadonlySet<number> | undefined;
	/**
	To be called after all visible rows were looked at: forgets the others. True while something stands out.
	*/
	settle(): boolean;
};

type Memory = {
	readonly texts: readonly string[];
	readonly until: ReadonlyMap<number, number>;
};

export const createGlow = (clock: () => number): Glow => {
	let known = new Map<string, Memory>();
	let seen = new Map<string, Memory>();
	return {
		look(key, cells, columns) {
			const now = clock();
			const before = known.get(key);
			const until = new Map<number, number>();
			for (const [index, time] of before?.until ?? []) {
				if (time > now) {
					until.set(index, time);
				}
			}

			for (const [index, cell] of cells.entries()) {
				const isChanged =
					before !== undefined && before.texts[index] !== cell.text;
				if (isChanged && columns[index]?.isVolatile !== true) {
					until.set(index, now + glowTime);
				}
			}

			seen.set(key, {texts: cells.map(({text}) => text), until});
			return until.size === 0 ? undefined : new Set(until.keys());
		},
		settle() {
			known = seen;
			seen = new Map();
			return known.values().some(({until}) => until.size > 0);
		},
	};
};
