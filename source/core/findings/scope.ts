import {keys, offloadingName} from '../keys.js';
import {localClusterIdOf} from '../local-cluster-id.js';
import {type KindName, type NamespaceOffloading} from '../model.js';
import {remoteNamespaceName} from '../names.js';
import {candidatesOf} from '../reconcilers/candidates.js';
import {evaluateSelector, selectorErrors} from '../selector.js';
import {type ClusterView, isComplete, type World} from '../world.js';
import {
	type Candidate,
	clusterIdOf,
	type Mapping,
	type NamespaceScope,
	type Verdict,
	type WorldScope,
} from './facts.js';

const memo = <T>(compute: () => T): (() => T) => {
	let held: {readonly value: T} | undefined;
	return () => {
		held ??= {value: compute()};
		return held.value;
	};
};

const candidatesIn = (home: ClusterView): readonly Candidate[] => {
	const resources = new Map(
		Array.from(home.list('VirtualNode'), (resource) => [
			resource.metadata.name,
			resource,
		]),
	);
	return candidatesOf(home, 'upstream').map(({name, labels, clusterId}) => {
		const node = home.get('Node', '', name);
		const resource = resources.get(name);
		return {
			name,
			labels,
			cluster: clusterId,
			// A Node of that name may also belong to somebody else.
			...(node && clusterIdOf(node) === clusterId && {node}),
			...(resource && {resource}),
		};
	});
};

const verdictsOf = (
	offloading: NamespaceOffloading | undefined,
	{candidates, isFirst}: WorldScope,
): readonly Verdict[] => {
	if (!offloading) {
		return [];
	}

	const selector = offloading.spec.clusterSelector;
	// V0.3 fills an empty list at its first pass only.
	const isDefaulted = !isFirst || offloading.metadata.finalizers.length === 0;
	if (!selector || (isDefaulted && selector.nodeSelectorTerms.length === 0)) {
		return candidates.map((candidate) => ({...candidate, matches: true}));
	}

	return candidates.map((candidate) => {
		const result = evaluateSelector(
			selector,
			candidate,
			isFirst ? 'v0.3' : 'v1',
		);
		return {...candidate, matches: result.matches, result};
	});
};

const namespaceScope = (all: WorldScope, name: string): NamespaceScope => {
	const {home, generation, isFirst, localId} = all;
	const found = memo(() => [...home.list('NamespaceOffloading', name)]);
	const verdicts = memo(() => verdictsOf(scope.offloading, all));
	const errors = memo(() => {
		const selector = scope.offloading?.spec.clusterSelector;
		return selector ? selectorErrors(selector, isFirst ? 'v0.3' : 'v1') : [];
	});
	const selected = memo(
		() =>
			new Set(
				verdicts()
					.filter(({matches}) => matches)
					.map(({cluster}) => cluster),
			),
	);
	const pods = memo(() => [...home.list('Pod', name)]);
	const mappings = memo(() =>
		all.maps.flatMap((map): readonly Mapping[] => {
			const desired = map.spec.desiredMapping[name];
			const current = map.status.currentMapping[name];
			return [
				{
					cluster: clusterIdOf(map),
					map,
					...(desired !== undefined && {desired}),
					...(current !== undefined && {current}),
				},
			];
		}),
	);
	const scope: NamespaceScope = {
		name,
		all,
		get object() {
			return home.get('Namespace', '', name);
		},
		get offloading() {
			return found().find(({metadata}) => metadata.name === offloadingName);
		},
		get others() {
			return found().filter(({metadata}) => metadata.name !== offloadingName);
		},
		get pods() {
			return pods();
		},
		get verdicts() {
			return verdicts();
		},
		get errors() {
			return errors();
		},
		get selected() {
			return selected();
		},
		get mappings() {
			return mappings();
		},
		get remoteName() {
			const spec = scope.offloading?.spec;
			return spec && localId !== undefined
				? remoteNamespaceName(name, spec, {id: localId}, generation)
				: scope.offloading?.status.remoteNamespaceName;
		},
		get strategy() {
			return scope.offloading?.spec.podOffloadingStrategy;
		},
		get isLabelled() {
			return scope.object?.metadata.labels[keys.schedulingEnabled] === 'true';
		},
	};
	return scope;
};

const namespacesOf = (home: ClusterView): ReadonlySet<string> => {
	const names = new Set<string>();
	for (const {metadata} of home.list('NamespaceOffloading')) {
		names.add(metadata.namespace);
	}

	for (const {metadata} of home.list('Namespace')) {
		if (
			Object.hasOwn(metadata.labels, keys.schedulingEnabled) ||
			Object.hasOwn(metadata.labels, keys.enabled)
		) {
			names.add(metadata.name);
		}
	}

	for (const {metadata} of home.virtualNodes()) {
		for (const pod of home.podsOnNode(metadata.name)) {
			names.add(pod.metadata.namespace);
		}
	}

	return names;
};

/**
The facts of one pass over a world; nothing when the consumer does not serve Liqo's API.
*/
export const worldScope = (
	world: World,
	now: number,
): WorldScope | undefined => {
	const home = world.consumer;
	const {generation} = home;
	if (!generation) {
		return undefined;
	}

	const isFirst = generation.rules.controllers === 'v0.3';
	const candidates = memo(() => candidatesIn(home));
	const maps = memo(() =>
		[...home.list('NamespaceMap')].filter(
			({metadata: {labels}}) =>
				isFirst ||
				(labels[keys.replication] !== 'false' &&
					!Object.hasOwn(labels, keys.originId)),
		),
	);
	const localId = memo(
		() =>
			home.clusterId ??
			localClusterIdOf(home.list('ConfigMap'), home.liqoNamespace),
	);
	const scopes = new Map<string, NamespaceScope>();
	const canSee = (kind: KindName, cluster = home) =>
		isComplete(cluster.access(kind));
	const scope: WorldScope = {
		world,
		home,
		now,
		generation,
		isFirst,
		get candidates() {
			return candidates();
		},
		get maps() {
			return maps();
		},
		get localId() {
			return localId();
		},
		namespaces: () => namespacesOf(home),
		scopeOf(namespace) {
			const held = scopes.get(namespace) ?? namespaceScope(scope, namespace);
			scopes.set(namespace, held);
			return held;
		},
		since(time) {
			const at = time === undefined ? NaN : Date.parse(time);
			return Number.isNaN(at) ? undefined : (now - at) / 1000;
		},
		canSee,
		provider(clusterId, ...kinds) {
			const view = world.providers.get(clusterId);
			return view && kinds.every((kind) => canSee(kind, view))
				? view
				: undefined;
		},
	};
	return scope;
};
