import {type KindName} from './model.js';
import {type ClusterView, isComplete, type World} from './world.js';

/**
The world, noting what a plan reads of it.
*/
export type KnowingWorld = {
	/**
	The world to plan on; what is read of it from now on is noted.
	*/
	begin(): World;
	/**
	The first thing read since `begin` that is not known completely, so that its absence proves nothing: a sentence for people.
	*/
	doubt(): string | undefined;
};

/**
Kinds of which a plan concludes from what is not there: an entry dropped because its twin is "gone" would orphan the twin.
*/
const decisive: ReadonlySet<KindName> = new Set([
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'Namespace',
	'Node',
	'RoleBinding',
	'Pod',
	'Deployment',
]);

/**
Says that what is known of a kind proves nothing.
*/
export const describeDoubt = (view: ClusterView, kind: KindName): string => {
	const access = view.access(kind);
	const reason =
		access.state === 'stale' || access.state === 'forbidden'
			? `: ${access.reason}`
			: '';
	return `the ${kind}s of ${view.title} are not known (${access.state}${reason})`;
};

export const createKnowingWorld = (world: World): KnowingWorld => {
	const wrapped = new WeakMap<ClusterView, ClusterView>();
	const reads = new Map<ClusterView, Set<KindName>>();

	const note = (view: ClusterView, kind: KindName) => {
		if (!decisive.has(kind)) {
			return;
		}

		const known = reads.get(view);
		if (known === undefined) {
			reads.set(view, new Set([kind]));
		} else {
			known.add(kind);
		}
	};

	const wrap = (view: ClusterView): ClusterView => {
		const known = wrapped.get(view);
		if (known !== undefined) {
			return known;
		}

		const noting: Partial<ClusterView> = {
			get(kind, namespace, name) {
				note(view, kind);
				return view.get(kind, namespace, name);
			},
			list(kind, namespace) {
				note(view, kind);
				return view.list(kind, namespace);
			},
			count(kind, namespace) {
				note(view, kind);
				return view.count(kind, namespace);
			},
			podsOnNode(node) {
				note(view, 'Pod');
				return view.podsOnNode(node);
			},
			virtualNodes() {
				note(view, 'Node');
				return view.virtualNodes();
			},
			mapsOfCluster(clusterId) {
				note(view, 'NamespaceMap');
				return view.mapsOfCluster(clusterId);
			},
			virtualNodeResourcesOfCluster(clusterId) {
				note(view, 'VirtualNode');
				return view.virtualNodeResourcesOfCluster(clusterId);
			},
		};
		const result = Object.assign(Object.create(view) as ClusterView, noting);
		wrapped.set(view, result);
		return result;
	};

	return {
		begin() {
			reads.clear();
			return {
				consumer: wrap(world.consumer),
				providers: new Map(
					world.providers
						.entries()
						.map(([key, view]) => [key, wrap(view)] as const),
				),
			};
		},
		doubt() {
			for (const [view, kinds] of reads) {
				for (const kind of kinds) {
					if (!isComplete(view.access(kind))) {
						return describeDoubt(view, kind);
					}
				}
			}

			return undefined;
		},
	};
};
