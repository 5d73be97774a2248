import process from 'node:process';
import {type Api} from '../api.js';
import {
	type Answer,
	sendFailure,
	sendIndented,
	sendNothing,
	sendJson,
	sendText,
} from '../http/answer.js';
import {readForm} from '../http/media-type.js';
import {
	type Failure,
	isFailure,
	methodNotAllowed,
	noRoute,
} from '../http/status.js';
import {loadKubernetesSchemas} from '../schema/kubernetes-schemas.js';
import {
	aggregatedDiscovery,
	apiGroup,
	apiGroupList,
	apiResourceList,
	apiVersions,
} from './discovery.js';
import {openApiDocument, openApiIndex} from './openapi.js';

/**
A request for something that is no resource.
*/
export type MetaRequest = {
	readonly api: Api;
	readonly pathname: string;
	readonly query: URLSearchParams;
	readonly method: string;
	readonly accept: string;
	/**
	Host and port the client reached the server at.
	*/
	readonly address: string;
	readonly answer: Answer;
};

const versionInfo = {
	major: '1',
	minor: '34',
	emulationMajor: '1',
	emulationMinor: '34',
	minCompatibilityMajor: '1',
	minCompatibilityMinor: '33',
	gitVersion: 'v1.34.4',
	gitCommit: '',
	gitTreeState: 'clean',
	buildDate: '1970-01-01T00:00:00Z',
	goVersion: '',
	compiler: 'node',
	platform: `${process.platform}/${process.arch}`,
};

const aggregatedType =
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

const serveRoot = ({
	api,
	pathname,
	accept,
	address,
	answer,
}: MetaRequest): void => {
	const isLegacy = pathname.startsWith('/api/') || pathname === '/api';
	if (
		accept.includes('as=APIGroupDiscoveryList') &&
		/v=v2(?:[,;]|$)/v.test(accept)
	) {
		sendJson(
			answer,
			200,
			aggregatedDiscovery(api.registry, isLegacy),
			aggregatedType,
		);
		return;
	}

	sendJson(
		answer,
		200,
		isLegacy ? apiVersions(address) : apiGroupList(api.registry),
	);
};

const sendNotFound = (answer: Answer): void => {
	sendText(answer, 404, '404 page not found\n');
};

/**
Kubernetes' own groups answer what they do not have themselves.
*/
const isBuiltinGroup = ({registry}: Api, group: string): boolean =>
	[...registry.all()].some((kind) => !kind.isCustom && kind.group === group);

const serveGroup = (
	{api, answer}: MetaRequest,
	parts: readonly string[],
): void => {
	const [root, ...rest] = parts;
	const groupVersion = rest.join('/');
	const found =
		root === 'apis' && rest.length === 1
			? apiGroup(api.registry, groupVersion)
			: apiResourceList(api.registry, groupVersion);
	if (found) {
		sendJson(answer, 200, found);
	} else if (isBuiltinGroup(api, root === 'api' ? '' : (rest[0] ?? ''))) {
		sendFailure(answer, noRoute);
	} else {
		sendNotFound(answer);
	}
};

const serveOpenApi = async (
	{api, answer}: MetaRequest,
	parts: readonly string[],
): Promise<void> => {
	const [, version, root, ...rest] = parts;
	if (version === 'v3' && root === undefined) {
		sendJson(answer, 200, openApiIndex(api.registry));
		return;
	}

	const document =
		version === 'v3'
			? openApiDocument(
					api.registry,
					rest.join('/'),
					await loadKubernetesSchemas(),
				)
			: undefined;
	if (document) {
		sendJson(answer, 200, document);
	} else if (version === 'v3') {
		sendNothing(answer, 404);
	} else {
		sendNotFound(answer);
	}
};

/**
A resource that is not served, in a group that is Kubernetes' own or in any other.
*/
const sendMissing = (
	{api, answer}: MetaRequest,
	parts: readonly string[],
): void => {
	const group = parts[0] === 'api' ? '' : (parts[1] ?? '');
	if (isBuiltinGroup(api, group)) {
		sendFailure(answer, noRoute);
	} else {
		sendNotFound(answer);
	}
};

const healthOf = (check: string, query: URLSearchParams): string =>
	query.has('verbose')
		? `${['ping', 'log', 'etcd'].map((part) => `[+]${part} ok\n`).join('')}${check} check passed\n`
		: 'ok';

const checks = new Set(['ping', 'log', 'etcd']);

/**
The health of all, or of one check: `/healthz/etcd`.
*/
const serveHealth = (
	answer: Answer,
	pathname: string,
	query: URLSearchParams,
): void => {
	const [, root = '', ...rest] = pathname.split('/');
	const [check] = rest;
	if (check === undefined) {
		sendText(answer, 200, healthOf(root, query));
	} else if (rest.length === 1 && checks.has(check)) {
		sendText(answer, 200, 'ok', true);
	} else {
		sendNotFound(answer);
	}
};

/**
What can be asked with GET and nothing else: versions of groups, but not the groups.
*/
const isOnlyRead = (parts: readonly string[]): boolean => {
	const [root] = parts;
	return (
		(root === 'version' && parts.length === 1) ||
		(root === 'api' && parts.length <= 2) ||
		(root === 'apis' && parts.length === 3)
	);
};

/**
Whether discovery can be had in a form that the client takes. The lists of groups are written by another part of the API server than what
is in a group, and that one says less.
*/
const checkAccept = (
	{accept}: MetaRequest,
	parts: readonly string[],
): Failure | undefined => {
	const [root] = parts;
	const isDiscovery =
		(root === 'api' && parts.length <= 2) ||
		(root === 'apis' && parts.length <= 3);
	if (!isDiscovery || accept.includes('as=APIGroupDiscoveryList')) {
		return undefined;
	}

	const form = readForm(accept, false, {
		isCustom: root === 'apis' && parts.length < 3,
		isPlain: true,
	});
	return isFailure(form) ? form : undefined;
};

/**
Answers discovery, OpenAPI, version and health; anything else is not there.
*/
export const serveMeta = async (asked: MetaRequest): Promise<void> => {
	// What is no resource is never compressed.
	const request = {...asked, answer: {...asked.answer, hasGzip: false}};
	const {pathname, answer, query, method} = request;
	const parts = pathname.split('/').filter((part) => part !== '');
	if (
		parts.at(-1) === 'watch' &&
		parts.length === (parts[0] === 'api' ? 3 : 4)
	) {
		sendText(
			answer,
			500,
			`Internal Server Error: ${JSON.stringify(pathname)}: failed to create RequestInfo: unable to determine kind and namespace from url, ${pathname}\n`,
		);
		return;
	}

	if (pathname.includes('//') && pathname !== '/api//') {
		// Nothing has an empty name; within `/api` that is for Kubernetes to say.
		if (pathname.startsWith('/api/')) {
			sendFailure(answer, noRoute);
		} else {
			sendNotFound(answer);
		}

		return;
	}

	if (method !== 'GET' && isOnlyRead(parts)) {
		sendFailure(answer, methodNotAllowed);
		return;
	}

	const unacceptable = checkAccept(request, parts);
	if (unacceptable) {
		sendFailure(answer, unacceptable);
		return;
	}

	switch (parts[0]) {
		case 'api':
		case 'apis': {
			const depth = parts[0] === 'api' ? 2 : 3;
			if (parts.length === 1) {
				serveRoot(request);
			} else if (parts.length > depth) {
				sendMissing(request, parts.slice(0, depth));
			} else {
				serveGroup(request, parts);
			}

			return;
		}

		case 'version': {
			if (parts.length === 1) {
				sendIndented(answer, versionInfo);
			} else {
				sendFailure(answer, noRoute);
			}

			return;
		}

		case 'healthz':
		case 'livez':
		case 'readyz': {
			serveHealth(answer, pathname, query);
			return;
		}

		case 'openapi': {
			// The index has no slash behind it.
			if (pathname === '/openapi/v3/') {
				sendNothing(answer, 404);
				return;
			}

			await serveOpenApi(request, parts);
			return;
		}

		case undefined: {
			sendIndented(answer, {
				paths: [
					'/api',
					'/api/v1',
					'/apis',
					'/healthz',
					'/livez',
					'/openapi/v3',
					'/readyz',
					'/version',
				],
			});
			return;
		}

		default: {
			sendNotFound(answer);
		}
	}
};
