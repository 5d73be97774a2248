import {readObjectBody} from '../http/json-body.js';
import {
	type Failure,
	isFailure,
	methodNotAllowed,
	noRoute,
	notFound,
} from '../http/status.js';
import {checkKind} from '../objects/check-kind.js';
import {groupResource, type Target} from '../objects/target.js';
import {readOptionalBody, readTyped} from './request-body.js';
import {type ResourceRequest} from './resource-request.js';
import {serveScaleRequest} from './scale-route.js';
import {read} from './subresource-answer.js';
import {
	bindPod,
	evictPod,
	finalizeNamespace,
	noKubelet,
	type SubresourceAnswer,
} from './subresources.js';
import {issueToken} from './token-request.js';

/**
What the body of a subresource is, where it is not the object itself.
*/
const bodyKinds: Readonly<
	Record<string, Readonly<Record<'group' | 'version' | 'kind', string>>>
> = {
	'POST /pods/binding': {group: '', version: 'v1', kind: 'Binding'},
	'POST /pods/eviction': {group: 'policy', version: 'v1', kind: 'Eviction'},
	'POST /serviceaccounts/token': {
		group: 'authentication.k8s.io',
		version: 'v1',
		kind: 'TokenRequest',
	},
	'PUT /namespaces/finalize': {group: '', version: 'v1', kind: 'Namespace'},
};

/**
What is only ever asked for, never read.
*/
const createdOnly = new Set([
	'/pods/binding',
	'/pods/eviction',
	'/serviceaccounts/token',
]);

const checkScale = ({
	api,
	body,
	kind,
}: ResourceRequest): Failure | undefined => {
	const parsed = readObjectBody(body);
	const scale = {...kind, group: 'autoscaling', version: 'v1', kind: 'Scale'};
	return isFailure(parsed)
		? undefined
		: checkKind(parsed, {...scale, isCustom: false}, api, body);
};

/**
Answers a subresource that is not the status.
*/
export const serveOther = async (
	request: ResourceRequest,
	target: Target,
): Promise<SubresourceAnswer | Failure> => {
	const {kind, path, method, body} = request;
	if (path.subresource === 'scale' && kind.scale) {
		const wrong = method === 'PUT' ? checkScale(request) : undefined;
		return wrong ?? serveScaleRequest(request, target);
	}

	const name = `${kind.resource}/${path.subresource}`;
	const bodyKind = bodyKinds[`${method} ${name}`];
	const parsed = bodyKind
		? readTyped({...request, kind: {...kind, ...bodyKind}})
		: readOptionalBody(body);
	if (isFailure(parsed)) {
		return parsed;
	}

	const wrongKind =
		bodyKind && checkKind(parsed, {...kind, ...bodyKind}, target.api, body);
	if (wrongKind) {
		return wrongKind;
	}

	if (method === 'POST' && name === '/pods/binding') {
		return bindPod(target, parsed);
	}

	if (method === 'POST' && name === '/pods/eviction') {
		return evictPod(target, parsed);
	}

	if (method === 'POST' && name === '/serviceaccounts/token') {
		return issueToken(target, parsed);
	}

	if (method === 'PUT' && name === '/namespaces/finalize') {
		return finalizeNamespace(target, parsed);
	}

	if (createdOnly.has(name)) {
		return methodNotAllowed;
	}

	if (
		name === '/namespaces/finalize' ||
		(name === '/pods/log' && method !== 'GET')
	) {
		return methodNotAllowed;
	}

	if (name === '/pods/log' && isFailure(read(target))) {
		return notFound(groupResource(kind), path.name);
	}

	return /^\/pods\/(?:log|exec|attach|portforward)$/v.test(name)
		? noKubelet(path.name)
		: kind.isCustom
			? notFound(groupResource(kind), path.name)
			: noRoute;
};
