import {type Finding, type Unseen} from './finding.js';
import {count, join} from './words.js';

/**
What could not be looked at, and what would let it: a line for each reason and cluster.
*/
export const unseenLines = (unseen: readonly Unseen[]): readonly string[] => {
	const groups = Map.groupBy(unseen, ({cluster, kind, state}) => {
		switch (state) {
			case 'unconnected': {
				return state;
			}

			case 'idle': {
				return `${cluster} ${state}`;
			}

			case 'forbidden':
			case 'stale':
			case 'syncing': {
				return `${cluster} ${kind}`;
			}
		}
	});
	return groups
		.values()
		.map((group) => {
			const {cluster, state, reason, remedy} = group[0]!;
			const hidden = new Set(group.flatMap(({hides}) => hides)).size;
			const where =
				cluster === 'home' || state === 'unconnected' ? '' : ` on ${cluster}`;
			const what =
				state === 'unconnected'
					? `the objects on ${group.map((one) => one.cluster).join(', ')}; to see them: ${group.map((one) => one.remedy).join(' ')}`
					: state === 'idle'
						? `objects of kind ${group.map(({kind}) => kind).join(', ')}, which were not read`
						: `${reason}; ${remedy}`;
			return `not seen${where}: ${what}; ${count(hidden, 'kind')} of failure cannot be judged fully`;
		})
		.toArray();
};

/**
What would make sure of a finding that is not proven: what could not be seen of the clusters that it is about, and what would let it be seen.
*/
export const doubtOf = (
	{id, certainty, clusters}: Finding,
	unseen: readonly Unseen[],
): string | undefined => {
	if (certainty === 'proven') {
		return undefined;
	}

	const missing = unseen.filter(
		({hides, cluster}) =>
			hides.includes(id) &&
			(cluster === 'home' ||
				clusters.length === 0 ||
				clusters.includes(cluster)),
	);
	if (missing.length === 0) {
		return `${certainty}: what is seen allows another cause.`;
	}

	const unconnected = missing.filter(({state}) => state === 'unconnected');
	const others = missing.filter(({state}) => state !== 'unconnected');
	const reasons = [
		...(unconnected.length === 0
			? []
			: [
					`${join(unconnected.map(({cluster}) => cluster))} cannot be looked into without a connection`,
				]),
		...others.map(({reason}) => reason),
	];
	return `${certainty}: ${[...new Set(reasons)].join('; ')}. To make sure: ${[...new Set(missing.map(({remedy}) => remedy))].join(' ')}`;
};
