import {isCorrected, type Rules} from '../divergences.js';
import {absent, type JsonObject} from '../json.js';
import {finalizers, keys, virtualNodeType} from '../keys.js';
import {type NamespaceOffloading, type NodeSelector} from '../model.js';
import {evaluateSelector, selectorErrors} from '../selector.js';
import {joinErrors} from '../selector-errors.js';
import {offloadingIn} from '../world.js';
import {candidatesOf, entryOf} from './candidates.js';
import {requestsForLegacyOffloading} from './legacy-requests.js';
import {localClusterOf} from './local-cluster.js';
import {
	hasConditionsLeft,
	labelNamespace,
	type OffloadingPass,
	startPass,
	type StepOutcome,
	wish,
} from './offloading-pass.js';
import {everyOffloading, isAnswerAwaited} from './offloading-requests.js';
import {type Reconciler, type ReconcileResult} from './reconciler.js';
import {
	finalizersPatch,
	hasFinalizer,
	joinSentences,
	mappingPatch,
	patchOf,
	startSteps,
	withFinalizer,
	withoutFinalizer,
} from './writes.js';

const anyVirtualNode = {
	nodeSelectorTerms: [
		{
			matchExpressions: [
				{key: keys.type, operator: 'In', values: [virtualNodeType]},
			],
		},
	],
};

const annotationPrefix = 'Invalid Cluster Selector : ';

/**
The selector in force: an absent or empty one means every virtual node.
*/
export const selectorOf = ({spec}: NamespaceOffloading): NodeSelector =>
	spec.clusterSelector === undefined ||
	spec.clusterSelector.nodeSelectorTerms.length === 0
		? anyVirtualNode
		: spec.clusterSelector;

/**
The selector that chooses: upstream fills in an empty one when it first sees the object, never again, so that one emptied later picks nothing new.
*/
export const choosingSelector = (
	object: NamespaceOffloading,
	rules: Rules,
): NodeSelector =>
	!isCorrected(rules, 'undefaulted-selector') &&
	hasFinalizer(object, finalizers.namespaceOffloading)
		? (object.spec.clusterSelector ?? {nodeSelectorTerms: []})
		: selectorOf(object);

/**
Finalizer, selector and remote name in one write, once in the life of the object.
*/
const initialize = ({
	view,
	object,
	steps,
	remoteName,
}: OffloadingPass): StepOutcome => {
	if (hasFinalizer(object, finalizers.namespaceOffloading)) {
		return 'done';
	}

	const isFilled = selectorOf(object) === object.spec.clusterSelector;
	const {resourceVersion} = object.metadata;
	const body: JsonObject = {
		metadata: {
			finalizers: withFinalizer(object, finalizers.namespaceOffloading),
			...(resourceVersion !== '' && {resourceVersion}),
		},
		...(!isFilled && {spec: {clusterSelector: anyVirtualNode}}),
		...(remoteName !== undefined && {
			status: {remoteNamespaceName: remoteName},
		}),
	};
	return steps.take(
		patchOf(
			view,
			object,
			body,
			'the offloading is looked at for the first time',
		),
	)
		? 'done'
		: 'refused';
};

const annotate = (
	{view, object, steps}: OffloadingPass,
	error: string | undefined,
	rules: Rules,
): void => {
	const old = object.metadata.annotations[keys.schedulingEnabled];
	const text = error === undefined ? undefined : annotationPrefix + error;
	const isStale =
		old?.startsWith(annotationPrefix) === true &&
		isCorrected(rules, 'stale-syntax-annotation');
	if (old === text || (text === undefined && !isStale)) {
		return;
	}

	steps.take(
		patchOf(
			view,
			object,
			{
				metadata: {annotations: {[keys.schedulingEnabled]: text ?? absent}},
			},
			text === undefined
				? 'the cluster selector is valid again'
				: 'the cluster selector is not valid',
		),
	);
};

const findMismatch = ({
	view,
	maps,
	context,
}: OffloadingPass): string | undefined => {
	if (isCorrected(context.rules, 'map-count-blocks')) {
		return undefined;
	}

	const nodes = [...view.virtualNodes()].length;
	return nodes === maps.size
		? undefined
		: ' No VirtualNodes at the moment in the cluster';
};

const mapClusters = (pass: OffloadingPass): StepOutcome => {
	const {view, context, steps, maps, wishes, object, obstacle} = pass;
	const {rules} = context;
	const mismatch = findMismatch(pass);
	// Upstream's name is fixed in the status when the object is first seen; what stood there before is overwritten.
	const isFixed =
		rules === 'upstream' &&
		hasFinalizer(object, finalizers.namespaceOffloading);
	const name = isFixed
		? (object.status.remoteNamespaceName ?? pass.remoteName)
		: pass.remoteName;
	if (mismatch !== undefined || name === undefined) {
		steps.errors.push(mismatch ?? 'the local cluster-id is not known');
		return 'refused';
	}

	const selector = choosingSelector(object, rules);
	const candidates = candidatesOf(view, rules);
	const results = candidates.map((candidate) => ({
		id: candidate.clusterId,
		...evaluateSelector(selector, candidate, 'v0.3'),
	}));
	const isAnyMatched = results.some(({matches}) => matches);
	const error =
		!isAnyMatched && isCorrected(rules, 'late-syntax-error')
			? joinErrors(selectorErrors(selector, 'v0.3'))
			: results.find((result) => result.error !== undefined)?.error;
	let outcome: StepOutcome = 'done';
	for (const {id, matches} of results) {
		if (obstacle !== undefined && matches && !wishes.has(id)) {
			pass.obstructed.add(id);
			continue;
		}

		const isKept = matches || !isCorrected(rules, 'selector-edit-ignored');
		const taken = matches
			? wish(pass, id, wishes.get(id) ?? name, `cluster ${id} is selected`)
			: isKept || error !== undefined
				? 'done'
				: wish(pass, id, undefined, `cluster ${id} is not selected`);
		outcome = taken === 'refused' ? taken : outcome;
	}

	annotate(pass, error, rules);
	const isAnyMapped = results.some(
		(result) => result.matches && maps.has(result.id),
	);
	const isLabelled = isCorrected(rules, 'label-needs-match')
		? object.spec.podOffloadingStrategy !== 'Local'
		: isAnyMapped;
	if (isLabelled || isCorrected(rules, 'label-needs-match')) {
		const labelled = labelNamespace(
			pass,
			isLabelled,
			isLabelled ? 'new pods have to pass the webhook' : 'pods stay local',
		);
		outcome = labelled === 'refused' ? labelled : outcome;
	}

	return outcome;
};

const remove = (pass: OffloadingPass): void => {
	const {view, object, steps, namespace, context} = pass;
	const reason = 'the namespace is no longer offloaded';
	if (labelNamespace(pass, false, reason) === 'refused') {
		return;
	}

	let isClean = true;
	for (const map of view.list('NamespaceMap')) {
		if (entryOf(map.spec.desiredMapping, namespace) !== undefined) {
			isClean =
				steps.take(mappingPatch(view, map, {[namespace]: absent}, reason)) &&
				isClean;
		}
	}

	pass.wishes.clear();
	const isWaiting =
		context.rules === 'corrected'
			? hasConditionsLeft(pass)
			: Object.keys(object.status.remoteNamespacesConditions).length > 0;
	if (!isClean || isWaiting) {
		steps.errors.push(
			isClean
				? 'waiting for remote namespaces deletion'
				: 'some desiredMappings have not been deleted',
		);
		return;
	}

	// Somebody else's finalizer may hold it.
	if (hasFinalizer(object, finalizers.namespaceOffloading)) {
		steps.take(
			finalizersPatch(
				view,
				object,
				withoutFinalizer(object, finalizers.namespaceOffloading),
				'no twin is left',
			),
		);
	}
};

/**
Liqo's NamespaceOffloading controller of v0.3 (Liqo: gen 1 NamespaceOffloading controller). It reads `offloading` whatever the request is called.
*/
export const createLegacyNamespaceOffloadingReconciler = (
	wakeRules: Rules,
): Reconciler => ({
	id: 'namespace-offloading',
	title: 'NamespaceOffloading',
	requests: ({consumer}) => everyOffloading(consumer, 'corrected'),
	requestsFor: (touch, world) =>
		requestsForLegacyOffloading(touch, world.consumer, wakeRules),
	isAwaiting: ({namespace}, {consumer}) => isAnswerAwaited(consumer, namespace),
	reconcile(request, world, context): ReconcileResult {
		const view = world.consumer;
		const {generation} = view;
		const object = offloadingIn(view, request.namespace);
		if (object === undefined || generation === undefined) {
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
		if (object.metadata.deletionTimestamp === undefined) {
			if (initialize(pass) === 'done') {
				mapClusters(pass);
			}
		} else {
			remove(pass);
		}

		const error = joinSentences(steps.errors);
		return {changes: steps.changes, ...(error !== undefined && {error})};
	},
});
