import {isJsonObject, type Json} from '../../core/json.js';
import {keys} from '../../core/keys.js';
import {type PlannedChange} from '../../core/plan.js';
import {remoteClusterIdOf} from '../../core/remote-clusters.js';
import {type ClusterView, type World} from '../../core/world.js';

/**
What the controllers would write to, by what people look at.
*/
export type DriftMarks = {
	/**
	Local namespaces whose own object is to be changed.
	*/
	readonly namespaces: ReadonlySet<string>;
	/**
	Twins and the entries of maps they are asked with: `twinKey`.
	*/
	readonly twins: ReadonlySet<string>;
	/**
	Cluster-ids of the remote clusters of which something else is to be changed: virtual node, map, replicated copy.
	*/
	readonly clusters: ReadonlySet<string>;
};

export const twinKey = (clusterId: string, namespace: string): string =>
	`${clusterId}/${namespace}`;

const objectAt = (value: Json | undefined, key: string): Json | undefined =>
	isJsonObject(value) ? value[key] : undefined;

const keysAt = (
	body: Json | undefined,
	part: string,
	field: string,
): readonly string[] => {
	const entries = objectAt(objectAt(body, part), field);
	return isJsonObject(entries) ? Object.keys(entries) : [];
};

/**
Local namespaces that a cluster hosts, or is to host, under a name.
*/
const hostedAs = (
	home: ClusterView,
	clusterId: string,
	remoteName: string,
): readonly string[] =>
	[...home.mapsOfCluster(clusterId)].flatMap(({spec, status}) => [
		...Object.entries(spec.desiredMapping)
			.filter(([, name]) => name === remoteName)
			.map(([namespace]) => namespace),
		...Object.entries(status.currentMapping)
			.filter(([, {remoteNamespace}]) => remoteNamespace === remoteName)
			.map(([namespace]) => namespace),
	]);

const labelOf = (body: Json | undefined): string | undefined => {
	const label = objectAt(
		objectAt(objectAt(body, 'metadata'), 'labels'),
		keys.remoteClusterId,
	);
	return typeof label === 'string' ? label : undefined;
};

/**
The remote cluster that an object of the consumer is about.
*/
const clusterOf = (
	{object, body}: PlannedChange,
	home: ClusterView,
): string | undefined => {
	const {kind, namespace = '', name} = object;
	switch (kind) {
		case 'NamespaceMap':
		case 'Node': {
			const found = home.get(kind, namespace, name);
			return (
				found?.metadata.labels[keys.remoteClusterId] ??
				(found?.kind === 'Node' ? remoteClusterIdOf(found) : undefined) ??
				labelOf(body)
			);
		}

		case 'VirtualNode': {
			return home.get(kind, namespace, name)?.spec.clusterID;
		}

		default: {
			return undefined;
		}
	}
};

/**
Sorts planned writes by what they are about. What is written to offloadings themselves is counted elsewhere.
*/
export const driftMarksOf = (
	changes: Iterable<PlannedChange>,
	{consumer}: World,
): DriftMarks => {
	const namespaces = new Set<string>();
	const twins = new Set<string>();
	const clusters = new Set<string>();
	for (const change of changes) {
		const {object, body, cluster, verb} = change;
		const isAtHome = cluster === consumer.key;
		if (verb === 'event' || object.kind === 'NamespaceOffloading') {
			continue;
		}

		if (isAtHome && object.kind === 'Namespace') {
			namespaces.add(object.name);
			continue;
		}

		const clusterId = isAtHome ? clusterOf(change, consumer) : cluster;
		if (clusterId === undefined) {
			continue;
		}

		const concerned =
			object.kind === 'NamespaceMap'
				? [
						...keysAt(body, 'spec', 'desiredMapping'),
						...keysAt(body, 'status', 'currentMapping'),
					]
				: isAtHome
					? []
					: hostedAs(
							consumer,
							clusterId,
							object.kind === 'Namespace'
								? object.name
								: (object.namespace ?? ''),
						);
		for (const namespace of concerned) {
			twins.add(twinKey(clusterId, namespace));
		}

		if (concerned.length === 0) {
			clusters.add(clusterId);
		}
	}

	return {namespaces, twins, clusters};
};

export const noMarks: DriftMarks = {
	namespaces: new Set(),
	twins: new Set(),
	clusters: new Set(),
};

/**
Two sets of marks look the same exactly when their texts do.
*/
export const textOfMarks = (
	offloadings: Iterable<string>,
	marks: DriftMarks,
): string =>
	JSON.stringify(
		[offloadings, marks.namespaces, marks.twins, marks.clusters].map((names) =>
			[...names].toSorted((a, b) => (a < b ? -1 : 1)),
		),
	);
