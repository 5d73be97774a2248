import process from 'node:process';
import {type Api} from '../api.js';
import {
	type Answer,
	sendFailure,
	sendIndented,
	sendJson,
	sendText,
} from '../http/answer.js';
import {noRoute} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
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
	} else {
		sendText(answer, 404, '404 page not found\n');
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
	} else {
		sendText(answer, 404, '404 page not found\n');
	}
};

/**
A resource that is not served, in a group that is Kubernetes' own or in any other.
*/
const sendMissing = (
	{api, answer}: MetaRequest,
	parts: readonly string[],
): void => {
	const groupVersion = parts.slice(1).join('/');
	const isBuiltin = [...api.registry.all()].some(
		(kind) => !kind.isCustom && apiVersionOf(kind) === groupVersion,
	);
	if (isBuiltin) {
		sendFailure(answer, noRoute);
	} else {
		sendText(answer, 404, '404 page not found\n');
	}
};

const healthOf = (check: string, query: URLSearchParams): string =>
	query.has('verbose')
		? `${['ping', 'log', 'etcd'].map((part) => `[+]${part} ok\n`).join('')}${check} check passed\n`
		: 'ok';

/**
Answers discovery, OpenAPI, version and health; anything else is not there.
*/
export const serveMeta = async (request: MetaRequest): Promise<void> => {
	const {pathname, answer, query} = request;
	const parts = pathname.split('/').filter((part) => part !== '');
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
			sendIndented(answer, versionInfo);
			return;
		}

		case 'healthz':
		case 'livez':
		case 'readyz': {
			sendText(answer, 200, healthOf(parts[0], query));
			return;
		}

		case 'openapi': {
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
			sendText(answer, 404, '404 page not found\n');
		}
	}
};
