import {type NamespaceMap} from '../../core/model.js';
import {remoteClusterIdOf} from '../../core/remote-clusters.js';
import {type World} from '../../core/world.js';

type TwinNames = ReadonlyMap<string, readonly string[]>;

const twinNames = new WeakMap<NamespaceMap, TwinNames>();

/**
Local namespaces by the names of their twins, as one map has them.
*/
const twinNamesOf = (map: NamespaceMap): TwinNames => {
	const known = twinNames.get(map);
	if (known) {
		return known;
	}

	const names = new Map<string, string[]>();
	const add = (remote: string, local: string) => {
		const locals = names.get(remote) ?? [];
		locals.push(local);
		names.set(remote, locals);
	};

	for (const [local, remote] of Object.entries(map.spec.desiredMapping)) {
		add(remote, local);
	}

	for (const [local, {remoteNamespace}] of Object.entries(
		map.status.currentMapping,
	)) {
		add(remoteNamespace, local);
	}

	twinNames.set(map, names);
	return names;
};

/**
Local namespaces whose twin on a cluster has that name.
*/
export const localNamespaces = (
	{consumer}: World,
	cluster: string,
	remoteName: string,
): readonly string[] =>
	[...consumer.list('NamespaceMap')]
		.filter((map) => remoteClusterIdOf(map) === cluster)
		.flatMap((map) => twinNamesOf(map).get(remoteName) ?? []);
