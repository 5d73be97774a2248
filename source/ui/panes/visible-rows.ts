import {type Cell, type Column, type Level} from '../../core/rows/row.js';
import {sanitize} from '../../core/sanitize.js';
import {scrollTo} from '../dispatch/geometry.js';
import {type AnyRow} from '../explorer.js';
import {explainAccess, freshness} from '../freshness.js';
import {groupDigits} from '../group-digits.js';
import {type Line, line, lineText} from '../line.js';
import {type PaneState, type Scope} from '../reducer/state.js';
import {type Tone} from '../theme.js';
import {type PaneModel} from './pane-model.js';
import {cleanCells} from './row-lines.js';

/**
All that a pane shows, as data: what is visible, in what state, and why there is nothing when there is nothing.
*/
export type PaneLook = {
	readonly columns: readonly Column[];
	readonly rows: ReadonlyArray<{
		readonly key: string;
		readonly level: Level;
		readonly cells: readonly Cell[];
	}>;
	/**
	Place of the selected row among the visible ones.
	*/
	readonly selected: number;
	readonly notes: readonly string[];
	readonly freshness: {readonly text: string; readonly tone: Tone};
	/**
	Shown instead of rows.
	*/
	readonly explanation: readonly Line[];
};

export const showScope = (scope: Scope): string =>
	sanitize(
		scope.kind === 'namespace'
			? `in ${scope.namespace}`
			: `on ${scope.clusterId ?? scope.node}`,
	);

type Circumstances = {
	readonly state: PaneState;
	readonly scope: Scope | undefined;
};

const notesOf = (
	model: PaneModel<AnyRow>,
	{state, scope}: Circumstances,
	columns: readonly Column[],
): readonly string[] => {
	const shown = groupDigits(model.count());
	const total = groupDigits(model.total());
	const sorted = columns.find(({id}) => id === state.sort?.column);
	const busy = model.isBusy() ? '+' : '';
	return [
		shown === total ? total : `${shown}${busy} of ${total}`,
		...(scope ? [showScope(scope)] : []),
		...(state.filter === '' ? [] : [`/${sanitize(state.filter)}`]),
		...(state.isFaultsOnly ? ['faults only'] : []),
		...(sorted ? [`by ${sanitize(sorted.title.toLowerCase())}`] : []),
	];
};

const explain = (
	model: PaneModel<AnyRow>,
	{state, scope}: Circumstances,
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

	if (model.isBusy()) {
		return [line('Looking…', 'dim')];
	}

	const reasons = [
		...(state.filter === '' ? [] : [`/${sanitize(state.filter)}`]),
		...(state.isFaultsOnly ? ['faults only'] : []),
		...(scope ? [showScope(scope)] : []),
	];
	return [
		line(
			`None of ${model.total()}: ${reasons.join(', ')}. esc clears it.`,
			'dim',
		),
	];
};

/**
Looks at the visible rows only. `text` tells one look from another.
*/
export const lookAtPane = (
	model: PaneModel<AnyRow>,
	circumstances: Circumstances,
	{height, now}: {readonly height: number; readonly now: number},
): {readonly value: PaneLook; readonly text: string} => {
	const {cursor} = circumstances.state;
	const {rows: rowSet, world} = model;
	const index = model.place(cursor);
	const top = scrollTo(index, {top: cursor.top, height, count: model.count()});
	const columns = rowSet.columns(world).map((column) => ({
		...column,
		title: sanitize(column.title),
	}));
	const rows: Array<PaneLook['rows'][number]> = [];
	const texts: string[] = [];
	for (let place = top; place < top + height; place++) {
		const object = model.at(place);
		if (!object) {
			break;
		}

		const row = {
			key: rowSet.keyOf(object),
			level: rowSet.levelOf(object, world),
			cells: cleanCells(rowSet.cellsOf(object, world, now)),
		};
		rows.push(row);
		texts.push(row.key, row.level, ...row.cells.map(({text}) => text));
	}

	const value: PaneLook = {
		columns,
		rows,
		selected: index - top,
		notes: notesOf(model, circumstances, columns),
		freshness: freshness(model.access(), now),
		explanation: rows.length === 0 ? explain(model, circumstances) : [],
	};
	texts.push(
		String(value.selected),
		value.freshness.text,
		...value.notes,
		...columns.map(({title}) => title),
		...value.explanation.map((spans) => lineText(spans)),
	);
	return {value, text: texts.join('\n')};
};
