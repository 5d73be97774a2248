import {admitCreate} from '../admission/builtin.js';
import {
	alreadyExists,
	badRequest,
	failure,
	type Failure,
	isFailure,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {recordUpdate} from '../managed/managers.js';
import {decodeBody} from '../storage/encoding.js';
import {type ApiObject, type Tree} from '../value.js';
import {finalizerWarnings} from '../validation/metadata.js';
import {acceptBody} from './accept.js';
import {checkWholeKind} from './check-kind.js';
import {fillIdentity, timestamp} from './identity.js';
import {groupResource, store, type Target, type Written} from './target.js';
import {validateCreate} from './validate.js';

const checkNamespace = (
	object: ApiObject,
	{kind, namespace}: Target,
): Failure | undefined => {
	if (!kind.isNamespaced) {
		delete object.metadata.namespace;
		return undefined;
	}

	if (!object.metadata.namespace) {
		object.metadata.namespace = namespace;
		return undefined;
	}

	return object.metadata.namespace === namespace
		? undefined
		: badRequest(
				'the namespace of the provided object does not match the namespace sent on the request',
			);
};

/**
Takes an accepted object through admission, validation and into the storage. Used by POST and by an apply that creates.
*/
export const createAccepted = async (
	target: Target,
	accepted: ApiObject,
	record: (object: ApiObject) => void,
): Promise<Written | Failure> => {
	const {api, kind, caller, options} = target;
	let object = accepted;
	const wrong = checkNamespace(object, target);
	if (wrong) {
		return wrong;
	}

	const {resourceVersion} = object.metadata;
	delete object.metadata.resourceVersion;
	fillIdentity(object, api.now());
	const {namespace = '', name} = object.metadata;
	record(object);
	const refusal = admitCreate(api, kind, object);
	if (refusal) {
		return refusal;
	}

	const request = {
		kind,
		subresource: target.subresource,
		operation: 'CREATE',
		namespace,
		name,
		object,
		old: undefined,
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

	if (kind.hasStatus && kind.isCustom) {
		delete object.status;
	}

	kind.behaviour.prepareCreate?.(object);
	if (kind.hasGeneration) {
		object.metadata.generation = 1;
	}

	const invalid = validateCreate(object, kind, caller.warnings);
	if (invalid) {
		return invalid;
	}

	caller.warnings.push(
		...(kind.isCustom
			? finalizerWarnings(object.metadata.finalizers, undefined)
			: (kind.behaviour.warn?.(object) ?? [])),
	);

	if (hasWebhooks) {
		const denial = await api.webhooks.validate({...request, object});
		if (denial) {
			return denial;
		}
	}

	// What is no version at all is not looked at.
	if (Number(resourceVersion) > 0) {
		return failure(
			500,
			undefined,
			'resourceVersion should not be set on objects to be created',
		);
	}

	const existing = api.storage.get(kind.resource, namespace, name);
	if (existing) {
		const isBeingDeleted = Boolean(
			decodeBody(existing.bytes).metadata.deletionTimestamp,
		);
		return alreadyExists(groupResource(kind), name, isBeingDeleted);
	}

	return {code: 201, ...store(target, object)};
};

/**
POST: the body becomes a new object.
*/
export const createObject = async (
	target: Target,
	raw: Tree,
	body?: string,
): Promise<Written | Failure> => {
	const {api, kind, options} = target;
	const wrongKind = checkWholeKind(raw, kind, target.api, body);
	if (wrongKind) {
		return wrongKind;
	}

	const object = acceptBody(raw, target);
	if (isFailure(object)) {
		return object;
	}

	return createAccepted(target, object, (created) => {
		recordUpdate(created, undefined, kind, {
			name: options.fieldManager,
			apiVersion: apiVersionOf(kind),
			subresource: '',
			time: timestamp(api.now()),
		});
	});
};
