import {type MadeWrite, redoOf, undoOf} from '../undo.js';
import {type World} from '../world.js';
import {type Change} from '../change.js';
import {changes, refuse} from './planning.js';
import {type Plan, type Remedy} from './remedy.js';

const planWith = (
	find: (
		made: readonly MadeWrite[],
		world: World,
	) => readonly Change[] | string,
	world: World,
	writes: string | undefined,
): Plan => {
	const found = find(JSON.parse(writes ?? '[]') as readonly MadeWrite[], world);
	return typeof found === 'string' ? refuse(found) : changes(...found);
};

/**
Takes back writes of ours: `writes` is a list of `MadeWrite` as JSON, in the order in which they were made.
*/
export const undoWrites: Remedy = {
	id: 'undo-writes',
	title: 'Take our last write back',
	safety: 'confirm',
	inputs: [],
	plan: (_finding, world, {writes}) => planWith(undoOf, world, writes),
};

/**
Makes writes again that were taken back.
*/
export const redoWrites: Remedy = {
	id: 'redo-writes',
	title: 'Do the undone write again',
	safety: 'confirm',
	inputs: [],
	plan: (_finding, world, {writes}) => planWith(redoOf, world, writes),
};
