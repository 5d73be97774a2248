import {sanitize} from '../../core/sanitize.js';
import {displayWidth, fit} from '../../ui/display-width.js';
import {type AnyRow, type RowSets} from '../../ui/explorer.js';
import {parseFilter} from '../../ui/filter.js';
import {explainAccess} from '../../ui/freshness.js';
import {lineText} from '../../ui/line.js';
import {type PaneRules} from '../../ui/panes/pane-model.js';
import {
	clusterRules,
	namespaceRules,
	offloadingRules,
	podRules,
} from '../../ui/panes/pane-rules.js';
import {type PaneId, paneIds} from '../../ui/reducer/state.js';
import {levelSymbol} from '../../ui/theme.js';
import {type RowSet} from '../../core/rows/row.js';
import {type World} from '../../core/world.js';

export type PlainOptions = {
	readonly now: number;
	/**
	What everything is narrowed to, as in the explorer.
	*/
	readonly namespace: string | undefined;
	/**
	What the pods are filtered by, as typed after `/`.
	*/
	readonly podFilter?: string;
};

const gap = '  ';

const tableOf = (
	rows: RowSet<AnyRow>,
	objects: readonly AnyRow[],
	world: World,
	now: number,
): readonly string[] => {
	const columns = rows.columns(world).filter(({isWide}) => !isWide);
	const wanted = rows
		.columns(world)
		.flatMap(({isWide}, index) => (isWide ? [] : [index]));
	const table = objects.map((object) => {
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

const rules: Readonly<Record<PaneId, PaneRules<never>>> = {
	offloadings: offloadingRules,
	clusters: clusterRules,
	namespaces: namespaceRules,
	pods: podRules,
};

const paneLines = (
	pane: PaneId,
	rowSets: RowSets,
	world: World,
	{now, namespace, podFilter = ''}: PlainOptions,
): readonly string[] => {
	const rows = rowSets[pane];
	const test = parseFilter(pane === 'pods' ? podFilter : '');
	const isInScope = (object: AnyRow): boolean =>
		namespace === undefined ||
		rules[pane].isInScope(
			object as never,
			{kind: 'namespace', namespace},
			world,
		);
	const objects = [...rows.list(world)].filter(
		(object) =>
			isInScope(object) &&
			(!test.isValid ||
				test.matches({
					text: rows.textOf(object, world),
					labels: rows.labelsOf(object),
				})),
	);
	const access = world.consumer.access(rows.kinds[0]);
	const explained = explainAccess(access, rows.title).map((spans) =>
		lineText(spans),
	);
	const isEmpty = objects.length === 0;
	if (isEmpty && explained.length === 0) {
		return [rows.title.toUpperCase(), '(none)'];
	}

	return [
		rows.title.toUpperCase(),
		...explained,
		...(isEmpty ? [] : tableOf(rows, objects, world, now)),
	];
};

/**
The four panes as plain text, for output that is no terminal, or one that can do nothing.
*/
export const plainLists = (
	world: World,
	rowSets: RowSets,
	options: PlainOptions,
): string =>
	`${paneIds
		.map((pane) => paneLines(pane, rowSets, world, options).join('\n'))
		.join('\n\n')}\n`;
