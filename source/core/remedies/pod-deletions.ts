import {type Change} from '../change.js';
import {type World} from '../world.js';
import {deletionOf, find} from './planning.js';

export const namesIn = (list: string | undefined): readonly string[] =>
	(list ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/**
Deletions of those of the named pods that are still there. Pods that got a node meanwhile are left alone unless `isRunning` says that they are meant.
*/
export const podDeletions = (
	world: World,
	namespace: string | undefined,
	names: readonly string[],
	{
		isRunning = false,
		reason = 'so that its owner makes it anew',
	}: {readonly isRunning?: boolean; readonly reason?: string} = {},
): readonly Change[] =>
	names.flatMap((name) => {
		const pod = find(world, 'Pod', namespace, name);
		return pod &&
			pod.metadata.deletionTimestamp === undefined &&
			(isRunning || pod.spec.nodeName === undefined)
			? [deletionOf(pod, `Delete pod ${name}, ${reason}.`)]
			: [];
	});
