import {type BlastRadius} from './blast-radius.js';

/**
Who is affected by no change at all.
*/
export const noBlastRadius: BlastRadius = {
	namespaces: [],
	gained: [],
	lost: [],
	deletedPods: 0,
	restartedPods: 0,
	abortedPods: 0,
	freedPods: 0,
	refused: [],
	unknown: [],
};

const union = (
	one: readonly string[],
	other: readonly string[],
): readonly string[] => [...new Set([...one, ...other])];

/**
Who is affected by changes that touch different namespaces, each played through by itself.
*/
export const sumBlastRadii = (
	one: BlastRadius,
	other: BlastRadius,
): BlastRadius => ({
	namespaces: union(one.namespaces, other.namespaces),
	gained: [...one.gained, ...other.gained],
	lost: [...one.lost, ...other.lost],
	deletedPods: one.deletedPods + other.deletedPods,
	restartedPods: one.restartedPods + other.restartedPods,
	abortedPods: one.abortedPods + other.abortedPods,
	freedPods: one.freedPods + other.freedPods,
	refused: [...one.refused, ...other.refused],
	unknown: union(one.unknown, other.unknown),
});
