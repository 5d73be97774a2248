import {sanitize} from '../../core/sanitize.js';
import {offloadingIn} from '../../core/world.js';
import {layOutList, scrollTo} from '../dispatch/geometry.js';
import {type Handlers, say} from '../dispatch/handlers.js';
import {moved, type Movement, movements} from '../dispatch/move.js';
import {type Explorer, targetOf} from '../explorer.js';
import {openFix} from '../fix/fix-state.js';
import {startOfList, type Target} from '../reducer/state.js';
import {canOpenSelector} from '../selector/selector-commands.js';
import {namespaceOf} from '../namespace-of.js';
import {reviewPlanned} from './plan-commands.js';
import {setPaused} from './queue-commands.js';
import {type ViewRow} from './view.js';
import {placeInView, rowsOfView, type ViewScreenState} from './visible-view.js';

const currentView = ({ui}: Explorer): ViewScreenState | undefined => {
	const screen = ui.state().screens.at(-1);
	return screen?.kind === 'view' ? screen : undefined;
};

export const rowsInView = ({ui}: Explorer): number =>
	layOutList(ui.state().size).rows;

const move = (explorer: Explorer, movement: Movement) => {
	const screen = currentView(explorer)!;
	const rows = rowsOfView(explorer, screen);
	const height = rowsInView(explorer);
	const list = {
		index: placeInView(rows, screen.cursor),
		count: rows.length,
		height,
	};
	const index = moved(movement, list);
	const cursor =
		movement === 'top'
			? startOfList
			: {
					key: rows[index]?.key,
					index,
					top: scrollTo(index, {...list, top: screen.cursor.top}),
				};
	explorer.ui.dispatch({type: 'replace', screen: {...screen, cursor}});
};

const onRow =
	(act: (explorer: Explorer, row: ViewRow) => void) =>
	(explorer: Explorer): void => {
		const screen = currentView(explorer);
		const rows = screen ? rowsOfView(explorer, screen) : [];
		const row = screen && rows[placeInView(rows, screen.cursor)];
		if (row) {
			act(explorer, row);
		} else {
			say(explorer, 'There is no row here.');
		}
	};

const targetOfRow = (
	{world}: Explorer,
	{target, finding}: ViewRow,
): Target | undefined =>
	target ??
	(finding && {
		cluster: world.consumer.key,
		kind: finding.object.kind,
		namespace: finding.object.namespace ?? '',
		name: finding.object.name,
	});

const show = (type: 'describe' | 'yaml' | 'events' | 'explain') =>
	onRow((explorer, row) => {
		const target = targetOfRow(explorer, row);
		if (!target) {
			say(explorer, 'This row is about no object.');
			return;
		}

		explorer.fetches.forget(target);
		explorer.ui.dispatch({
			type: 'push',
			screen: {kind: 'document', document: {type, target}, top: 0, search: ''},
		});
	});

const fix = onRow((explorer, {finding}) => {
	if (finding) {
		openFix(explorer, finding);
	} else {
		say(explorer, 'Nothing is known to be wrong with this row.');
	}
});

/**
What a row says in full, where it is about no object.
*/
const describe = onRow((explorer, row) => {
	if (row.text === undefined || targetOfRow(explorer, row)) {
		show('describe')(explorer);
		return;
	}

	explorer.ui.dispatch({
		type: 'push',
		screen: {
			kind: 'document',
			document: {type: 'text', title: 'In full', text: row.text},
			top: 0,
			search: '',
		},
	});
});

/**
The selector editor on the offloading of a row.
*/
const edit = onRow((explorer, row) => {
	const target = targetOfRow(explorer, row);
	const namespace = target ? namespaceOf(target) : '';
	if (!canOpenSelector(explorer, namespace)) {
		say(
			explorer,
			namespace === ''
				? 'This row belongs to no namespace, and has no selector.'
				: `${sanitize(namespace)} is not offloaded.`,
			'warning',
		);
	}
});

/**
Why a pod waits; else why the namespace of the row is offloaded where it is.
*/
const explain = onRow((explorer, row) => {
	const target = targetOfRow(explorer, row);
	const {world} = explorer;
	const offloading =
		target && offloadingIn(world.consumer, namespaceOf(target));
	const explained =
		target?.kind === 'Pod' ? target : offloading && targetOf(world, offloading);
	if (!explained) {
		describe(explorer);
		return;
	}

	explorer.ui.dispatch({
		type: 'push',
		screen: {
			kind: 'document',
			document: {type: 'explain', target: explained},
			top: 0,
			search: '',
		},
	});
});

/**
What commands do on a view.
*/
export const viewCommands: Handlers = {
	...(Object.fromEntries(
		movements.map((movement) => [
			movement,
			(explorer: Explorer) => {
				move(explorer, movement);
			},
		]),
	) as Handlers),
	open: onRow((explorer, row) => {
		if (row.finding) {
			fix(explorer);
		} else {
			describe(explorer);
		}
	}),
	fix,
	describe,
	edit,
	explain,
	yaml: show('yaml'),
	events: show('events'),
	'apply-planned': onRow((explorer, row) => {
		reviewPlanned(explorer, [row]);
	}),
	'apply-plan'(explorer) {
		const screen = currentView(explorer);
		reviewPlanned(explorer, screen ? rowsOfView(explorer, screen) : []);
	},
	'pause-namespace': onRow((explorer, {namespace}) => {
		if (namespace === undefined || namespace === '') {
			say(explorer, 'This row belongs to no namespace; S pauses everything.');
		} else {
			setPaused(explorer, namespace);
		}
	}),
	'pause-all'(explorer) {
		setPaused(explorer, undefined);
	},
	filter({ui}) {
		ui.dispatch({type: 'ask', kind: 'filter'});
	},
	'copy-name': onRow((explorer, {text, cells}) => {
		say(explorer, explorer.ports.copy(sanitize(text ?? cells[0]?.text ?? '')));
	}),
};
