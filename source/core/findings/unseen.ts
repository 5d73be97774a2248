import {type KindName} from '../model.js';
import {resourceOf} from '../resources.js';
import {type Access, type ClusterView} from '../world.js';
import {type FailureMode} from './failure-mode.js';
import {type Unseen} from './finding.js';
import {type FindingId} from './ids.js';
import {type WorldScope} from './facts.js';

/**
The RBAC rule that lets a kind be read, in words to paste into a ClusterRole.
*/
export const ruleFor = (kind: KindName, cluster: ClusterView): string => {
	const resource = resourceOf(kind, cluster.generation);
	return resource
		? `apiGroups: ["${resource.group}"], resources: ["${resource.plural}"], verbs: ["get", "list", "watch"]`
		: '';
};

const unseenBecause = (
	access: Access,
	kind: KindName,
	cluster: ClusterView,
): Pick<Unseen, 'reason' | 'remedy' | 'state'> => {
	switch (access.state) {
		case 'forbidden': {
			return {
				state: 'forbidden',
				reason: `reading ${kind} is forbidden: ${access.reason}`,
				remedy: `grant: ${access.rule === '' ? ruleFor(kind, cluster) : access.rule}`,
			};
		}

		case 'stale': {
			return {
				state: 'stale',
				reason: `${kind} is as of ${new Date(access.since).toISOString()}: ${access.reason}`,
				remedy: 'wait until the connection is back',
			};
		}

		case 'syncing': {
			return {
				state: 'syncing',
				reason: `${kind} is still being read (${access.seen}${access.total === undefined ? '' : ` of ${access.total}`})`,
				remedy: 'wait until everything is read',
			};
		}

		case 'idle': {
			return {
				state: 'idle',
				reason: `${kind} was not read`,
				remedy: `give its objects too (${ruleFor(kind, cluster)})`,
			};
		}

		case 'live':
		case 'saved':
		case 'absent': {
			return {state: 'idle', reason: '', remedy: ''};
		}
	}
};

/**
What the failure modes would have to look at and cannot.
*/
export const unseenOf = (
	scope: WorldScope,
	modes: readonly FailureMode[],
): readonly Unseen[] => {
	const {home, world} = scope;
	const hidden = new Map<
		string,
		{cluster: ClusterView; kind: KindName; ids: FindingId[]}
	>();
	const hide = (cluster: ClusterView, kind: KindName, id: FindingId) => {
		if (scope.canSee(kind, cluster)) {
			return;
		}

		const key = `${cluster.key} ${kind}`;
		const entry = hidden.get(key) ?? {cluster, kind, ids: []};
		entry.ids.push(id);
		hidden.set(key, entry);
	};

	for (const mode of modes) {
		for (const kind of mode.reads) {
			hide(home, kind, mode.id);
		}

		for (const provider of world.providers.values()) {
			for (const kind of mode.readsOnProvider ?? []) {
				hide(provider, kind, mode.id);
			}
		}
	}

	const remotes = new Set(
		scope.candidates
			.map(({cluster}) => cluster)
			.filter((id) => id !== '' && !world.providers.has(id)),
	);
	const hides = modes
		.filter((mode) => (mode.readsOnProvider ?? []).length > 0)
		.map((mode) => mode.id);
	return [
		...Array.from(hidden.values(), ({cluster, kind, ids}) => ({
			cluster: cluster.key,
			kind,
			...unseenBecause(cluster.access(kind), kind, cluster),
			hides: ids,
		})),
		...[...remotes].map((id) => ({
			cluster: id,
			kind: 'provider' as const,
			state: 'unconnected' as const,
			reason: `the objects on cluster ${id} cannot be seen without a connection to it`,
			remedy: `--provider CONTEXT=${id}`,
			hides,
		})),
	];
};
