/**
How many pods a ReplicaSet is to have, and how many of them are available.
*/
export type SetCount = {
	readonly replicas: number;
	readonly available: number;
};

export type RolloutInput = {
	/**
	What the Deployment asks for.
	*/
	readonly desired: number;
	/**
	The set of the present template, and the others, oldest first.
	*/
	readonly current: SetCount;
	readonly others: readonly SetCount[];
	readonly strategy: 'Recreate' | 'RollingUpdate';
	/**
	A number or a percentage, as the Deployment says.
	*/
	readonly maxSurge?: number | string | undefined;
	readonly maxUnavailable?: number | string | undefined;
	/**
	Whether pods of the others are still there.
	*/
	readonly hasOldPods: boolean;
};

const amount = (
	value: number | string | undefined,
	desired: number,
	round: (share: number) => number,
): number =>
	typeof value === 'number'
		? value
		: round((Number((value ?? '25%').replace('%', '')) / 100) * desired);

const total = (sets: readonly SetCount[], key: keyof SetCount): number =>
	sets.reduce((sum, set) => sum + set[key], 0);

/**
Takes up to `limit` from the sets in their order, from each no more than `most` allows.
*/
const takeFrom = (
	replicas: readonly number[],
	limit: number,
	most: (index: number) => number,
): number[] => {
	let left = limit;
	return replicas.map((count, index) => {
		const taken = Math.max(0, Math.min(count, most(index), left));
		left -= taken;
		return count - taken;
	});
};

/**
The next step of a rollout (Kubernetes: Deployment controller): how many pods each set is to have now.
*/
export const nextStep = ({
	desired,
	current,
	others,
	strategy,
	maxSurge,
	maxUnavailable,
	hasOldPods,
}: RolloutInput): {
	readonly current: number;
	readonly others: readonly number[];
} => {
	if (strategy === 'Recreate') {
		return {
			current: hasOldPods ? current.replicas : desired,
			others: others.map(() => 0),
		};
	}

	const surge = amount(maxSurge, desired, Math.ceil);
	const unavailable = amount(maxUnavailable, desired, Math.floor);
	const least = desired - (surge === 0 && unavailable === 0 ? 1 : unavailable);
	const old = total(others, 'replicas');
	const next =
		current.replicas >= desired
			? desired
			: Math.max(current.replicas, Math.min(desired, desired + surge - old));
	const room =
		old + current.replicas - least - (current.replicas - current.available);
	const healthy = takeFrom(
		others.map(({replicas}) => replicas),
		room,
		(index) => others[index]!.replicas - others[index]!.available,
	);
	const available = current.available + total(others, 'available');
	return {
		current: next,
		others: takeFrom(
			healthy,
			available - least,
			(index) => others[index]!.available,
		),
	};
};
