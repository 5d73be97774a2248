import {
	memo,
	type ReactElement,
	useEffect,
	useMemo,
	useRef,
	useState,
} from 'react';
import {Lines} from '../components/lines.js';
import {useExplorer} from '../context.js';
import {paneFrameHeight} from '../dispatch/geometry.js';
import {useLook} from '../hooks/use-look.js';
import {paintLine, wrapLine} from '../line.js';
import {
	type PaneId,
	paneIds,
	type PaneState,
	type Scope,
} from '../reducer/state.js';
import {type Theme} from '../theme.js';
import {createGlow, type Glow, glowTime} from './glow.js';
import {titleLine} from './pane-title.js';
import {layOutColumns} from './column-layout.js';
import {headerLine, rowLine} from './row-lines.js';
import {lookAtPane, type PaneLook} from './visible-rows.js';

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

const margin = 3;

const bodyLines = (
	look: PaneLook,
	{width, isFocused, state, scope, pinned}: PaneProps,
	{
		theme,
		glow,
		sticky,
	}: {
		readonly theme: Theme;
		readonly glow: Glow;
		readonly sticky: Map<string, number>;
	},
): readonly string[] => {
	const rows = look.rows.map((row) => ({
		...row,
		glowing: glow.look(row.key, row.cells, look.columns),
	}));
	const layout = layOutColumns(look.columns, rows, {
		width,
		isWide: state.isWide,
		isStill: theme.isRead,
		hidden: scope?.kind === 'namespace' ? 'namespace' : undefined,
		sticky,
	});
	const explanation = look.explanation
		.flatMap((spans) => wrapLine(spans, width - margin - 1))
		.map(
			(spans) => ' '.repeat(margin) + paintLine(spans, width - margin, theme),
		);
	return [
		headerLine(layout, width, state, theme),
		...rows.map((row, place) =>
			rowLine(row, layout, {
				width,
				isSelected: place === look.selected,
				isPinned: row.key === pinned,
				isFocused,
				theme,
			}),
		),
		...explanation,
	];
};

/**
One of the four live panes: title, column titles, and only the rows that are visible.
*/
const PlainPane = (props: PaneProps): ReactElement => {
	const {id, width, height, isFocused, state, scope} = props;
	const {explorer, theme} = useExplorer();
	const {ports, ticker, panes} = explorer;
	const model = panes[id];
	const room = Math.max(1, height - paneFrameHeight);
	const look = useLook([model, ticker], () =>
		lookAtPane(model, {state, scope}, {height: room, now: ports.now()}),
	);
	const [glow] = useState(() => createGlow(() => performance.now()));
	const [faded, setFaded] = useState(0);
	const sticky = useRef(new Map<string, number>());

	const {lines, isGlowing} = useMemo(() => {
		const title = titleLine(
			{
				digit: String(paneIds.indexOf(id) + 1),
				name: model.rows.title,
				notes: look.notes,
				end: look.freshness,
				isFocused,
			},
			width,
			theme,
		);
		const body = bodyLines(look, props, {
			theme,
			glow,
			sticky: sticky.current,
		});
		return {lines: [title, ...body], isGlowing: glow.settle()};
		// The props are listed one by one: a new object with the same is no change.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [look, faded, id, width, isFocused, state, scope, props.pinned, theme]);

	useEffect(() => {
		if (!isGlowing) {
			return undefined;
		}

		const timer = setTimeout(() => {
			setFaded((count) => count + 1);
		}, glowTime);
		return () => {
			clearTimeout(timer);
		};
	}, [isGlowing, look, faded]);

	return <Lines lines={lines} width={width} height={height} />;
};

export const Pane = memo(PlainPane);
