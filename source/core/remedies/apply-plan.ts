import {type Change} from '../change.js';
import {planChanges, type PlannedChange} from '../plan.js';
import {changes, refuse} from './planning.js';
import {type Remedy} from './remedy.js';

/**
Tells a planned change from others of the same plan.
*/
export const plannedKey = ({
	cluster,
	verb,
	object,
	subresource = '',
}: Change): string =>
	[
		cluster,
		verb,
		object.kind,
		object.namespace ?? '',
		object.name,
		subresource,
	].join(' ');

const asChange = ({reconciler: _, ...change}: PlannedChange): Change => change;

/**
Makes writes that the controllers would make: those with the keys `changes`, one to a line, as far as they are still wanted. Events are left to
controllers.
*/
export const applyPlan: Remedy = {
	id: 'apply-plan',
	title: 'Write what the controllers would write',
	safety: 'confirm',
	inputs: [],
	plan(_finding, world, {changes: chosen = '', rules}, {now}) {
		const keys = new Set(chosen.split('\n'));
		const planned = planChanges(world, {
			now,
			rules: rules === 'corrected' ? 'corrected' : 'upstream',
		}).changes.filter(
			(change) => change.verb !== 'event' && keys.has(plannedKey(change)),
		);
		return planned.length === 0
			? refuse('The controllers would not write this any more.')
			: changes(...planned.map((change) => asChange(change)));
	},
};
