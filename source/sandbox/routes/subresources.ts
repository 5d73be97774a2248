import {
	badRequest,
	conflict,
	type Failure,
	invalidObject,
	isFailure,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {recordUpdate} from '../managed/managers.js';
import {timestamp} from '../objects/identity.js';
import {groupResource, store, type Target} from '../objects/target.js';
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
	type Tree,
	type Value,
} from '../value.js';
import {read, type SubresourceAnswer} from './subresource-answer.js';

export {bindPod, evictPod} from './pod-subresources.js';
export {type SubresourceAnswer} from './subresource-answer.js';

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

/**
Records who wrote through a subresource that is not the status.
*/
const recordAs = (
	{kind, options, api}: Target,
	subresource: string,
	object: ApiObject,
	old: ApiObject,
): void => {
	recordUpdate(object, old, kind, {
		name: options.fieldManager,
		apiVersion: apiVersionOf(kind),
		subresource,
		// The API server forgets to say when somebody scaled.
		time: subresource === 'scale' ? '' : timestamp(api.now()),
	});
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
		{
			object: next,
			old: object,
			record(changed, before) {
				recordAs(target, 'scale', changed, before);
			},
		},
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
	const before = clone(namespace);
	namespace.spec = finalizers.length > 0 ? {finalizers} : {};
	recordAs(target, 'finalize', namespace, before);
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
