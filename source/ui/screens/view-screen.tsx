import {type ReactElement} from 'react';
import {sanitize} from '../../core/sanitize.js';
import {Lines} from '../components/lines.js';
import {useExplorer, useUi} from '../context.js';
import {layOutList, scrollTo} from '../dispatch/geometry.js';
import {useLook} from '../hooks/use-look.js';
import {lineText, paintLine, wrapLine} from '../line.js';
import {layOutColumns} from '../panes/column-layout.js';
import {titleLine} from '../panes/pane-title.js';
import {cleanCells, headerLine, rowLine} from '../panes/row-lines.js';
import {views} from '../views/index.js';
import {
	placeInView,
	rowsOfView,
	type ViewScreenState,
} from '../views/visible-view.js';
import {keyLine, signedLines, statusLines} from './footer.js';

/**
A full-window list: findings, matrix, timeline, command log.
*/
export const ViewScreen = ({
	screen,
}: {
	readonly screen: ViewScreenState;
}): ReactElement => {
	const {explorer, theme, isAscii} = useExplorer();
	const {width, height} = useUi().size;
	const view = views[screen.view];
	const {rows: room, statusHeight, hasRule} = layOutList({width, height});
	const {store, findings, drift, log, ticker} = explorer;
	const look = useLook([store, findings, drift, log, ticker], () => {
		const rows = rowsOfView(explorer, screen);
		const index = placeInView(rows, screen.cursor);
		const top = scrollTo(index, {
			top: screen.cursor.top,
			height: room,
			count: rows.length,
		});
		const visible = rows.slice(top, top + room).map((row) => ({
			...row,
			glowing: undefined,
			cells: cleanCells(row.cells),
		}));
		const value = {
			visible,
			selected: index - top,
			count: rows.length,
			own: rows.filter(({isAside}) => isAside !== true).length,
			nothing: sanitize(
				typeof view.nothing === 'string'
					? view.nothing
					: view.nothing(explorer),
			),
			notes: view.notes?.(explorer).map((note) => sanitize(note)) ?? [],
			columns: view.columns(explorer).map((column) => ({
				...column,
				title: sanitize(column.title),
			})),
		};
		return {
			value,
			text: `${value.selected} ${value.count} ${value.own} ${value.nothing} ${value.notes.join(' ')} ${visible
				.map(({key, level, cells}) =>
					[key, level, ...cells.map(({text}) => text)].join('\t'),
				)
				.join('\n')}`,
		};
	});
	const layout = layOutColumns(look.columns, look.visible, {
		width,
		isWide: false,
		isStill: theme.isRead,
	});
	const selected = look.visible[look.selected];
	const status = {width, count: statusHeight, theme};
	const said = selected
		? view
				.sayOf(selected, explorer)
				.map(({text, tone}) => ({text: sanitize(text), tone}))
		: [];
	const idle =
		selected === undefined || lineText(said).trim() === ''
			? []
			: signedLines(theme.sign(selected.level), selected.level, said, status);
	const body =
		look.count === 0
			? wrapLine([{text: look.nothing, tone: 'dim'}], width - 6).map((spans) =>
					paintLine([{text: ' '.repeat(3)}, ...spans], width, theme),
				)
			: look.visible.map((row, place) =>
					rowLine(row, layout, {
						width,
						isSelected: place === look.selected,
						isPinned: false,
						isFocused: true,
						theme,
					}),
				);
	const blank = ' '.repeat(width);
	return (
		<Lines
			lines={[
				titleLine(
					{
						digit: '',
						name: view.title,
						notes: [
							String(look.own),
							...look.notes,
							...(screen.filter === '' ? [] : [`/${screen.filter}`]),
						],
						end: undefined,
						isFocused: true,
					},
					width,
					theme,
				),
				headerLine(layout, width, {sort: undefined, column: undefined}, theme),
				...body,
				...Array.from({length: Math.max(0, room - body.length)}, () => blank),
				...(hasRule
					? [theme.paint('dim', theme.symbols.horizontal.repeat(width))]
					: []),
				...statusLines(explorer, idle, status),
				keyLine(explorer, {width, theme, isAscii}),
			]}
			width={width}
			height={height}
		/>
	);
};
