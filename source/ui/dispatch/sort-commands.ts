import {type Explorer} from '../explorer.js';
import {startOfList} from '../reducer/state.js';
import {type Handlers, say} from './handlers.js';

type Sortable = 'name' | 'age' | 'status' | 'namespace' | 'chosen';

/**
Columns that a sorting key may mean, in the order in which they are looked for.
*/
const meanings: Readonly<
	Record<Exclude<Sortable, 'chosen'>, readonly string[]>
> = {
	name: ['name', 'cluster', 'local', 'namespace'],
	status: ['status', 'phase', 'ready'],
	namespace: ['namespace', 'local'],
	age: ['age'],
};

const meantColumn = (
	{ui, panes, world}: Explorer,
	by: Sortable,
): string | undefined => {
	const {focus: pane, panes: states} = ui.state();
	const ids = panes[pane].rows.columns(world).map(({id}) => id);
	return by === 'chosen'
		? (states[pane].column ?? ids[0])
		: meanings[by].find((id) => ids.includes(id));
};

/**
First press: by this column; second: the other way; third: what needs attention first again.
*/
const sort = (explorer: Explorer, by: Sortable) => {
	const {ui} = explorer;
	const column = meantColumn(explorer, by);
	if (column === undefined) {
		say(explorer, 'This pane has no such column.');
		return;
	}

	const {focus: pane, panes} = ui.state();
	const current = panes[pane].sort;
	const isStartsDescending = column === 'age';
	const isAgain = current?.column === column;
	let next: typeof current;
	if (!isAgain) {
		next = {column, isDescending: isStartsDescending};
	} else if (current.isDescending === isStartsDescending) {
		next = {column, isDescending: !isStartsDescending};
	}

	ui.dispatch({type: 'pane', pane, change: {sort: next, cursor: startOfList}});
};

const chooseColumn = ({ui, panes, world}: Explorer, step: -1 | 1) => {
	const {focus: pane, panes: states} = ui.state();
	const ids = panes[pane].rows.columns(world).map(({id}) => id);
	const before = step === 1 ? -1 : ids.length;
	const {column: chosen} = states[pane];
	const at = chosen === undefined ? before : ids.indexOf(chosen);
	const column = ids[(at + step + ids.length) % ids.length];
	ui.dispatch({type: 'pane', pane, change: {column}});
};

export const sortCommands: Handlers = {
	'sort-name'(explorer) {
		sort(explorer, 'name');
	},
	'sort-age'(explorer) {
		sort(explorer, 'age');
	},
	'sort-status'(explorer) {
		sort(explorer, 'status');
	},
	'sort-namespace'(explorer) {
		sort(explorer, 'namespace');
	},
	'sort-column'(explorer) {
		sort(explorer, 'chosen');
	},
	'next-column'(explorer) {
		chooseColumn(explorer, 1);
	},
	'previous-column'(explorer) {
		chooseColumn(explorer, -1);
	},
};
