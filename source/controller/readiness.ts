import {type KindName} from '../core/model.js';
import {type ClusterView, isComplete, type World} from '../core/world.js';

/**
Whether enough is known to act on.
*/
export type Readiness = {
	isReady(): boolean;
	/**
	Kinds of the consumer that are not complete.
	*/
	missing(): readonly KindName[];
	/**
	Looks again. True when something became complete that was not before: it may answer what could not be known.
	*/
	update(): boolean;
	/**
	Forgets what was complete.
	*/
	reset(): void;
};

const requiredKinds = (cluster: ClusterView): readonly KindName[] => [
	'NamespaceOffloading',
	'NamespaceMap',
	'Namespace',
	'Node',
	...(cluster.generation?.rules.hasVirtualNodeResource === true
		? (['VirtualNode'] as const)
		: []),
];

const readOnProviders: readonly KindName[] = [
	'Namespace',
	'NamespaceMap',
	'RoleBinding',
];

const incomplete = (
	cluster: ClusterView,
	kinds: readonly KindName[],
): readonly KindName[] =>
	kinds.filter((kind) => !isComplete(cluster.access(kind)));

export const createReadiness = (world: World): Readiness => {
	let isReady = false;
	const known = new Set<string>();

	const missing = (): readonly KindName[] =>
		world.consumer.generation === undefined
			? ['NamespaceOffloading']
			: incomplete(world.consumer, requiredKinds(world.consumer));

	return {
		isReady: () => isReady,
		missing,
		update() {
			const wasReady = isReady;
			isReady = missing().length === 0;
			let hasNews = isReady && !wasReady;
			for (const provider of world.providers.values()) {
				for (const kind of readOnProviders) {
					const key = `${provider.key}/${kind}`;
					if (!isComplete(provider.access(kind))) {
						known.delete(key);
					} else if (!known.has(key)) {
						known.add(key);
						hasNews = true;
					}
				}
			}

			return hasNews;
		},
		reset() {
			isReady = false;
			known.clear();
		},
	};
};
