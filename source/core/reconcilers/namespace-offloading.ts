import {isCorrected, type Rules} from '../divergences.js';
import {finalizers, offloadingName} from '../keys.js';
import {evaluateSelector, selectorErrors} from '../selector.js';
import {joinErrors} from '../selector-errors.js';
import {type World} from '../world.js';
import {type Candidate, candidatesOf} from './candidates.js';
import {localClusterOf} from './local-cluster.js';
import {
	hasConditionsLeft,
	labelNamespace,
	type OffloadingPass,
	startPass,
	type StepOutcome,
	wish,
	writeStatus,
} from './offloading-pass.js';
import {
	everyOffloading,
	isAnswerAwaited,
	requestsForOffloadings,
} from './offloading-requests.js';
import {type Reconciler, type ReconcileResult} from './reconciler.js';
import {readSelector, withTidySelector} from './tidy-selector.js';
import {
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	startSteps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const invalidEvent = (pass: OffloadingPass, error: string): void => {
	const {object, view, context, steps} = pass;
	const {namespace, name, uid} = object.metadata;
	const message = `Invalid ClusterSelector: ${error}`;
	for (const event of view.list('Event', namespace)) {
		if (
			event.involvedObject.kind === object.kind &&
			event.involvedObject.name === name &&
			event.reason === 'Invalid' &&
			event.message === message
		) {
			return;
		}
	}

	const reference = {
		apiVersion: object.apiVersion,
		kind: object.kind,
		namespace,
		name,
	};
	steps.changes.push({
		cluster: view.key,
		verb: 'event',
		object: reference,
		body: {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {namespace},
			involvedObject: {...reference, ...(uid !== '' && {uid})},
			type: 'Warning',
			reason: 'Invalid',
			message,
			source: {component: 'namespaceoffloading-controller'},
			firstTimestamp: context.now,
			lastTimestamp: context.now,
			count: 1,
		},
		reason: 'the cluster selector is not valid',
	});
};

/**
The clusters that the selector picks, or its error. An absent or empty selector picks all.
*/
const selectClusters = (
	pass: OffloadingPass,
	candidates: readonly Candidate[],
): {readonly selected: ReadonlySet<string>; readonly error?: string} => {
	const {rules} = pass.context;
	const selector = readSelector(pass.object, rules);
	const ids = new Set(candidates.map(({clusterId}) => clusterId));
	if (selector === undefined || selector.nodeSelectorTerms.length === 0) {
		return {selected: ids};
	}

	if (isCorrected(rules, 'late-syntax-error')) {
		const errors = selectorErrors(selector);
		const error = joinErrors(errors);
		const isUseless =
			error !== undefined &&
			candidates.every(
				(candidate) => !evaluateSelector(selector, candidate).matches,
			);
		if (isUseless) {
			return {selected: new Set(), error};
		}
	}

	const matched = new Set<string>();
	const missed = new Set<string>();
	let error: string | undefined;
	for (const candidate of candidates) {
		const result = evaluateSelector(selector, candidate);
		error ??= result.error;
		(result.matches ? matched : missed).add(candidate.clusterId);
	}

	// Of several virtual nodes of a cluster the one looked at last decides upstream, as good as always for "no".
	const selected = isCorrected(rules, 'order-decides-cluster')
		? matched
		: matched.difference(missed);
	return {selected, ...(error !== undefined && {error})};
};

/**
Why the maps do not fit the virtual nodes, so that nothing is mapped at all.
*/
const findMismatch = (
	{maps, generation}: OffloadingPass,
	candidates: readonly Candidate[],
): string | undefined => {
	const ids = new Set(candidates.map(({clusterId}) => clusterId));
	if (generation.id !== 'v1beta1' && ids.size !== maps.size) {
		return `number of VirtualNodes (${ids.size}) does not match that of NamespaceMaps (${maps.size})`;
	}

	const missing = [...ids].find((id) => !maps.has(id));
	return missing === undefined
		? undefined
		: `no NamespaceMap found for remote cluster ID: ${missing}`;
};

const mapClusters = (pass: OffloadingPass): StepOutcome => {
	const {view, context, steps, maps, wishes, remoteName, obstacle} = pass;
	const {rules} = context;
	const candidates = candidatesOf(view, rules);
	const mismatch = findMismatch(pass, candidates);
	if (mismatch !== undefined) {
		steps.errors.push(mismatch);
		if (!isCorrected(rules, 'status-swallows-errors')) {
			return 'refused';
		}
	}

	if (remoteName === undefined) {
		steps.errors.push('the local cluster-id is not known');
		return 'refused';
	}

	const {selected, error} = selectClusters(pass, candidates);
	let outcome: StepOutcome = 'done';
	for (const id of new Set(candidates.map(({clusterId}) => clusterId))) {
		const old = wishes.get(id);
		if (!selected.has(id)) {
			const taken =
				error === undefined
					? wish(pass, id, undefined, `cluster ${id} is not selected`)
					: 'done';
			outcome = taken === 'refused' ? taken : outcome;
			continue;
		}

		if (obstacle !== undefined && old === undefined) {
			if (maps.has(id)) {
				pass.obstructed.add(id);
			}

			continue;
		}

		const isOtherName = old !== undefined && old !== remoteName;
		if (isOtherName && isCorrected(rules, 'renamed-twin-orphaned')) {
			steps.errors.push(
				`cluster ${id} already maps the namespace to ${old}; delete and create the offloading to use ${remoteName}`,
			);
			continue;
		}

		const taken = wish(pass, id, remoteName, `cluster ${id} is selected`);
		outcome = taken === 'refused' ? taken : outcome;
	}

	if (error !== undefined) {
		invalidEvent(pass, error);
		steps.errors.push(`invalid ClusterSelector: ${error}`);
		return 'refused';
	}

	return outcome;
};

/**
Whether the controller can write the object's main part at all.
*/
const isWritable = ({object, context}: OffloadingPass): boolean =>
	object.spec.clusterSelector !== undefined ||
	isCorrected(context.rules, 'absent-selector-bricks');

const create = (pass: OffloadingPass): void => {
	const {view, object, steps, context} = pass;
	if (!hasFinalizer(object, finalizers.namespaceOffloading)) {
		if (!isWritable(pass)) {
			steps.errors.push(
				'spec.clusterSelector.nodeSelectorTerms: Required value',
			);
			return;
		}

		const patch = finalizersPatch(
			view,
			object,
			withFinalizer(object, finalizers.namespaceOffloading),
			'the twins have to be removed before the offloading goes',
		);
		const isTaken = steps.take(
			context.rules === 'upstream' ? withTidySelector(patch, object) : patch,
		);
		if (!isTaken) {
			return;
		}
	}

	if (mapClusters(pass) === 'refused') {
		return;
	}

	const strategy = object.spec.podOffloadingStrategy;
	labelNamespace(
		pass,
		strategy !== 'Local',
		strategy === 'Local'
			? 'pods stay local'
			: 'new pods have to pass the webhook',
	);
};

/**
Takes everything back. `gone`: the finalizer goes in this pass.
*/
const remove = (pass: OffloadingPass): 'gone' | 'waiting' => {
	const {view, object, steps, maps, context} = pass;
	const reason = 'the namespace is no longer offloaded';
	const labelled = labelNamespace(pass, false, reason);
	const isPersistent = isCorrected(context.rules, 'status-swallows-errors');
	if (labelled === 'refused' && !isPersistent) {
		return 'waiting';
	}

	const taken = Array.from(maps.keys(), (id) =>
		wish(pass, id, undefined, reason),
	);
	// Upstream looks at the conditions as they were, and so needs one more pass.
	const isWaiting =
		context.rules === 'corrected'
			? hasConditionsLeft(pass)
			: Object.keys(object.status.remoteNamespacesConditions).length > 0;
	// Where somebody else's finalizer holds it, everything is taken back and its status kept up to date all the same.
	const isHeld = hasFinalizer(object, finalizers.namespaceOffloading);
	if (!isHeld || isWaiting || taken.includes('refused') || !isWritable(pass)) {
		return 'waiting';
	}

	return steps.take(
		finalizersPatch(
			view,
			object,
			withoutFinalizer(object, finalizers.namespaceOffloading),
			'no twin is left',
		),
	)
		? 'gone'
		: 'waiting';
};

/**
Liqo's NamespaceOffloading controller since v0.5 (Liqo: gen 2 NamespaceOffloading controller, status step, deletion).
*/
export const createNamespaceOffloadingReconciler = (
	wakeRules: Rules,
): Reconciler => ({
	id: 'namespace-offloading',
	title: 'NamespaceOffloading',
	requests: (world: World) => everyOffloading(world.consumer, wakeRules),
	requestsFor: (touch, world) =>
		requestsForOffloadings(touch, world.consumer, wakeRules),
	isAwaiting: ({namespace}, {consumer}) => isAnswerAwaited(consumer, namespace),
	reconcile(request, world, context): ReconcileResult {
		const view = world.consumer;
		const object = view.get(
			'NamespaceOffloading',
			request.namespace,
			request.name,
		);
		const {generation} = view;
		const isIgnored =
			request.name !== offloadingName &&
			isCorrected(context.rules, 'misnamed-reconciled');
		if (object === undefined || generation === undefined || isIgnored) {
			return {changes: []};
		}

		const steps = startSteps(context);
		const pass = startPass(
			object,
			view,
			generation,
			localClusterOf(view),
			context,
			steps,
		);
		const isDeleting = object.metadata.deletionTimestamp !== undefined;
		const isGone = isDeleting && remove(pass) === 'gone';
		if (!isDeleting) {
			create(pass);
		}

		const errorsBefore = [...steps.errors];
		if (!isGone) {
			writeStatus(pass, {hasRemoteName: true});
		}

		const isKept = isCorrected(context.rules, 'status-swallows-errors');
		const error = joinSentences(
			isKept ? steps.errors : steps.errors.slice(errorsBefore.length),
		);
		return {changes: steps.changes, ...(error !== undefined && {error})};
	},
});
