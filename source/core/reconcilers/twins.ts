import {isCorrected} from '../divergences.js';
import {isJsonObject, type JsonObject} from '../json.js';
import {keys} from '../keys.js';
import {
	type CurrentMapping,
	type Namespace,
	type NamespaceMap,
	type RoleBinding,
} from '../model.js';
import {namespaceNameProblems} from '../names.js';
import {type ClusterView, namespaceOf} from '../world.js';
import {entryOf} from './candidates.js';
import {type MappingPhase} from './map-outcome.js';
import {type ReconcileContext} from './reconciler.js';
import {
	creationOf,
	deletionOf,
	describeFailure,
	failureOf,
	patchOf,
	referTo,
	type Steps,
} from './writes.js';

const clusterRole = 'liqo-virtual-kubelet-remote';

export type MapPass = {
	readonly view: ClusterView;
	readonly map: NamespaceMap;
	/**
	What twins of this map are marked with.
	*/
	readonly id: string;
	readonly consumer: string;
	readonly context: ReconcileContext;
	readonly steps: Steps;
	/**
	Changes by kind, so that refused ones do not hold up the others: namespaces first, then what is inside, then deletions.
	*/
	readonly creations: Steps['changes'];
	readonly bindings: Steps['changes'];
	readonly deletions: Steps['changes'];
	readonly retries: string[];
};

const isManaged = (twin: Namespace, id: string): boolean =>
	twin.metadata.annotations[keys.managedByNamespaceMap] === id;

/**
Plans a change beside others of its kind; the text of its refusal when it was refused just now.
*/
const plan = (
	pass: MapPass,
	list: Steps['changes'],
	change: Steps['changes'][number],
): string | undefined => {
	const failure = failureOf(pass.context, change);
	if (failure === undefined) {
		list.push(change);
		return undefined;
	}

	return describeFailure(failure);
};

const twinBody = (
	{id, consumer}: MapPass,
	local: string,
	remote: string,
): JsonObject => ({
	metadata: {
		name: remote,
		labels: {[keys.remoteClusterId]: consumer},
		annotations: {
			[keys.managedByNamespaceMap]: id,
			[keys.originalName]: local,
		},
	},
});

const bindingBody = (
	{id, consumer, map}: MapPass,
	remote: string,
): JsonObject => ({
	metadata: {
		name: map.metadata.namespace,
		namespace: remote,
		labels: {
			'app.kubernetes.io/managed-by': 'liqo',
			[keys.remoteClusterId]: consumer,
		},
		annotations: {[keys.managedByNamespaceMap]: id},
	},
	roleRef: {
		apiGroup: 'rbac.authorization.k8s.io',
		kind: 'ClusterRole',
		name: clusterRole,
	},
	subjects: [
		{apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: consumer},
	],
});

const createBinding = (pass: MapPass, remote: string): string | undefined =>
	plan(
		pass,
		pass.bindings,
		creationOf(
			pass.view,
			referTo(pass.view, 'RoleBinding', remote, pass.map.metadata.namespace),
			bindingBody(pass, remote),
			`the consumer needs rights in ${remote}`,
		),
	);

const hasRole = ({roleRef}: RoleBinding): boolean =>
	roleRef.kind === 'ClusterRole' && roleRef.name === clusterRole;

const hasSubject = ({subjects}: RoleBinding, consumer: string): boolean =>
	subjects.length === 1 &&
	subjects[0]?.kind === 'Group' &&
	subjects[0].name === consumer;

const isSubset = (
	wanted: JsonObject[string],
	actual: Readonly<Record<string, string>>,
): boolean =>
	!isJsonObject(wanted) ||
	Object.entries(wanted).every(([key, value]) => actual[key] === value);

/**
Puts back the marks of a binding, the only thing upstream repairs on one.
*/
const relabelBinding = (
	pass: MapPass,
	binding: RoleBinding,
): string | undefined => {
	const {metadata} = bindingBody(pass, binding.metadata.namespace);
	const {labels, annotations} = isJsonObject(metadata) ? metadata : {};
	return isSubset(labels, binding.metadata.labels) &&
		isSubset(annotations, binding.metadata.annotations)
		? undefined
		: plan(
				pass,
				pass.bindings,
				patchOf(
					pass.view,
					binding,
					{metadata: {labels: labels ?? {}, annotations: annotations ?? {}}},
					'its marks are missing',
				),
			);
};

/**
Gives the consumer its rights in a twin. Returns what is in the way; upstream a binding that exists is never looked into.
*/
const ensureBinding = (pass: MapPass, twin: Namespace): string | undefined => {
	const {view, map, consumer, context} = pass;
	const remote = twin.metadata.name;
	const binding = view.get('RoleBinding', remote, map.metadata.namespace);
	if (binding === undefined) {
		return twin.metadata.deletionTimestamp === undefined
			? createBinding(pass, remote)
			: `namespace ${remote} is being terminated`;
	}

	const labelled = relabelBinding(pass, binding);
	if (
		labelled !== undefined ||
		!isCorrected(context.rules, 'rolebinding-not-repaired')
	) {
		return labelled;
	}

	if (!hasRole(binding)) {
		// The role of a binding cannot be changed: it comes back with the right one once it is gone.
		return binding.metadata.deletionTimestamp === undefined
			? plan(
					pass,
					pass.bindings,
					deletionOf(view, binding, 'it refers to another role'),
				)
			: undefined;
	}

	const {subjects} = bindingBody(pass, remote);
	return subjects === undefined || hasSubject(binding, consumer)
		? undefined
		: plan(
				pass,
				pass.bindings,
				patchOf(view, binding, {subjects}, 'it has other subjects'),
			);
};

const createTwin = (
	pass: MapPass,
	local: string,
	remote: string,
): MappingPhase => {
	const {view, context, retries} = pass;
	const [problem] = isCorrected(context.rules, 'name-unchecked')
		? namespaceNameProblems(remote)
		: [];
	if (remote === '' || problem !== undefined) {
		retries.push(problem ?? 'the remote name is empty');
		return 'CreationLoopBackOff';
	}

	const refusal = plan(
		pass,
		pass.creations,
		creationOf(
			view,
			referTo(view, 'Namespace', '', remote),
			twinBody(pass, local, remote),
			`it is the twin of ${local}`,
		),
	);
	if (refusal !== undefined) {
		retries.push(refusal);
		return 'CreationLoopBackOff';
	}

	const problemOfBinding = createBinding(pass, remote);
	if (problemOfBinding !== undefined) {
		retries.push(problemOfBinding);
		return 'CreationLoopBackOff';
	}

	return 'Accepted';
};

/**
The outcome of one wish (Liqo: gen 2 NamespaceMap controller, creation of one entry).
*/
export const ensureTwin = (
	pass: MapPass,
	local: string,
	remote: string,
): MappingPhase => {
	const {view, map, id, context, retries} = pass;
	const twin = remote === '' ? undefined : namespaceOf(view, remote);
	if (twin === undefined) {
		return createTwin(pass, local, remote);
	}

	if (!isManaged(twin, id)) {
		retries.push(
			`namespace "${remote}" already exists and it is not managed by NamespaceMap "${id}"`,
		);
		return 'CreationLoopBackOff';
	}

	if (
		twin.metadata.deletionTimestamp !== undefined &&
		isCorrected(context.rules, 'dying-twin-accepted')
	) {
		return 'Terminating';
	}

	const problem = ensureBinding(pass, twin);
	if (problem === undefined) {
		return 'Accepted';
	}

	retries.push(problem);
	const old = entryOf(map.status.currentMapping, local);
	return old?.phase === 'Accepted' ? 'Accepted' : 'CreationLoopBackOff';
};

/**
What becomes of an entry nobody asks for any more; absent: nothing is left of it.
*/
export const removeTwin = (
	pass: MapPass,
	mapping: CurrentMapping,
	wanted: ReadonlySet<string>,
): MappingPhase | undefined => {
	const {view, id, context, creations, deletions, retries} = pass;
	const remote = mapping.remoteNamespace;
	if (wanted.has(remote) && isCorrected(context.rules, 'shared-twin-deleted')) {
		return undefined;
	}

	const twin = remote === '' ? undefined : namespaceOf(view, remote);
	if (twin === undefined) {
		const created = creations.find(({object}) => object.name === remote);
		if (created !== undefined) {
			// Another entry of the same name has just asked for it; upstream takes it away again.
			deletions.push({
				cluster: view.key,
				verb: 'delete',
				object: created.object,
				reason: 'the entry it was made for is gone',
			});
			return 'Terminating';
		}

		return undefined;
	}

	if (!isManaged(twin, id)) {
		return undefined;
	}

	if (twin.metadata.deletionTimestamp === undefined) {
		const refusal = plan(
			pass,
			deletions,
			deletionOf(view, twin, 'the namespace is no longer mapped here'),
		);
		if (
			refusal !== undefined &&
			isCorrected(context.rules, 'deletion-errors-lost')
		) {
			retries.push(refusal);
		}
	}

	return 'Terminating';
};
