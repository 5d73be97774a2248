import {absent} from '../../core/json.js';
import {
	badRequest,
	conflict,
	type Failure,
	failure,
	invalidObject,
	isFailure,
	notFound,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {deleteObject, readDeleteOptions} from '../objects/delete.js';
import {timestamp} from '../objects/identity.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	store,
	type Target,
} from '../objects/target.js';
import {replaceObject} from '../objects/update.js';
import {readJsonPath} from '../printers/json-path.js';
import {formatSelector, none} from '../printers/cells.js';
import {invalid} from '../validation/field-error.js';
import {
	type ApiObject,
	clone,
	isTree,
	listAt,
	numberAt,
	textAt,
	textsAt,
	treeAt,
	treesAt,
	type Tree,
	type Value,
} from '../value.js';

/**
Answer of a subresource: an object, or a Status that says it is done.
*/
export type SubresourceAnswer = {readonly code: number; readonly body: Tree};

const success = (code: number): SubresourceAnswer => ({
	code,
	body: {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Success',
		code,
	},
});

const read = (target: Target): ApiObject | Failure => {
	const entry = currentEntry(target);
	return entry
		? readEntry(target.kind, entry)
		: notFound(groupResource(target.kind), target.name);
};

const setScheduled = (pod: ApiObject, now: number): void => {
	const status = treeAt(pod, 'status') ?? {};
	const conditions = treesAt(status, 'conditions').filter(
		(condition) => textAt(condition, 'type') !== 'PodScheduled',
	);
	conditions.push({
		type: 'PodScheduled',
		status: 'True',
		lastProbeTime: absent,
		lastTransitionTime: timestamp(now),
	});
	pod.status = {...status, conditions};
};

/**
POST pods/NAME/binding: gives a pod its node.
*/
export const bindPod = (
	target: Target,
	body: Tree,
): SubresourceAnswer | Failure => {
	const pod = read(target);
	if (isFailure(pod)) {
		return pod;
	}

	const node = textAt(body, 'target', 'name');
	if (node === '') {
		return invalidObject({group: '', kind: 'Binding'}, target.name, [
			{
				field: 'target.name',
				reason: 'FieldValueRequired',
				message: 'Required value',
			},
		]);
	}

	const bound = textAt(pod, 'spec', 'nodeName');
	const resource = {group: '', resource: 'pods/binding'};
	if (pod.metadata.deletionTimestamp) {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} is being deleted, cannot be assigned to a host`,
		);
	}

	if (bound !== '') {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} is already assigned to node "${bound}"`,
		);
	}

	const gates = listAt(pod, 'spec', 'schedulingGates');
	if (gates.length > 0) {
		return conflict(
			resource,
			target.name,
			`pod ${target.name} has non-empty .spec.schedulingGates`,
		);
	}

	(pod.spec as Tree).nodeName = node;
	const annotations = textsAt(body, 'metadata', 'annotations');
	if (Object.keys(annotations).length > 0) {
		pod.metadata.annotations = {...pod.metadata.annotations, ...annotations};
	}

	setScheduled(pod, target.api.now());
	store(target, pod);
	return success(201);
};

const isReady = (pod: ApiObject): boolean =>
	treesAt(pod, 'status', 'conditions').some(
		(condition) =>
			textAt(condition, 'type') === 'Ready' &&
			textAt(condition, 'status') === 'True',
	);

const blockingBudget = (target: Target, pod: ApiObject): string | undefined => {
	const {api, namespace} = target;
	const phase = textAt(pod, 'status', 'phase');
	if (['Pending', 'Succeeded', 'Failed'].includes(phase)) {
		return undefined;
	}

	const labels = pod.metadata.labels ?? {};
	for (const entry of api.storage
		.collection('policy/poddisruptionbudgets')
		.list(namespace)) {
		const budget = JSON.parse(entry.bytes.toString()) as Tree;
		const isMatches = Object.entries(
			textsAt(budget, 'spec', 'selector', 'matchLabels'),
		).every(([key, value]) => labels[key] === value);
		const allowed = numberAt(budget, 'status', 'disruptionsAllowed') ?? 0;
		if (isMatches && isReady(pod) && allowed <= 0) {
			return entry.name;
		}
	}

	return undefined;
};

/**
POST pods/NAME/eviction: a deletion that a disruption budget may refuse with 429.
*/
export const evictPod = async (
	target: Target,
	body: Tree,
): Promise<SubresourceAnswer | Failure> => {
	const pod = read(target);
	if (isFailure(pod)) {
		return pod;
	}

	const budget = blockingBudget(target, pod);
	if (budget !== undefined) {
		return failure(
			429,
			'TooManyRequests',
			"Cannot evict pod as it would violate the pod's disruption budget.",
			{
				causes: [
					{
						reason: 'DisruptionBudget',
						message: `The disruption budget ${budget} does not allow evicting pods currently`,
					},
				],
			},
		);
	}

	const options = readDeleteOptions(
		treeAt(body, 'deleteOptions') ?? {},
		new URLSearchParams(),
	);
	if (isFailure(options)) {
		return options;
	}

	const outcome = await deleteObject(target, options);
	return isFailure(outcome) ? outcome : success(201);
};

const scaleOf = (target: Target, object: ApiObject): Tree => {
	const paths = target.kind.scale!;
	const number = (path: string): number => {
		const [value] = readJsonPath(path)(object);
		return typeof value === 'number' ? value : 0;
	};

	const selector =
		paths.selector === undefined || paths.selector === ''
			? undefined
			: readJsonPath(paths.selector)(object)[0];
	const {name, namespace, uid, resourceVersion, creationTimestamp} =
		object.metadata;
	const formatted = isTree(selector) ? formatSelector(selector) : selector;
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
		spec: {replicas: number(paths.replicas)},
		status: {
			replicas: number(paths.statusReplicas),
			...(!(formatted === undefined || formatted === none) && {
				selector: formatted,
			}),
		},
	};
};

const setAt = (object: Tree, path: string, value: Value): void => {
	const steps = path.split('.').slice(1);
	const last = steps.pop()!;
	let parent = object;
	for (const step of steps) {
		parent[step] ??= {};
		parent = parent[step] as Tree;
	}

	parent[last] = value;
};

/**
GET, PUT and PATCH of scale. `change` makes the wanted Scale out of the present one; absent for GET.
*/
export const serveScale = async (
	target: Target,
	change?: (scale: Tree) => Tree | Failure,
): Promise<SubresourceAnswer | Failure> => {
	const object = read(target);
	if (isFailure(object)) {
		return object;
	}

	const present = scaleOf(target, object);
	if (!change) {
		return {code: 200, body: present};
	}

	const wanted = change(clone(present));
	if (isFailure(wanted)) {
		return wanted;
	}

	const version = textAt(wanted, 'metadata', 'resourceVersion');
	if (version !== '' && version !== object.metadata.resourceVersion) {
		return conflict(groupResource(target.kind), target.name);
	}

	const replicas = numberAt(wanted, 'spec', 'replicas') ?? 0;
	if (replicas < 0) {
		return invalidObject({group: 'autoscaling', kind: 'Scale'}, target.name, [
			invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
		]);
	}

	const next = clone(object);
	setAt(next, target.kind.scale!.replicas, replicas);
	const written = await replaceObject(
		{...target, subresource: ''},
		{object: next, old: object},
	);
	if (written === undefined) {
		return conflict(groupResource(target.kind), target.name);
	}

	return isFailure(written)
		? written
		: {code: 200, body: scaleOf(target, written.object)};
};

/**
PUT namespaces/NAME/finalize: the only way to change a namespace's own finalizers; without any, a deleted one goes.
*/
export const finalizeNamespace = (
	target: Target,
	body: Tree,
): SubresourceAnswer | Failure => {
	const namespace = read(target);
	if (isFailure(namespace)) {
		return namespace;
	}

	const version = textAt(body, 'metadata', 'resourceVersion');
	if (version !== '' && version !== namespace.metadata.resourceVersion) {
		return conflict(groupResource(target.kind), target.name);
	}

	const finalizers = listAt(body, 'spec', 'finalizers');
	namespace.spec = finalizers.length > 0 ? {finalizers} : {};
	const isFree =
		namespace.metadata.deletionTimestamp !== undefined &&
		finalizers.length === 0 &&
		(namespace.metadata.finalizers ?? []).length === 0;
	if (!isFree) {
		store(target, namespace);
	} else if (!target.options.isDryRun) {
		target.api.storage.remove(target.kind.resource, '', target.name);
	}

	return {
		code: 200,
		body: {...namespace, apiVersion: apiVersionOf(target.kind)},
	};
};

/**
What cannot be served without a kubelet.
*/
export const noKubelet = (name: string): Failure =>
	badRequest(
		`pod ${JSON.stringify(name)} runs nowhere: this server has no kubelet to ask`,
	);
