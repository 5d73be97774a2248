import {type Finding} from '../../core/findings/finding.js';
import {type ObjectReference} from '../../core/model.js';
import {type Cell, type Column, type Level} from '../../core/rows/row.js';
import {type Explorer} from '../explorer.js';
import {type Line} from '../line.js';
import {
	type Screen,
	startOfList,
	type Target,
	type ViewId,
} from '../reducer/state.js';
import {nameText, objectText} from '../../core/object-text.js';

/**
All of a UUID but its head, wherever it stands.
*/
const uuidTail = /(?<=[0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gv;

/**
A row of a view, and what its keys act on.
*/
export type ViewRow = {
	readonly key: string;
	readonly level: Level;
	readonly cells: readonly Cell[];
	readonly finding?: Finding;
	readonly target?: Target;
	/**
	The planned write that it shows.
	*/
	readonly planned?: {
		readonly key: string;
		readonly object: ObjectReference;
		readonly reason: string;
	};
	/**
	The namespace that it belongs to, where that can be paused.
	*/
	readonly namespace?: string;
	/**
	Said beside the rows that the view is about, and not counted among them.
	*/
	readonly isAside?: boolean;
	/**
	What `c` copies.
	*/
	readonly text?: string;
};

/**
A full-window list that is no pane.
*/
export type View = {
	readonly id: ViewId;
	readonly title: string;
	/**
	Said when there is no row.
	*/
	readonly nothing: string | ((explorer: Explorer) => string);
	/**
	What is special about all of it, beside its title.
	*/
	notes?(explorer: Explorer): readonly string[];
	columns(explorer: Explorer): readonly Column[];
	rows(explorer: Explorer, target: Target | undefined): readonly ViewRow[];
	/**
	What is said of the selected row, for the lines above the keys; not yet sanitised.
	*/
	sayOf(row: ViewRow, explorer: Explorer): Line;
};

/**
Kinds whose names take much room.
*/
const shortKinds: Readonly<Record<string, string>> = {
	NamespaceOffloading: 'Offloading',
	NamespaceMap: 'Map',
};

export const kindCell = (kind: string): Cell => ({
	text: kind,
	...(shortKinds[kind] !== undefined && {short: shortKinds[kind]}),
});

/**
An object by its kind and name.
*/
export const objectCell = (object: ObjectReference): Cell => {
	const text = objectText(object);
	const kind = shortKinds[object.kind] ?? object.kind;
	return {
		text,
		short: objectText({...object, kind}).replaceAll(uuidTail, '…'),
	};
};

/**
An object by its name; where that is too long, with the cluster-ids in it cut to what tells them apart.
*/
export const nameCell = ({
	namespace,
	name,
}: {
	readonly namespace: string;
	readonly name: string;
}): Cell => {
	const text = nameText({namespace, name});
	return {text, short: text.replaceAll(uuidTail, '…')};
};

export const openView = (view: ViewId, target?: Target): Screen => ({
	kind: 'view',
	view,
	target,
	cursor: startOfList,
	filter: '',
});
