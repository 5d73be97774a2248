import {
	type ClusterIdentity,
	type ClusterIndex,
	createClusterIndex,
} from './cluster-index.js';
import {type AnyObject, type KindName} from './model.js';
import {allKinds, isLiqoKind, resourceOf} from './resources.js';
import {type World} from './world.js';

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

const indexOf = ({objects, ...identity}: SnapshotCluster): ClusterIndex => {
	const index = createClusterIndex(identity);
	for (const object of objects) {
		index.put(object);
	}

	for (const kind of allKinds) {
		if (index.view.count(kind) > 0 || alwaysComplete.has(kind)) {
			index.setAccess(
				kind,
				isLiqoKind(kind) && resourceOf(kind, identity.generation) === undefined
					? {state: 'absent', reason: 'not part of this version of Liqo'}
					: {state: 'saved'},
			);
		}
	}

	return index;
};

/**
A world that never changes, made of decoded objects: saved files, or what a test set up.

A kind of which no object is given stays `idle` (not known) unless offloading is made of it.
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
