import {type World} from '../core/world.js';
import {type ControllerItem} from './attempt.js';
import {type Clock} from './clock.js';
import {type TakeoverGuard} from './takeover-guard.js';

// Deployments on providers come and go slowly; milliseconds.
const rememberedFor = 10_000;

/**
Tells the work that a provider does itself: Liqo runs some controllers on the provider's side. They are left to a provider where Liqo runs, and
where we may not read what they read.

`reconcilers` are the ids of those that work on the cluster of the object itself.
*/
export const createProviderSide = ({
	world,
	clock,
	guard,
	reconcilers,
	isTenant,
}: {
	readonly world: World;
	readonly clock: Clock;
	readonly guard: TakeoverGuard;
	readonly reconcilers: ReadonlySet<string>;
	/**
	Whether we are there as a tenant only.

	@default never
	*/
	isTenant?(cluster: string): boolean;
}): ((item: ControllerItem) => boolean) => {
	let foreign: ReadonlySet<string> = new Set();
	let lookedAt = -Infinity;

	const isForbidden = (cluster: string): boolean =>
		world.providers.get(cluster)?.access('Namespace').state === 'forbidden';

	return ({reconciler, request: {cluster}}) => {
		if (cluster === world.consumer.key || !reconcilers.has(reconciler)) {
			return false;
		}

		if (clock.now() >= lookedAt + rememberedFor) {
			foreign = guard.foreignProviders();
			lookedAt = clock.now();
		}

		return (
			foreign.has(cluster) ||
			isForbidden(cluster) ||
			isTenant?.(cluster) === true
		);
	};
};
