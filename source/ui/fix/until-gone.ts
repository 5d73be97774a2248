import {type Change} from '../../core/change.js';
import {type Explorer, findTarget} from '../explorer.js';

/**
Whether a change deletes the object that another one makes.
*/
export const isDeletionOf = (
	before: Change,
	{cluster, object}: Change,
): boolean =>
	before.verb === 'delete' &&
	before.cluster === cluster &&
	before.object.kind === object.kind &&
	before.object.namespace === object.namespace &&
	before.object.name === object.name;

/**
How long a deletion may take before the next change is tried all the same, in milliseconds; the server then says why not.
*/
const deletionPatience = 60_000;

/**
Waits until the object of a change is not there any more.
*/
export const untilGone = async (
	{store, world}: Explorer,
	{cluster, object}: Change,
): Promise<void> => {
	const isGone = () =>
		findTarget(world, {
			cluster,
			kind: object.kind,
			namespace: object.namespace ?? '',
			name: object.name,
		}) === undefined;
	await new Promise<void>((resolve) => {
		const look = () => {
			if (isGone()) {
				finish();
			}
		};

		const stop = store.subscribe(look);
		const timer = setTimeout(() => {
			finish();
		}, deletionPatience);
		const finish = () => {
			stop();
			clearTimeout(timer);
			resolve();
		};

		look();
	});
};
