import {keys} from '../keys.js';
import {
	type ForeignCluster,
	type Namespace,
	type NamespaceMap,
	type Node,
	type Workload,
} from '../model.js';
import {type ClusterView} from '../world.js';
import {clusterIdOf, type WorldScope} from './facts.js';

export const conditionOf = (
	conditions: ReadonlyArray<{
		readonly type: string;
		readonly status: string;
		readonly reason?: string;
		readonly message?: string;
		readonly lastTransitionTime?: string;
	}>,
	type: string,
) => conditions.find((condition) => condition.type === type);

export const isNodeReady = (node: Node): boolean =>
	conditionOf(node.status.conditions, 'Ready')?.status === 'True';

/**
The virtual nodes behind which a remote cluster is.
*/
export const nodesOfCluster = (
	all: WorldScope,
	clusterId: string,
): readonly Node[] =>
	all.candidates.flatMap(({cluster, node}) =>
		cluster === clusterId && node ? [node] : [],
	);

/**
Whether a remote cluster looks alive from home: one of its virtual nodes is Ready.
*/
export const isClusterReady = (all: WorldScope, clusterId: string): boolean =>
	nodesOfCluster(all, clusterId).some((node) => isNodeReady(node));

export const foreignClusterOf = (
	all: WorldScope,
	clusterId: string,
): ForeignCluster | undefined =>
	[...all.home.list('ForeignCluster')].find(
		({spec, status, metadata}) =>
			[
				spec.clusterID,
				status.clusterID,
				metadata.labels[keys.legacyClusterIdLabel],
				metadata.labels[keys.remoteClusterId],
			].includes(clusterId) || metadata.name === clusterId,
	);

/**
The copy of a NamespaceMap that the replicator keeps on the provider.
*/
export const remoteCopyOf = (
	all: WorldScope,
	provider: ClusterView,
	map: NamespaceMap,
): NamespaceMap | undefined =>
	[...provider.list('NamespaceMap')].find(
		({metadata}) =>
			metadata.name === map.metadata.name &&
			Object.hasOwn(metadata.labels, keys.originId) &&
			(all.localId === undefined ||
				metadata.labels[keys.originId] === all.localId),
	);

/**
The annotation by which a twin says whose it is, and the value that makes it ours (Liqo: ownership of twin namespaces).
*/
export const ownershipOf = (
	all: WorldScope,
	provider: ClusterView,
	map: NamespaceMap,
): {readonly annotation: string; readonly value: string | undefined} => {
	if (all.isFirst) {
		return {annotation: keys.remoteNamespace, value: all.localId};
	}

	const copy = remoteCopyOf(all, provider, map);
	return {
		annotation: keys.managedByNamespaceMap,
		value: copy && `${copy.metadata.namespace}/${copy.metadata.name}`,
	};
};

/**
The twin on a provider, and whether it is ours; nothing when the provider's namespaces cannot be seen or there is none.
*/
export const twinOf = (
	all: WorldScope,
	map: NamespaceMap,
	remoteName: string,
):
	| {
			readonly provider: ClusterView;
			readonly twin: Namespace;
			readonly isOurs: boolean;
			readonly annotation: string;
			readonly owner: string | undefined;
			readonly expectedOwner: string | undefined;
	  }
	| undefined => {
	const provider = all.provider(clusterIdOf(map), 'Namespace', 'NamespaceMap');
	const twin = provider?.get('Namespace', '', remoteName);
	if (!provider || !twin) {
		return undefined;
	}

	const {annotation, value} = ownershipOf(all, provider, map);
	const owner = twin.metadata.annotations[annotation];
	return {
		provider,
		twin,
		annotation,
		owner,
		expectedOwner: value,
		isOurs: owner !== undefined && (value === undefined || owner === value),
	};
};

/**
One of Liqo's own Deployments, by the value of `app.kubernetes.io/name`.
*/
export const liqoDeployment = (
	{home}: Pick<WorldScope, 'home'>,
	name: string,
): Workload<'Deployment'> | undefined =>
	[...home.list('Deployment', home.liqoNamespace)].find(
		({metadata}) => metadata.labels['app.kubernetes.io/name'] === name,
	);

export const isAvailable = (
	deployment: Workload<'Deployment'> | undefined,
): boolean => (deployment?.status.availableReplicas ?? 0) > 0;

/**
Version of the installed Liqo, by the image of its controllers: `[1, 2, 0]`.
*/
export const liqoVersion = (
	all: Pick<WorldScope, 'home'>,
): readonly number[] | undefined => {
	const image = liqoDeployment(all, 'controller-manager')?.spec.template?.spec
		.containers[0]?.image;
	const match = /:v?(?<numbers>\d+\.\d+\.\d+)/v.exec(image ?? '');
	return match?.groups?.numbers?.split('.').map(Number);
};

/**
Namespaces with an entry in a map.
*/
export const namespacesOfMaps = (
	maps: readonly NamespaceMap[],
): readonly string[] => [
	...new Set(
		maps.flatMap(({spec, status}) => [
			...Object.keys(spec.desiredMapping),
			...Object.keys(status.currentMapping),
		]),
	),
];

/**
Namespaces whose selector selects a cluster.
*/
export const namespacesSelecting = (
	all: WorldScope,
	clusterId: string,
): readonly string[] =>
	[...all.namespaces()].filter((name) =>
		all.scopeOf(name).selected.has(clusterId),
	);
