import {Box, Text} from 'ink';
import {
	memo,
	type ReactElement,
	useEffect,
	useMemo,
	useRef,
	useState,
} from 'react';
import {type Cell, type Column} from '../../core/rows/row.js';
import {sanitize} from '../../core/sanitize.js';
import {useExplorer} from '../context.js';
import {paneFrameHeight, scrollTo} from '../dispatch/geometry.js';
import {wrap} from '../display-width.js';
import {type AnyRow} from '../explorer.js';
import {explainAccess, freshness} from '../freshness.js';
import {useNow} from '../hooks/use-now.js';
import {useVersion} from '../hooks/use-version.js';
import {type Line, line, lineText, paintLine} from '../line.js';
import {
	type PaneId,
	paneIds,
	type PaneState,
	type Scope,
} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {createGlow, type Glow, glowTime} from './glow.js';
import {type PaneModel} from './pane-model.js';
import {titleLine} from './pane-title.js';
import {
	headerLine,
	layOutColumns,
	rowLine,
	type VisibleRow,
} from './row-lines.js';

export type PaneProps = {
	readonly id: PaneId;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
	readonly state: PaneState;
	/**
	What this pane is narrowed to.
	*/
	readonly scope: Scope | undefined;
	/**
	Key of the row the others are narrowed to.
	*/
	readonly pinned: string | undefined;
};

const showScope = (scope: Scope): string =>
	sanitize(
		scope.kind === 'namespace'
			? `in ${scope.namespace}`
			: `on ${scope.clusterId ?? scope.node}`,
	);

const notesOf = (
	model: PaneModel<AnyRow>,
	{
		state,
		scope,
		columns,
	}: {
		readonly state: PaneState;
		readonly scope: Scope | undefined;
		readonly columns: readonly Column[];
	},
): readonly string[] => {
	const shown = model.count().toLocaleString('en-US');
	const total = model.total().toLocaleString('en-US');
	const sorted = columns.find(({id}) => id === state.sort?.column);
	return [
		shown === total ? total : `${shown} of ${total}`,
		...(scope ? [showScope(scope)] : []),
		...(state.filter === '' ? [] : [`/${sanitize(state.filter)}`]),
		...(state.isFaultsOnly ? ['faults only'] : []),
		...(sorted ? [`by ${sorted.title.toLowerCase()}`] : []),
	];
};

const emptyLines = (
	model: PaneModel<AnyRow>,
	{state, scope}: PaneProps,
): readonly Line[] => {
	const problem = model.filterProblem();
	if (problem !== undefined) {
		return [line(sanitize(problem), 'warning')];
	}

	const explained = explainAccess(model.access(), model.rows.title);
	if (explained.length > 0) {
		return explained;
	}

	if (model.total() === 0) {
		return [line(`No ${model.rows.title.toLowerCase()} here.`, 'dim')];
	}

	const reasons = [
		state.filter === '' ? [] : [`/${sanitize(state.filter)}`],
		state.isFaultsOnly ? ['faults only'] : [],
		scope ? [showScope(scope)] : [],
	].flat();
	return [
		line(
			`None of ${model.total()}: ${reasons.join(', ')}. esc clears it.`,
			'dim',
		),
	];
};

const clean = (cells: readonly Cell[]): readonly Cell[] =>
	cells.map((cell) => ({...cell, text: sanitize(cell.text)}));

const visibleRows = (
	model: PaneModel<AnyRow>,
	{
		top,
		height,
		now,
		glow,
		columns,
	}: {
		readonly top: number;
		readonly height: number;
		readonly now: number;
		readonly glow: Glow;
		readonly columns: readonly Column[];
	},
): readonly VisibleRow[] => {
	const rows: VisibleRow[] = [];
	for (let index = top; index < top + height; index++) {
		const object = model.at(index);
		if (!object) {
			break;
		}

		const key = model.rows.keyOf(object);
		const cells = clean(model.rows.cellsOf(object, model.world, now));
		rows.push({
			key,
			level: model.rows.levelOf(object, model.world),
			cells,
			glowing: glow.look(key, cells, columns),
		});
	}

	return rows;
};

/**
Cells that time alone changes, of all visible rows.
*/
const volatileText = (
	model: PaneModel<AnyRow>,
	top: number,
	height: number,
	now: number,
): string => {
	const columns = model.rows.columns(model.world);
	const texts = [freshness(model.access(), now).text];
	for (let index = top; index < top + height; index++) {
		const object = model.at(index);
		if (!object) {
			break;
		}

		for (const [place, cell] of model.rows
			.cellsOf(object, model.world, now)
			.entries()) {
			if (columns[place]?.isVolatile) {
				texts.push(cell.text);
			}
		}
	}

	return texts.join('\n');
};

const bodyLines = (
	lines: readonly Line[],
	width: number,
	theme: Theme,
): readonly string[] =>
	lines.flatMap((spans) =>
		wrap(lineText(spans), width - 4).map((text) =>
			paintLine([{text: `   ${text}`, tone: spans[0]?.tone}], width, theme),
		),
	);

/**
One of the four live panes: title, column titles, and only the rows that are visible.
*/
const PlainPane = (props: PaneProps): ReactElement => {
	const {id, width, height, isFocused, state, scope, pinned} = props;
	const {explorer, theme} = useExplorer();
	const model = explorer.panes[id];
	const version = useVersion(model);
	const [glow] = useState(() => createGlow(() => performance.now()));
	const [fading, setFading] = useState(0);
	const sticky = useRef(new Map<string, number>());
	const room = Math.max(1, height - paneFrameHeight);
	const index = model.place(state.cursor);
	const top = scrollTo(index, {
		top: state.cursor.top,
		height: room,
		count: model.count(),
	});
	const now = useNow(explorer.ports.now, (time) =>
		volatileText(model, top, room, time),
	);

	const {lines, isGlowing} = useMemo(() => {
		const columns = model.rows.columns(model.world);
		const rows = visibleRows(model, {top, height: room, now, glow, columns});
		const layout = layOutColumns(columns, rows, {
			width,
			isWide: state.isWide,
			hidden: scope?.kind === 'namespace' ? 'namespace' : undefined,
			sticky: sticky.current,
		});
		const body =
			rows.length === 0
				? bodyLines(emptyLines(model, props), width, theme)
				: rows.map((row, place) =>
						rowLine(row, layout, {
							width,
							isSelected: top + place === index,
							isPinned: row.key === pinned,
							isFocused,
							theme,
						}),
					);
		return {
			lines: [
				titleLine(
					{
						digit: String(paneIds.indexOf(id) + 1),
						name: model.rows.title,
						notes: notesOf(model, {state, scope, columns}),
						end: freshness(model.access(), now),
						isFocused,
					},
					width,
					theme,
				),
				headerLine(layout, width, state, theme),
				...body,
			].slice(0, height),
			isGlowing: glow.settle(),
		};
		// The version stands for everything the model hands out.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [
		version,
		fading,
		now,
		index,
		top,
		width,
		height,
		isFocused,
		state,
		scope,
		pinned,
		theme,
		model,
	]);

	useEffect(() => {
		if (!isGlowing) {
			return undefined;
		}

		const timer = setTimeout(() => {
			setFading((count) => count + 1);
		}, glowTime);
		return () => {
			clearTimeout(timer);
		};
	}, [isGlowing, version, fading]);

	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			{lines.map((text, place) => (
				<Text key={place} wrap="truncate">
					{text}
				</Text>
			))}
		</Box>
	);
};

export const Pane = memo(PlainPane);
