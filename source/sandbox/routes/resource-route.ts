import {sendFailure, sendJson} from '../http/answer.js';
import {readWriteOptions} from '../http/options.js';
import {
	type Failure,
	isFailure,
	methodNotAllowed,
	nameRequired,
	notFound,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {createObject} from '../objects/create.js';
import {deleteObject, deletionStatus, showsDeleted} from '../objects/delete.js';
import {
	type DeleteOptions,
	readDeleteOptions,
} from '../objects/delete-options.js';
import {listEntries} from '../objects/list.js';
import {checkPatchType, patchObject} from '../objects/patch.js';
import {
	groupResource,
	readEntry,
	type Target,
	type Written,
} from '../objects/target.js';
import {updateObject} from '../objects/update.js';
import {type Tree} from '../value.js';
import {listMetadata, sendEntry, sendObject} from './representation.js';
import {type ResourceRequest} from './resource-request.js';
import {serveOther} from './other-subresources.js';
import {readOptionalBody, readTyped} from './request-body.js';
import {type SubresourceAnswer} from './subresource-answer.js';

const targetOf = (request: ResourceRequest): Target | Failure => {
	const {api, caller, kind, path, method, query, repeatedKeys} = request;
	// How an object is patched is looked at before anything else.
	const options =
		(method === 'PATCH' && path.name !== '' && path.subresource !== 'scale'
			? checkPatchType(kind, request.contentType)
			: undefined) ?? readWriteOptions(method, query, caller.userAgent);
	return isFailure(options)
		? options
		: {
				api,
				caller,
				kind,
				namespace: kind.isNamespaced ? (path.namespace ?? '') : '',
				name: path.name,
				subresource: path.subresource,
				options,
				...(repeatedKeys && {repeatedKeys}),
			};
};

const sendOutcome = (
	request: ResourceRequest,
	outcome: SubresourceAnswer | Failure,
): void => {
	if (isFailure(outcome)) {
		sendFailure(request.answer, outcome);
	} else {
		sendJson(request.answer, outcome.code, outcome.body);
	}
};

const sendWritten = (
	request: ResourceRequest,
	written: Failure | Written,
): void => {
	if (isFailure(written)) {
		sendFailure(request.answer, written);
	} else if (written.entry) {
		sendEntry(request, written.code, written.entry);
	} else {
		sendObject(request, written.code, written.object);
	}
};

const getObject = (request: ResourceRequest): void => {
	const {api, kind, path, answer} = request;
	const namespace = kind.isNamespaced ? (path.namespace ?? '') : '';
	const entry = api.storage.get(kind.resource, namespace, path.name);
	if (!entry) {
		sendFailure(answer, notFound(groupResource(kind), path.name));
		return;
	}

	sendEntry(request, 200, entry);
};

/**
How to delete: what the body says where there is one, with no look at the query, not even for whether it is a dry run.
*/
const readDeletion = (
	{body, query}: ResourceRequest,
	target: Target,
): Failure | {readonly target: Target; readonly options: DeleteOptions} => {
	const raw = readOptionalBody(body);
	if (isFailure(raw)) {
		return raw;
	}

	const hasBody = body.length > 0;
	const options = readDeleteOptions(
		raw,
		hasBody ? new URLSearchParams() : query,
	);
	if (isFailure(options)) {
		return options;
	}

	const isDryRun = hasBody
		? Array.isArray(raw.dryRun) && raw.dryRun.includes('All')
		: target.options.isDryRun;
	return {
		target: {...target, options: {...target.options, isDryRun}},
		options,
	};
};

const removeObject = async (
	request: ResourceRequest,
	wanted: Target,
): Promise<void> => {
	const {answer, kind} = request;
	const deletion = readDeletion(request, wanted);
	if (isFailure(deletion)) {
		sendFailure(answer, deletion);
		return;
	}

	const {target, options} = deletion;
	const outcome = await deleteObject(target, options);
	if (isFailure(outcome)) {
		sendFailure(answer, outcome);
	} else if (
		!outcome.isGone ||
		(showsDeleted.has(kind.kind) && !kind.isCustom)
	) {
		sendObject(request, 200, outcome.object);
	} else {
		sendJson(answer, 200, deletionStatus(target, outcome));
	}
};

const removeCollection = async (
	request: ResourceRequest,
	wanted: Target,
): Promise<void> => {
	const {api, kind, path, query, answer} = request;
	const deletion = readDeletion(request, wanted);
	if (isFailure(deletion)) {
		sendFailure(answer, deletion);
		return;
	}

	const {target, options} = deletion;
	const page = listEntries(
		api,
		kind,
		kind.isNamespaced ? path.namespace : undefined,
		query,
	);
	if (isFailure(page)) {
		sendFailure(answer, page);
		return;
	}

	const items: Tree[] = [];
	for (const entry of page.entries) {
		// eslint-disable-next-line no-await-in-loop -- one after the other, as they are listed
		const outcome = await deleteObject(
			{...target, namespace: entry.namespace, name: entry.name},
			options,
		);
		if (isFailure(outcome)) {
			if (outcome.code !== 404) {
				sendFailure(answer, outcome);
				return;
			}

			continue;
		}

		// As they were when they were listed.
		const listed = readEntry(kind, entry);
		const {apiVersion, kind: _, ...item} = listed;
		items.push(kind.isCustom ? listed : item);
	}

	sendJson(answer, 200, {
		kind: kind.listKind,
		apiVersion: apiVersionOf(kind),
		metadata: {
			...(kind.isCustom && {continue: ''}),
			...listMetadata({...page, revision: api.storage.revision}),
		},
		items,
	});
};

/**
Answers everything about a resource but lists and watches.
*/
export const serveObject = async (request: ResourceRequest): Promise<void> => {
	const {kind, path, method, answer, body, contentType} = request;
	const target = targetOf(request);
	if (isFailure(target)) {
		sendFailure(answer, target);
		return;
	}

	const isStatus = path.subresource === 'status' && kind.hasStatus;
	if (path.subresource !== '' && !isStatus) {
		sendOutcome(request, await serveOther(request, target));
		return;
	}

	if (path.name === '' && (method === 'PUT' || method === 'PATCH')) {
		sendFailure(answer, kind.isCustom ? nameRequired : methodNotAllowed);
		return;
	}

	switch (method) {
		case 'GET':
		case 'HEAD': {
			getObject(request);
			return;
		}

		case 'POST': {
			const raw = readTyped(request);
			// To a custom resource the name in the path of a POST is of no account.
			const isTaken = path.name === '' || kind.isCustom;
			sendWritten(
				request,
				isTaken
					? isFailure(raw)
						? raw
						: await createObject(target, raw, body)
					: methodNotAllowed,
			);
			return;
		}

		case 'PUT': {
			const raw = readTyped(request);
			sendWritten(
				request,
				isFailure(raw) ? raw : await updateObject(target, raw),
			);
			return;
		}

		case 'PATCH': {
			sendWritten(request, await patchObject(target, contentType, body));
			return;
		}

		case 'DELETE': {
			if (isStatus) {
				sendFailure(answer, methodNotAllowed);
				return;
			}

			if (path.name === '' && !kind.verbs.includes('deletecollection')) {
				sendFailure(answer, methodNotAllowed);
				return;
			}

			await (path.name === ''
				? removeCollection(request, target)
				: removeObject(request, target));
			return;
		}

		default: {
			sendFailure(answer, methodNotAllowed);
		}
	}
};
