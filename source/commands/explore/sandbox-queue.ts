import {type Actors} from '../../sandbox/actors/actors.js';
import {type ReconcilerQueue} from '../../ui/reconciler-queue.js';

/**
The queue of a sandbox's controllers.
*/
export const sandboxQueue = (
	reconcilers: NonNullable<Actors['reconcilers']>,
): ReconcilerQueue => ({
	status: () => ({
		isActing: true,
		story:
			"The sandbox's controllers are at work: nothing waits, runs or has failed.",
		objects: reconcilers
			.status()
			.map(({item: {key, reconciler, request}, ...status}) => ({
				...status,
				key,
				reconciler: reconciler.id,
				cluster: request.cluster,
				namespace: request.namespace,
				name: request.name,
			})),
		blocked: [],
		isAllPaused: reconcilers.held.isAllPaused(),
		pausedNamespaces: reconcilers.held.pausedNamespaces(),
	}),
	pause: reconcilers.held.pause,
	resume: reconcilers.held.resume,
});
