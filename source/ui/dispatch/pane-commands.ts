import {type Explorer} from '../explorer.js';
import {type PaneId, paneIds, startOfList} from '../reducer/state.js';
import {layoutOf, rowsInPane, scrollTo} from './geometry.js';
import {type Handlers} from './handlers.js';
import {moved, type Movement, movements} from './move.js';
import {rowCommands} from './row-commands.js';
import {sortCommands} from './sort-commands.js';

const move = (explorer: Explorer, command: Movement) => {
	const {ui, panes} = explorer;
	const state = ui.state();
	const pane = state.focus;
	const model = panes[pane];
	const {cursor} = state.panes[pane];
	const height = rowsInPane(explorer, pane);
	const list = {index: model.place(cursor), count: model.count(), height};
	const index = moved(command, list);
	const row = model.at(index);
	ui.dispatch({
		type: 'cursor',
		pane,
		cursor:
			command === 'top'
				? startOfList
				: {
						key: row && model.rows.keyOf(row),
						index,
						top: scrollTo(index, {...list, top: cursor.top}),
					},
	});
};

const neighbour = (explorer: Explorer, step: -1 | 1): PaneId => {
	const state = explorer.ui.state();
	const {bands} = layoutOf(explorer);
	const band = bands.find((places) =>
		places.some(({id}) => id === state.focus),
	);
	const places = band?.filter(({id}) => id !== 'detail') ?? [];
	const at = places.findIndex(({id}) => id === state.focus);
	const next = places[at + step]?.id;
	if (next !== undefined && next !== 'detail') {
		return next;
	}

	const index = paneIds.indexOf(state.focus);
	return places.length > 1
		? state.focus
		: paneIds[(index + step + paneIds.length) % paneIds.length]!;
};

const focus = ({ui}: Explorer, pane: PaneId) => {
	ui.dispatch({type: 'focus', pane});
};

const focusNext = (explorer: Explorer, step: -1 | 1) => {
	const index = paneIds.indexOf(explorer.ui.state().focus) + step;
	focus(explorer, paneIds[(index + paneIds.length) % paneIds.length]!);
};

const toggle = (explorer: Explorer, flag: 'isFaultsOnly' | 'isWide') => {
	const {ui} = explorer;
	const {focus: pane, panes} = ui.state();
	ui.dispatch({
		type: 'pane',
		pane,
		change: {[flag]: !panes[pane][flag], cursor: startOfList},
	});
};

const moves = Object.fromEntries(
	movements.map((movement) => [
		movement,
		(explorer: Explorer) => {
			move(explorer, movement);
		},
	]),
) as Handlers;

/**
What commands do on the four panes.
*/
export const paneCommands: Handlers = {
	...moves,
	...sortCommands,
	...rowCommands,
	'pane-1'(explorer) {
		focus(explorer, 'offloadings');
	},
	'pane-2'(explorer) {
		focus(explorer, 'clusters');
	},
	'pane-3'(explorer) {
		focus(explorer, 'namespaces');
	},
	'pane-4'(explorer) {
		focus(explorer, 'pods');
	},
	'next-pane'(explorer) {
		focusNext(explorer, 1);
	},
	'previous-pane'(explorer) {
		focusNext(explorer, -1);
	},
	'left-pane'(explorer) {
		focus(explorer, neighbour(explorer, -1));
	},
	'right-pane'(explorer) {
		focus(explorer, neighbour(explorer, 1));
	},
	'zoom-in'({ui}) {
		ui.dispatch({type: 'zoom', by: 1});
	},
	'zoom-out'({ui}) {
		ui.dispatch({type: 'zoom', by: -1});
	},
	'toggle-header'({ui}) {
		ui.dispatch({type: 'toggle-header'});
	},
	'clear-scope'({ui}) {
		ui.dispatch({type: 'scope', scope: undefined});
	},
	'toggle-faults'(explorer) {
		toggle(explorer, 'isFaultsOnly');
	},
	'toggle-wide'(explorer) {
		toggle(explorer, 'isWide');
	},
	filter({ui}) {
		ui.dispatch({type: 'ask', kind: 'filter'});
	},
};
