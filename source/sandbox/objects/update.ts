import {admitUpdate} from '../admission/builtin.js';
import {
	badRequest,
	conflict,
	type Failure,
	invalidObject,
	isFailure,
	notFound,
} from '../http/status.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {finalizerWarnings} from '../validation/metadata.js';
import {invalid} from '../validation/field-error.js';
import {type ApiObject, isEqual, listAt, type Tree} from '../value.js';
import {recordUpdate} from '../managed/managers.js';
import {acceptBody} from './accept.js';
import {checkWholeKind} from './check-kind.js';
import {createObject} from './create.js';
import {timestamp} from './identity.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	store,
	type Target,
	unreadableVersion,
	type Written,
} from './target.js';
import {validateUpdate} from './validate.js';

/**
Whether two states of an object differ in more than what the server writes itself.
*/
const isSame = (object: ApiObject, old: ApiObject): boolean => {
	const bare = ({metadata, ...rest}: ApiObject): Tree => {
		const {managedFields, resourceVersion, generation, ...own} = metadata;
		return {...rest, metadata: own};
	};

	return isEqual(bare(object), bare(old));
};

const keepStatusApart = (
	object: ApiObject,
	old: ApiObject,
	{kind, subresource}: Target,
): void => {
	if (!kind.hasStatus) {
		return;
	}

	if (subresource !== 'status') {
		if (old.status === undefined) {
			delete object.status;
		} else {
			object.status = old.status;
		}

		return;
	}

	for (const key of new Set([...Object.keys(object), ...Object.keys(old)])) {
		if (key !== 'status' && key !== 'metadata') {
			object[key] = old[key];
		}
	}

	if (kind.kind === 'Deployment' && !kind.isCustom) {
		const {labels} = old.metadata;
		if (labels) {
			object.metadata.labels = labels;
		} else {
			delete object.metadata.labels;
		}
	}

	if (kind.isCustom) {
		const {managedFields} = object.metadata;
		object.metadata = {...old.metadata, managedFields};
	}
};

const specOf = ({metadata, status, ...rest}: ApiObject): Tree => rest;

const setGeneration = (object: ApiObject, old: ApiObject, kind: Kind): void => {
	const {generation} = old.metadata;
	if (generation === undefined) {
		delete object.metadata.generation;
		return;
	}

	// Without a status subresource everything outside the metadata counts.
	const isChanged =
		kind.hasStatus || !kind.isCustom
			? !isEqual(specOf(object), specOf(old))
			: !isEqual({...object, metadata: {}}, {...old, metadata: {}});
	object.metadata.generation =
		kind.hasGeneration && isChanged ? generation + 1 : generation;
};

const keepIdentity = (object: ApiObject, old: ApiObject): void => {
	const {metadata} = object;
	if (old.metadata.creationTimestamp !== undefined) {
		metadata.creationTimestamp = old.metadata.creationTimestamp;
	}

	for (const key of [
		'deletionTimestamp',
		'deletionGracePeriodSeconds',
		'uid',
	] as const) {
		if (metadata[key] === undefined || metadata[key] === '') {
			if (old.metadata[key] === undefined) {
				delete metadata[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
			} else {
				Object.assign(metadata, {[key]: old.metadata[key]});
			}
		}
	}
};

const isFreed = ({kind, metadata, spec}: ApiObject): boolean =>
	Boolean(metadata.deletionTimestamp) &&
	(kind !== 'Namespace' || listAt(spec, 'finalizers').length === 0) &&
	(metadata.finalizers ?? []).length === 0 &&
	(metadata.deletionGracePeriodSeconds ?? 0) === 0;

export type Update = {
	readonly object: ApiObject;
	readonly old: ApiObject;
	/**
	Writes metadata.managedFields; the default records an update.
	*/
	record?(object: ApiObject, old: ApiObject): void;
};

/**
Takes an accepted object through admission and validation to the storage, in the place of `old`. What changed meanwhile is a conflict,
which `undefined` stands for: the caller knows whether to try again.
*/
export const replaceObject = async (
	target: Target,
	{object: accepted, old, record}: Update,
): Promise<Written | Failure | undefined> => {
	const {api, kind, caller, options, subresource} = target;
	let object = accepted;
	if (object.metadata.namespace === undefined && old.metadata.namespace) {
		object.metadata.namespace = old.metadata.namespace;
	}

	keepIdentity(object, old);
	if (record) {
		record(object, old);
	} else {
		recordUpdate(object, old, kind, {
			name: options.fieldManager,
			apiVersion: apiVersionOf(kind),
			subresource,
			time: timestamp(api.now()),
		});
	}

	keepStatusApart(object, old, target);
	const request = {
		kind,
		subresource,
		operation: 'UPDATE',
		namespace: target.namespace,
		name: target.name,
		object,
		old,
		isDryRun: options.isDryRun,
		caller,
	} as const;
	const hasWebhooks = api.webhooks.concerns(request);
	if (hasWebhooks) {
		const mutated = await api.webhooks.mutate(request);
		if (isFailure(mutated)) {
			return mutated;
		}

		object = mutated;
	}

	admitUpdate(kind, object, subresource);
	kind.behaviour.prepareUpdate?.(object, old);
	setGeneration(object, old, kind);
	const refusal = validateUpdate(object, old, target);
	if (refusal) {
		return refusal;
	}

	caller.warnings.push(
		...(kind.isCustom
			? finalizerWarnings(object.metadata.finalizers, old.metadata.finalizers)
			: (kind.behaviour.warn?.(object) ?? [])),
	);

	if (hasWebhooks) {
		const denial = await api.webhooks.validate({...request, object});
		if (denial) {
			return denial;
		}
	}

	const entry = currentEntry(target);
	if (!entry || String(entry.revision) !== old.metadata.resourceVersion) {
		return undefined;
	}

	object.metadata.resourceVersion = old.metadata.resourceVersion;
	if (isFreed(object)) {
		if (!options.isDryRun) {
			api.storage.remove(kind.resource, target.namespace, target.name);
		}

		return {code: 200, object};
	}

	const isUnchanged =
		isSame(object, old) &&
		isEqual(object.metadata.managedFields, old.metadata.managedFields);
	return {
		code: 200,
		...(isUnchanged ? {object: old, entry} : store(target, object)),
	};
};

/**
Kinds of which a PUT makes what is not there.
*/
const createdByUpdate = new Set([
	'ClusterRole',
	'ClusterRoleBinding',
	'Event',
	'Lease',
	'LimitRange',
	'Role',
	'RoleBinding',
	'RuntimeClass',
	'Service',
]);

/**
Built-in kinds of which a PUT has to say which version it replaces; of custom ones it always has to.
*/
const conditional = new Set([
	'Lease',
	'MutatingWebhookConfiguration',
	'PodDisruptionBudget',
	'RuntimeClass',
	'ValidatingWebhookConfiguration',
]);

/**
PUT: the body takes the place of the object.
*/
export const updateObject = async (
	target: Target,
	raw: Tree,
): Promise<Written | Failure> => {
	const {kind, name} = target;
	const wrongKind = checkWholeKind(raw, kind, target.api);
	if (wrongKind) {
		// What a custom resource says of itself is only looked at when there is one.
		return wrongKind.code === 422 && !currentEntry(target)
			? notFound(groupResource(kind), name)
			: wrongKind;
	}

	const object = acceptBody(raw, target);
	if (isFailure(object)) {
		return object;
	}

	const {metadata} = object;
	if (!metadata.name) {
		return badRequest(
			`the name of the object (${name} based on URL) was undeterminable: name must be provided`,
		);
	}

	if (metadata.name !== name) {
		return badRequest(
			`the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
		);
	}

	if (metadata.namespace && metadata.namespace !== target.namespace) {
		return badRequest(
			'the namespace of the provided object does not match the namespace sent on the request',
		);
	}

	const entry = currentEntry(target);
	if (!entry) {
		return createdByUpdate.has(kind.kind) && !metadata.resourceVersion
			? createObject(target, raw)
			: notFound(groupResource(kind), name);
	}

	const old = readEntry(kind, entry);
	if (metadata.uid && metadata.uid !== old.metadata.uid) {
		return conflict(
			groupResource(kind),
			name,
			`StorageError: invalid object, Code: 4, Key: /registry/${kind.isCustom ? `${kind.group}/` : ''}${kind.plural}/${target.namespace === '' ? '' : `${target.namespace}/`}${name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.metadata.uid}`,
		);
	}

	const isConditional = kind.isCustom || conditional.has(kind.kind);
	if (!metadata.resourceVersion && isConditional) {
		return invalidObject({group: kind.group, kind: kind.plural}, name, [
			invalid('metadata.resourceVersion', 0, 'must be specified for an update'),
		]);
	}

	const unreadable = kind.isCustom
		? undefined
		: unreadableVersion(metadata.resourceVersion);
	if (unreadable) {
		return unreadable;
	}

	if (
		metadata.resourceVersion &&
		metadata.resourceVersion !== old.metadata.resourceVersion
	) {
		return conflict(groupResource(kind), name);
	}

	const written = await replaceObject(target, {object, old});
	return written ?? conflict(groupResource(kind), name);
};
