import {type Authorizer} from '../access/authorizer.js';
import {answerReview, isReview} from '../access/reviews.js';
import {type Api} from '../api.js';
import {sendFailure, sendJson, sendText} from '../http/answer.js';
import {unsupportedBody} from '../http/incoming.js';
import {readObjectBody} from '../http/json-body.js';
import {readForm} from '../http/media-type.js';
import {managerOf} from '../http/options.js';
import {isFailure, methodNotAllowed} from '../http/status.js';
import {checkKind, unrecognized} from '../objects/check-kind.js';
import {type LineFormat, objectLines, serveWatch} from '../http/watch.js';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {recordUpdate} from '../managed/managers.js';
import {timestamp} from '../objects/identity.js';
import {listEntries} from '../objects/list.js';
import {type ApiObject} from '../value.js';
import {linesOf, sendList} from './representation.js';
import {type ResourceRequest} from './resource-request.js';
import {checkRequest, checkScope} from './check-request.js';
import {serveObject} from './resource-route.js';

const goTypeOf = (kind: Kind, isList: boolean): string =>
	kind.isCustom
		? `unstructured.Unstructured${isList ? 'List' : ''}`
		: `${kind.group === '' ? 'core' : kind.group.split('.', 1)[0]}.${isList ? kind.listKind : kind.kind}`;

/**
Brings each request for a resource to what answers it: reviews, lists, watches, or single objects.
*/
export const createDispatcher = ({
	api,
	authorizer,
	watches,
}: {
	readonly api: Api;
	readonly authorizer: Authorizer;
	/**
	Ends of the watches that are open.
	*/
	readonly watches: Set<() => void>;
}): ((request: ResourceRequest, verb: string) => Promise<void>) => {
	const lineFormats = new WeakMap<Kind, LineFormat>();

	const sharedLines = (kind: Kind): LineFormat => {
		let lines = lineFormats.get(kind);
		if (!lines) {
			lines = objectLines(kind);
			lineFormats.set(kind, lines);
		}

		return lines;
	};

	const serveReview = (request: ResourceRequest): void => {
		const {kind, method, body, answer, caller} = request;
		const review = readObjectBody(body);
		const wrongKind = isFailure(review)
			? undefined
			: checkKind(review, kind, api, body);
		if (method !== 'POST') {
			sendFailure(answer, methodNotAllowed);
		} else if (isFailure(review)) {
			sendFailure(answer, unrecognized(kind, body, review.message));
		} else if (wrongKind) {
			sendFailure(answer, wrongKind);
		} else {
			const answered = answerReview(
				kind,
				review,
				caller.user,
				authorizer,
				(token) => api.tokens.find(token),
			) as ApiObject;
			const {status, ...asked} = answered;
			if (kind.kind === 'SelfSubjectReview') {
				asked.metadata.creationTimestamp = timestamp(api.now());
			}

			recordUpdate(asked, undefined, kind, {
				name: managerOf(caller.userAgent),
				apiVersion: apiVersionOf(kind),
				subresource: '',
				time: timestamp(api.now()),
			});
			sendJson(answer, 201, {...asked, status});
		}
	};

	const serveCollection = async (
		request: ResourceRequest,
		isWatch: boolean,
	): Promise<void> => {
		const {kind, path, query, answer} = request;
		const namespace = kind.isNamespaced ? path.namespace : undefined;
		if (isWatch) {
			const {lines, contentType} = linesOf(request, sharedLines(kind));
			const watchQuery = new URLSearchParams(query);
			if (path.name !== '') {
				watchQuery.set('fieldSelector', `metadata.name=${path.name}`);
			}

			const refusal = serveWatch({
				api,
				kind,
				namespace,
				query: watchQuery,
				response: answer.response,
				lines,
				contentType,
				register(end) {
					watches.add(end);
					return () => {
						watches.delete(end);
					};
				},
			});
			if (refusal) {
				sendFailure(answer, refusal);
			}

			return;
		}

		const page = listEntries(api, kind, namespace, query);
		if (isFailure(page)) {
			sendFailure(answer, page);
		} else {
			await sendList(request, page);
		}
	};

	return async (request: ResourceRequest, verb: string): Promise<void> => {
		const {kind, answer, accept, method, contentType, path} = request;
		if (isReview(kind)) {
			serveReview(request);
			return;
		}

		const form = readForm(accept, verb === 'list' || verb === 'watch', {
			kind: verb === 'watch' ? '' : goTypeOf(kind, verb === 'list'),
			isCustom: kind.isCustom,
		});
		if (isFailure(form)) {
			sendFailure(answer, form);
			return;
		}

		const hasForeignBody =
			(method === 'POST' ||
				method === 'PUT' ||
				(method === 'DELETE' && request.body !== '')) &&
			contentType !== '' &&
			!contentType.toLowerCase().startsWith('application/json');
		if (hasForeignBody) {
			sendFailure(answer, unsupportedBody);
			return;
		}

		if (kind.deprecationWarning !== undefined) {
			request.caller.warnings.push(kind.deprecationWarning);
		}

		const misplaced = checkScope(method, kind, path);
		if (misplaced === 'nowhere') {
			sendText(answer, 404, '404 page not found\n');
			return;
		}

		const refusal = misplaced ?? checkRequest(method, kind, path);
		if (refusal) {
			sendFailure(answer, refusal);
			return;
		}

		await (verb === 'list' || verb === 'watch'
			? serveCollection(request, verb === 'watch')
			: serveObject(request));
	};
};
