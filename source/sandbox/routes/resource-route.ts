import {sendFailure, sendJson} from '../http/answer.js';
import {readObjectBody} from '../http/json-body.js';
import {readWriteOptions} from '../http/options.js';
import {
	failure,
	type Failure,
	isFailure,
	methodNotAllowed,
	noRoute,
	notFound,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {unrecognized} from '../objects/accept.js';
import {createObject} from '../objects/create.js';
import {
	deleteObject,
	deletionStatus,
	type DeleteOptions,
	readDeleteOptions,
	showsDeleted,
} from '../objects/delete.js';
import {listEntries} from '../objects/list.js';
import {patchObject} from '../objects/patch.js';
import {groupResource, readEntry, type Target} from '../objects/target.js';
import {updateObject} from '../objects/update.js';
import {type ApiObject, type Tree} from '../value.js';
import {sendObject} from './representation.js';
import {type ResourceRequest} from './resource-request.js';
import {serveScaleRequest} from './scale-route.js';
import {
	bindPod,
	evictPod,
	finalizeNamespace,
	noKubelet,
	type SubresourceAnswer,
} from './subresources.js';

const targetOf = (request: ResourceRequest): Target | Failure => {
	const {api, caller, kind, path, method, query} = request;
	const options = readWriteOptions(method, query, caller.userAgent);
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
	written: Failure | {readonly code: number; readonly object: ApiObject},
): void => {
	if (isFailure(written)) {
		sendFailure(request.answer, written);
	} else {
		sendObject(request, written.code, written.object);
	}
};

const readBody = (body: string): Tree | Failure => {
	if (body.trim() === '') {
		return {};
	}

	const parsed = readObjectBody(body);
	return isFailure(parsed) ? failure(500, undefined, parsed.message) : parsed;
};

/**
The body as an object of the kind; what it is not, the answer says with the kind it should have been.
*/
const readTyped = ({body, kind}: ResourceRequest): Tree | Failure => {
	const raw = readObjectBody(body);
	return isFailure(raw) ? unrecognized(kind, body, raw.message) : raw;
};

const getObject = (request: ResourceRequest): void => {
	const {api, kind, path, answer} = request;
	const namespace = kind.isNamespaced ? (path.namespace ?? '') : '';
	const entry = api.storage.get(kind.resource, namespace, path.name);
	if (!entry) {
		sendFailure(answer, notFound(groupResource(kind), path.name));
		return;
	}

	sendObject(request, 200, readEntry(kind, entry));
};

/**
How to delete: what the body says where there is one, with no look at the query, not even for whether it is a dry run.
*/
const readDeletion = (
	{body, query}: ResourceRequest,
	target: Target,
): Failure | {readonly target: Target; readonly options: DeleteOptions} => {
	const raw = readBody(body);
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
			resourceVersion: String(api.storage.revision),
		},
		items,
	});
};

const serveOther = async (
	request: ResourceRequest,
	target: Target,
): Promise<SubresourceAnswer | Failure> => {
	const {kind, path, method, body} = request;
	if (path.subresource === 'scale' && kind.scale) {
		return serveScaleRequest(request, target);
	}

	const parsed = readBody(body);
	if (isFailure(parsed)) {
		return parsed;
	}

	const name = `${kind.resource}/${path.subresource}`;
	if (method === 'POST' && name === '/pods/binding') {
		return bindPod(target, parsed);
	}

	if (method === 'POST' && name === '/pods/eviction') {
		return evictPod(target, parsed);
	}

	if (method === 'PUT' && name === '/namespaces/finalize') {
		return finalizeNamespace(target, parsed);
	}

	if (name === '/pods/binding' || name === '/pods/eviction') {
		return methodNotAllowed;
	}

	return /^\/pods\/(?:log|exec|attach|portforward)$/v.test(name)
		? noKubelet(path.name)
		: kind.isCustom
			? notFound(groupResource(kind), path.name)
			: noRoute;
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
		sendFailure(answer, methodNotAllowed);
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
			const isNew = path.name === '';
			sendWritten(
				request,
				isFailure(raw) || !isNew
					? isFailure(raw) && isNew
						? raw
						: methodNotAllowed
					: await createObject(target, raw, body),
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
