import {isCorrected, type Rules} from '../divergences.js';
import {finalizers} from '../keys.js';
import {evaluateSelector} from '../selector.js';
import {offloadingIn} from '../world.js';
import {candidatesOf} from './candidates.js';
import {selectorOf} from './legacy-namespace-offloading.js';
import {requestsForLegacyStatus} from './legacy-requests.js';
import {localClusterOf} from './local-cluster.js';
import {startPass, writeStatus} from './offloading-pass.js';
import {everyOffloading, isAnswerAwaited} from './offloading-requests.js';
import {type Reconciler, type ReconcileResult} from './reconciler.js';
import {hasFinalizer, joinSentences, startSteps} from './writes.js';

const period = 10_000;

/**
Liqo's OffloadingStatus controller of v0.3: conditions and phase from the maps, looked at every ten seconds (Liqo: gen 1 OffloadingStatus
controller).
*/
export const createOffloadingStatusReconciler = (
	wakeRules: Rules,
): Reconciler => ({
	id: 'offloading-status',
	title: 'OffloadingStatus',
	requests: ({consumer}) => everyOffloading(consumer, 'corrected'),
	requestsFor: (touch, world) =>
		requestsForLegacyStatus(touch, world.consumer, wakeRules),
	isAwaiting: ({namespace}, {consumer}) => isAnswerAwaited(consumer, namespace),
	reconcile(request, world, context): ReconcileResult {
		const view = world.consumer;
		const {generation} = view;
		const object = offloadingIn(view, request.namespace);
		if (object === undefined || generation === undefined) {
			return {changes: []};
		}

		// Nothing holds the object any more, or the other controller has not seen it yet: one write less.
		const {deletionTimestamp, finalizers: holders} = object.metadata;
		const isHeldByOthers =
			deletionTimestamp !== undefined && holders.length > 0;
		const isPassing =
			context.rules === 'corrected' &&
			!isHeldByOthers &&
			!hasFinalizer(object, finalizers.namespaceOffloading);
		const steps = startSteps(context);
		if (!isPassing) {
			const pass = startPass(
				object,
				view,
				generation,
				localClusterOf(view),
				context,
				steps,
			);
			if (pass.obstacle !== undefined) {
				const selector = selectorOf(object);
				for (const candidate of candidatesOf(view, context.rules)) {
					if (evaluateSelector(selector, candidate).matches) {
						pass.obstructed.add(candidate.clusterId);
					}
				}
			}

			writeStatus(pass, {hasRemoteName: false});
		}

		const error = joinSentences(steps.errors);
		return {
			changes: steps.changes,
			...(error !== undefined && {error}),
			...(!isCorrected(context.rules, 'map-count-blocks') &&
				error === undefined && {requeueAfter: period}),
		};
	},
});
