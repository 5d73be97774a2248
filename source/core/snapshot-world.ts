import {
	type ClusterIdentity,
	type ClusterIndex,
	createClusterIndex,
} from './cluster-index.js';
import {type Generation} from './generations/generation.js';
import {type AnyObject, type KindName} from './model.js';
import {allKinds, resourceOf} from './resources.js';
import {type Access, type World} from './world.js';

export type SnapshotCluster = ClusterIdentity & {
	readonly objects: Iterable<AnyObject>;
};

/**
Kinds that a set of saved objects is taken to hold in full even when none of them is in it: what offloading is made of.
*/
const alwaysComplete: ReadonlySet<KindName> = new Set([
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'Node',
	'Namespace',
	'Pod',
]);

/**
How far each kind of a set of saved objects can be believed, given the kinds that are in it.

A kind of which nothing was saved is not known (and not listed here) unless offloading is made of it.
*/
export const savedAccess = (
	present: ReadonlySet<KindName>,
	generation: Generation | undefined,
): ReadonlyMap<KindName, Access> => {
	const result = new Map<KindName, Access>();
	for (const kind of allKinds) {
		if (present.has(kind)) {
			result.set(kind, {state: 'saved'});
		} else if (alwaysComplete.has(kind)) {
			result.set(
				kind,
				resourceOf(kind, generation) === undefined
					? {state: 'absent', reason: 'not part of this version of Liqo'}
					: {state: 'saved'},
			);
		}
	}

	return result;
};

const indexOf = ({objects, ...identity}: SnapshotCluster): ClusterIndex => {
	const index = createClusterIndex(identity);
	const kinds = new Set<KindName>();
	for (const object of objects) {
		index.put(object);
		kinds.add(object.kind);
	}

	for (const [kind, access] of savedAccess(kinds, identity.generation)) {
		index.setAccess(kind, access);
	}

	return index;
};

/**
A world that never changes, made of decoded objects: saved files, or what a test set up.
*/
export const createSnapshotWorld = (
	consumer: SnapshotCluster,
	providers: readonly SnapshotCluster[] = [],
): World => ({
	consumer: indexOf(consumer).view,
	providers: new Map(
		providers.map((provider) => [provider.key, indexOf(provider).view]),
	),
});
