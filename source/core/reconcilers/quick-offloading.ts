import {isCorrected, type Rules} from '../divergences.js';
import {keys, offloadingName, quickOffloadingMark} from '../keys.js';
import {type NamespaceOffloading} from '../model.js';
import {offloadingIn, type World} from '../world.js';
import {
	type ObjectTouch,
	type Reconciler,
	type ReconcileResult,
	type Request,
} from './reconciler.js';
import {
	creationOf,
	deletionOf,
	joinSentences,
	referTo,
	startSteps,
} from './writes.js';

const isAsked = (object: ObjectTouch['after']): boolean =>
	object?.kind === 'Namespace' &&
	object.metadata.labels[keys.enabled] === 'true';

const isMarked = ({metadata}: NamespaceOffloading): boolean =>
	metadata.annotations[keys.resourceControlledBy] === quickOffloadingMark;

const requestOf = (namespace: string): Request => ({
	cluster: 'home',
	namespace: '',
	name: namespace,
});

/**
Liqo's Namespace controller of v0.3: a label on a namespace creates its offloading, its removal deletes it again (Liqo: quick offloading).
*/
export const createQuickOffloadingReconciler = (
	wakeRules: Rules,
): Reconciler => ({
	id: 'quick-offloading',
	title: 'Quick offloading',
	*requests({consumer}: World): Generator<Request> {
		for (const namespace of consumer.list('Namespace')) {
			if (isAsked(namespace)) {
				yield requestOf(namespace.metadata.name);
			}
		}
	},
	requestsFor(touch, world) {
		if (touch.cluster !== world.consumer.key) {
			return [];
		}

		if (touch.kind === 'Namespace') {
			return touch.after !== undefined &&
				isAsked(touch.before) !== isAsked(touch.after)
				? [requestOf(touch.name)]
				: [];
		}

		const isLost =
			touch.kind === 'NamespaceOffloading' &&
			touch.name === offloadingName &&
			touch.after === undefined;
		return isLost && isCorrected(wakeRules, 'quick-label-once')
			? [requestOf(touch.namespace)]
			: [];
	},
	reconcile(request, world, context): ReconcileResult {
		const view = world.consumer;
		const namespace = view.get('Namespace', '', request.name);
		if (namespace === undefined) {
			return {changes: []};
		}

		const object = offloadingIn(view, request.name);
		const steps = startSteps(context);
		if (isAsked(namespace)) {
			const isGoing = namespace.metadata.deletionTimestamp !== undefined;
			if (object === undefined && !isGoing) {
				steps.take(
					creationOf(
						view,
						referTo(view, 'NamespaceOffloading', request.name, offloadingName),
						{
							metadata: {
								name: offloadingName,
								namespace: request.name,
								annotations: {
									[keys.resourceControlledBy]: quickOffloadingMark,
								},
							},
							spec: {
								namespaceMappingStrategy: 'DefaultName',
								podOffloadingStrategy: 'LocalAndRemote',
								clusterSelector: {nodeSelectorTerms: []},
							},
						},
						`the namespace is labelled ${keys.enabled}=true`,
					),
				);
			}
		} else if (
			object !== undefined &&
			isMarked(object) &&
			object.metadata.deletionTimestamp === undefined
		) {
			steps.take(
				deletionOf(
					view,
					object,
					`the namespace is no longer labelled ${keys.enabled}=true`,
				),
			);
		}

		const error = joinSentences(steps.errors);
		return {changes: steps.changes, ...(error !== undefined && {error})};
	},
});
