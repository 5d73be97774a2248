import {decode, kindOf} from '../../source/core/decode.js';
import {generationById} from '../../source/core/generations/index.js';
import {type JsonObject} from '../../source/core/json.js';
import {keys} from '../../source/core/keys.js';
import {type AnyObject, type KindName} from '../../source/core/model.js';
import {
	type Access,
	type ClusterView,
	type World,
} from '../../source/core/world.js';
import {type Draft, text} from '../../source/sandbox/scenarios/draft.js';

export type ViewOptions = {
	readonly access?: Partial<Record<KindName, Access>>;
};

const viewOf = (
	draft: Draft,
	cluster: string,
	{access = {}}: ViewOptions,
): ClusterView => {
	const generation = generationById(draft.generation);
	const byKind = new Map<KindName, Map<string, AnyObject>>();
	for (const raw of draft.objects(cluster) as JsonObject[]) {
		const kind = kindOf(text(raw.apiVersion), text(raw.kind));
		if (kind === undefined) {
			throw new Error(`not modelled: ${text(raw.kind)}`);
		}

		const object = decode(kind, raw, generation);
		const objects = byKind.get(kind) ?? new Map<string, AnyObject>();
		objects.set(`${object.metadata.namespace}/${object.metadata.name}`, object);
		byKind.set(kind, objects);
	}

	const list = (kind: KindName, namespace?: string) =>
		[...(byKind.get(kind)?.values() ?? [])].filter(
			(object) =>
				namespace === undefined || object.metadata.namespace === namespace,
		);
	const view = {
		key: cluster === 'home' ? 'home' : draft.peer(cluster).id,
		role: cluster === 'home' ? ('consumer' as const) : ('provider' as const),
		clusterId: cluster === 'home' ? undefined : draft.peer(cluster).id,
		title: cluster,
		generation,
		liqoNamespace: 'liqo',
		access: (kind: KindName) => access[kind] ?? {state: 'live' as const},
		get: (kind: KindName, namespace: string, name: string) =>
			byKind.get(kind)?.get(`${namespace}/${name}`),
		list,
		count: (kind: KindName, namespace?: string) => list(kind, namespace).length,
		podsOnNode: (node: string) =>
			list('Pod').filter(
				(object) => object.kind === 'Pod' && object.spec.nodeName === node,
			),
		virtualNodes: () =>
			list('Node').filter(
				({metadata}) => metadata.labels[keys.type] === 'virtual-node',
			),
		mapsOfCluster: (id: string) =>
			list('NamespaceMap').filter(
				({metadata}) => metadata.labels[keys.remoteClusterId] === id,
			),
		virtualNodeResourcesOfCluster: (id: string) =>
			list('VirtualNode').filter(
				(object) =>
					object.kind === 'VirtualNode' && object.spec.clusterID === id,
			),
		version: () => 1,
	};
	return view as unknown as ClusterView;
};

/**
The world of a draft, as if every object had just been read. Without `providers` only the consumer is connected.
*/
export const worldOf = (
	draft: Draft,
	{
		providers = draft.peers.keys().toArray(),
		home = {},
	}: {
		readonly providers?: readonly string[];
		readonly home?: ViewOptions;
	} = {},
): World => ({
	consumer: viewOf(draft, 'home', home),
	providers: new Map(
		providers.map((handle) => [
			draft.peer(handle).id,
			viewOf(draft, handle, {}),
		]),
	),
});
