import {controllerOf} from '../../core/controller-of.js';
import {sanitize} from '../../core/sanitize.js';
import {offloadingIn} from '../../core/world.js';
import {
	type AnyRow,
	type Explorer,
	selectedRow,
	targetOf,
} from '../explorer.js';
import {type Screen, type Target} from '../reducer/state.js';
import {worstOfRow} from '../findings/row-findings.js';
import {openFix} from '../fix/fix-state.js';
import {canOpenSelector} from '../selector/selector-commands.js';
import {openView} from '../views/view.js';
import {namespaceOfRow} from '../namespace-of.js';
import {type Handlers, say} from './handlers.js';

const open = (explorer: Explorer, row: AnyRow) => {
	const {ui, panes, world} = explorer;
	const {focus: pane, scopeKey} = ui.state();
	const {rows, rules} = panes[pane];
	const key = rows.keyOf(row);
	if (scopeKey?.pane === pane && scopeKey.key === key) {
		ui.dispatch({
			type: 'push',
			screen: documentOf('describe', targetOf(world, row)),
		});
		return;
	}

	ui.dispatch({
		type: 'scope',
		scope: rules.scopeOf(row, world),
		from: {pane, key},
	});
};

export const documentOf = (
	type: 'describe' | 'yaml' | 'events' | 'explain',
	target: Target,
): Screen => ({
	kind: 'document',
	document: {type, target},
	top: 0,
	search: '',
});

const ownerOf = (explorer: Explorer, row: AnyRow): Target | undefined => {
	const owner = controllerOf(row) ?? row.metadata.ownerReferences[0];
	return (
		owner && {
			cluster: explorer.world.consumer.key,
			kind: owner.kind,
			namespace: row.metadata.namespace,
			name: owner.name,
		}
	);
};

const warp = (explorer: Explorer, row: AnyRow) => {
	const namespace = namespaceOfRow(row);
	if (namespace === '') {
		say(explorer, 'This row belongs to no namespace.');
		return;
	}

	explorer.ui.dispatch({type: 'scope', scope: {kind: 'namespace', namespace}});
};

const onRow =
	(act: (explorer: Explorer, row: AnyRow) => void) =>
	(explorer: Explorer): void => {
		const row = selectedRow(explorer);
		if (row) {
			act(explorer, row);
		} else {
			say(explorer, 'There is no row here.');
		}
	};

const show = (
	explorer: Explorer,
	type: 'describe' | 'yaml' | 'events' | 'explain',
	target: Target,
) => {
	explorer.fetches.forget(target);
	explorer.ui.dispatch({type: 'push', screen: documentOf(type, target)});
};

/**
What commands do with the row under the cursor.
*/
export const rowCommands: Handlers = {
	open: onRow(open),
	warp: onRow(warp),
	describe: onRow((explorer, row) => {
		show(explorer, 'describe', targetOf(explorer.world, row));
	}),
	yaml: onRow((explorer, row) => {
		show(explorer, 'yaml', targetOf(explorer.world, row));
	}),
	events: onRow((explorer, row) => {
		show(explorer, 'events', targetOf(explorer.world, row));
	}),
	owner: onRow((explorer, row) => {
		const target = ownerOf(explorer, row);
		if (target) {
			show(explorer, 'yaml', target);
		} else {
			say(explorer, 'Nothing owns this object.');
		}
	}),
	edit: onRow((explorer, row) => {
		const namespace = namespaceOfRow(row);
		if (!canOpenSelector(explorer, namespace)) {
			say(
				explorer,
				namespace === ''
					? 'A cluster has no selector; choose an offloading.'
					: `${sanitize(namespace)} is not offloaded.`,
				'warning',
			);
		}
	}),
	explain: onRow((explorer, row) => {
		const {world} = explorer;
		// A namespace or a map is explained by its offloading.
		const explained =
			row.kind === 'Pod' || row.kind === 'NamespaceOffloading'
				? row
				: offloadingIn(world.consumer, namespaceOfRow(row));
		show(
			explorer,
			explained ? 'explain' : 'describe',
			targetOf(world, explained ?? row),
		);
	}),
	plan: onRow((explorer, row) => {
		const namespace = namespaceOfRow(row);
		const target = {...targetOf(explorer.world, row), namespace};
		explorer.ui.dispatch({
			type: 'push',
			screen: openView('plan', namespace === '' ? undefined : target),
		});
	}),
	fix: onRow((explorer, row) => {
		const finding = worstOfRow(explorer, row);
		if (finding) {
			openFix(explorer, finding);
		} else {
			say(explorer, 'Nothing is known to be wrong with this row.');
		}
	}),
	'copy-name': onRow((explorer, row) => {
		say(explorer, explorer.ports.copy(sanitize(row.metadata.name)));
	}),
	'copy-namespace': onRow((explorer, row) => {
		const namespace = sanitize(namespaceOfRow(row));
		say(explorer, explorer.ports.copy(namespace));
	}),
};
