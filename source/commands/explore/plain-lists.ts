import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit} from '../../ui/display-width.js';
import {type AnyRow, type RowSets} from '../../ui/explorer.js';
import {explainAccess} from '../../ui/freshness.js';
import {lineText} from '../../ui/line.js';
import {type PaneId, paneIds} from '../../ui/reducer/state.js';
import {levelSymbol} from '../../ui/theme.js';
import {type RowSet} from '../../core/rows/row.js';
import {type World} from '../../core/world.js';

const gap = '  ';

const tableOf = (
	rows: RowSet<AnyRow>,
	world: World,
	now: number,
): readonly string[] => {
	const columns = rows.columns(world).filter(({isWide}) => !isWide);
	const wanted = rows
		.columns(world)
		.flatMap(({isWide}, index) => (isWide ? [] : [index]));
	const table = [...rows.list(world)].map((object) => {
		const cells = rows.cellsOf(object, world, now);
		return [
			levelSymbol[rows.levelOf(object, world)],
			...wanted.map((index) => sanitize(cells[index]?.text ?? '')),
		];
	});
	const lines = [['', ...columns.map(({title}) => sanitize(title))], ...table];
	const widths = lines[0]!.map((_, column) =>
		Math.max(...lines.map((cells) => displayWidth(cells[column]!))),
	);
	return lines.map((cells) =>
		cells
			.map((cell, column) => fit(cell, widths[column]!))
			.join(gap)
			.trimEnd(),
	);
};

const paneLines = (
	pane: PaneId,
	rowSets: RowSets,
	world: World,
	now: number,
): readonly string[] => {
	const rows = rowSets[pane];
	const access = world.consumer.access(rows.kinds[0]);
	const explained = explainAccess(access, rows.title).map((spans) =>
		lineText(spans),
	);
	const isEmpty = rows.list(world)[Symbol.iterator]().next().done === true;
	if (isEmpty && explained.length === 0) {
		return [rows.title.toUpperCase(), '(none)'];
	}

	return [
		rows.title.toUpperCase(),
		...explained,
		...(isEmpty ? [] : tableOf(rows, world, now)),
	];
};

/**
The four panes as plain text, for output that is no terminal, or one that can do nothing.
*/
export const plainLists = (
	world: World,
	rowSets: RowSets,
	now: number,
): string =>
	`${paneIds
		.map((pane) => paneLines(pane, rowSets, world, now).join('\n'))
		.join('\n\n')}\n`;
