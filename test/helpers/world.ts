import {createClusterIndex} from '../../source/core/cluster-index.js';
import {decode, kindOf} from '../../source/core/decode.js';
import {generationById} from '../../source/core/generations/index.js';
import {type KindName} from '../../source/core/model.js';
import {allKinds} from '../../source/core/resources.js';
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
	const index = createClusterIndex({
		key: cluster === 'home' ? 'home' : draft.peer(cluster).id,
		role: cluster === 'home' ? 'consumer' : 'provider',
		title: cluster,
		clusterId:
			cluster === 'home'
				? draft.has('home', 'ConfigMap', 'liqo/liqo-clusterid-configmap')
					? draft.localId
					: undefined
				: draft.peer(cluster).id,
		generation,
	});
	for (const raw of draft.objects(cluster)) {
		const kind = kindOf(text(raw.apiVersion), text(raw.kind));
		if (kind === undefined) {
			throw new Error(`not modelled: ${text(raw.kind)}`);
		}

		index.put(decode(kind, raw, generation));
	}

	for (const kind of allKinds) {
		index.setAccess(kind, access[kind] ?? {state: 'live'});
	}

	return index.view;
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
