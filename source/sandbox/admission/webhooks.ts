import {Buffer} from 'node:buffer';
import {randomUUID} from 'node:crypto';
import {
	failure,
	type Failure,
	internalError,
	isFailure,
} from '../http/status.js';
import {acceptObject} from '../objects/accept.js';
import {applyJsonPatch} from '../patch/json.js';
import {matchesTreeSelector} from '../selectors/tree-selector.js';
import {decodeBody} from '../storage/encoding.js';
import {type Storage} from '../storage/storage.js';
import {
	type ApiObject,
	at,
	isTree,
	listAt,
	numberAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
	type Value,
} from '../value.js';
import {type AdmissionRequest, type WebhookCaller} from './webhook-caller.js';
import {type PostReview} from './post-review.js';

const mutating = 'admissionregistration.k8s.io/mutatingwebhookconfigurations';
const validating =
	'admissionregistration.k8s.io/validatingwebhookconfigurations';

const includes = (list: Value[], value: string): boolean =>
	list.includes('*') || list.includes(value);

const matchesRule = (rule: Tree, request: AdmissionRequest): boolean => {
	const {kind, subresource, operation} = request;
	const resource =
		subresource === '' ? kind.plural : `${kind.plural}/${subresource}`;
	const resources = listAt(rule, 'resources');
	const scope = textAt(rule, 'scope') || '*';
	return (
		includes(listAt(rule, 'operations'), operation) &&
		includes(listAt(rule, 'apiGroups'), kind.group) &&
		includes(listAt(rule, 'apiVersions'), kind.version) &&
		(resources.includes(resource) ||
			resources.includes('*/*') ||
			(resources.includes('*') && subresource === '') ||
			resources.includes(`${kind.plural}/*`) ||
			(subresource !== '' && resources.includes(`*/${subresource}`))) &&
		(scope === '*' || (scope === 'Namespaced') === kind.isNamespaced)
	);
};

const isSelector = (selector: Tree | undefined): selector is Tree =>
	selector !== undefined && Object.keys(selector).length > 0;

const reviewOf = (request: AdmissionRequest, version: string): Tree => {
	const {kind, caller} = request;
	const gvk = {group: kind.group, version: kind.version, kind: kind.kind};
	const gvr = {
		group: kind.group,
		version: kind.version,
		resource: kind.plural,
	};
	const {user} = caller;
	return {
		kind: 'AdmissionReview',
		apiVersion: `admission.k8s.io/${version}`,
		request: {
			uid: randomUUID(),
			kind: gvk,
			resource: gvr,
			...(request.subresource !== '' && {subResource: request.subresource}),
			requestKind: gvk,
			requestResource: gvr,
			...(request.subresource !== '' && {
				requestSubResource: request.subresource,
			}),
			name: request.name,
			...(request.namespace !== '' && {namespace: request.namespace}),
			operation: request.operation,
			userInfo: {username: user.name, groups: [...user.groups]},
			object: request.object,
			oldObject: request.old,
			dryRun: request.isDryRun,
			options: {
				kind: `${request.operation[0]}${request.operation.slice(1).toLowerCase()}Options`,
				apiVersion: 'meta.k8s.io/v1',
			},
		},
	};
};

const deny = (webhook: string, status: Tree | undefined): Failure => {
	const prefix = `admission webhook ${JSON.stringify(webhook)} denied the request`;
	const message = textAt(status, 'message');
	const reason = textAt(status, 'reason');
	const code = numberAt(status, 'code') ?? 0;
	const detail = message === '' ? reason : message;
	return failure(
		Math.max(code, 400),
		reason || undefined,
		detail === '' ? `${prefix} without explanation` : `${prefix}: ${detail}`,
		treeAt(status, 'details') ?? {},
	);
};

const failedCall = (webhook: string, problem: string): Failure =>
	internalError(
		`failed calling webhook ${JSON.stringify(webhook)}: ${problem}`,
	);

type Answer = {readonly response: Tree} | {readonly problem: string};

/**
Asks the webhooks that the cluster's own configurations name.

@param storage
@param post sends one review; what cannot be reached is a problem in words
*/
export const createWebhooks = (
	storage: Storage,
	post: PostReview,
): WebhookCaller => {
	let configurations: Map<string, readonly Tree[]> | undefined;
	for (const resource of [mutating, validating]) {
		storage.listen(resource, () => {
			configurations = undefined;
		});
	}

	const webhooksOf = (resource: string): readonly Tree[] => {
		configurations ??= new Map(
			[mutating, validating].map((key) => [
				key,
				[...storage.collection(key).list()].flatMap((entry) =>
					treesAt(decodeBody(entry.bytes), 'webhooks'),
				),
			]),
		);
		return configurations.get(resource) ?? [];
	};

	const namespaceLabels = (namespace: string) =>
		storage.get('/namespaces', '', namespace)?.labels ?? {};

	const matches = (webhook: Tree, request: AdmissionRequest): boolean => {
		const {kind, object, old, namespace, name} = request;
		// A cluster cannot lock itself out of its own webhook configurations.
		if (
			kind.group === 'admissionregistration.k8s.io' ||
			treesAt(webhook, 'rules').every((rule) => !matchesRule(rule, request))
		) {
			return false;
		}

		const namespaceSelector = treeAt(webhook, 'namespaceSelector');
		if (isSelector(namespaceSelector)) {
			const isNamespace = kind.resource === '/namespaces';
			const labels = isNamespace
				? ((object ?? old)?.metadata.labels ?? {})
				: namespaceLabels(namespace);
			if (
				(kind.isNamespaced || isNamespace) &&
				!matchesTreeSelector(namespaceSelector, labels)
			) {
				return false;
			}
		}

		const objectSelector = treeAt(webhook, 'objectSelector');
		return (
			name !== undefined &&
			(!isSelector(objectSelector) ||
				[object, old].some(
					(candidate) =>
						candidate !== undefined &&
						matchesTreeSelector(
							objectSelector,
							candidate.metadata.labels ?? {},
						),
				))
		);
	};

	const ask = async (
		webhook: Tree,
		request: AdmissionRequest,
	): Promise<Answer> => {
		const versions = listAt(webhook, 'admissionReviewVersions').map(String);
		const version = versions.find((item) => ['v1', 'v1beta1'].includes(item));
		const review = reviewOf(request, version ?? 'v1');
		const outcome = await post(webhook, review);
		if ('problem' in outcome) {
			return outcome;
		}

		const response = treeAt(outcome.review, 'response');
		if (!response) {
			return {problem: 'webhook response was absent'};
		}

		if (at(response, 'uid') !== at(review, 'request', 'uid')) {
			return {
				problem: `expected response.uid=${JSON.stringify(at(review, 'request', 'uid'))}, got ${JSON.stringify(at(response, 'uid') ?? '')}`,
			};
		}

		return {response};
	};

	const warn = (request: AdmissionRequest, response: Tree): void => {
		request.caller.warnings.push(...listAt(response, 'warnings').map(String));
	};

	const isIgnored = (webhook: Tree): boolean =>
		textAt(webhook, 'failurePolicy') === 'Ignore';

	const patched = (
		object: ApiObject,
		response: Tree,
		request: AdmissionRequest,
	): ApiObject | string => {
		const encoded = textAt(response, 'patch');
		if (encoded === '') {
			return object;
		}

		let patch: Value;
		try {
			patch = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Value;
		} catch {
			return 'the patch is not JSON';
		}

		const outcome = applyJsonPatch(object, patch);
		if ('problem' in outcome || !isTree(outcome.result)) {
			return 'problem' in outcome ? outcome.problem : 'the patch is no object';
		}

		const accepted = acceptObject(
			outcome.result,
			request.kind,
			'Ignore',
			request.caller,
		);
		return isFailure(accepted) ? accepted.message : accepted;
	};

	return {
		concerns: (request) =>
			webhooksOf(mutating).some((webhook) => matches(webhook, request)) ||
			webhooksOf(validating).some((webhook) => matches(webhook, request)),
		async mutate(request) {
			let object = request.object ?? request.old!;
			for (const webhook of webhooksOf(mutating)) {
				const current = {
					...request,
					object: request.object ? object : undefined,
				};
				if (!matches(webhook, current)) {
					continue;
				}

				const name = textAt(webhook, 'name');
				const answer = await ask(webhook, current); // eslint-disable-line no-await-in-loop -- each sees what the one before made
				if ('problem' in answer) {
					if (isIgnored(webhook)) {
						continue;
					}

					return failedCall(name, answer.problem);
				}

				warn(request, answer.response);
				if (answer.response.allowed !== true) {
					return deny(name, treeAt(answer.response, 'status'));
				}

				const next = patched(object, answer.response, request);
				if (typeof next === 'string') {
					return internalError(next);
				}

				object = next;
			}

			return object;
		},
		async validate(request) {
			const asked = webhooksOf(validating).filter((webhook) =>
				matches(webhook, request),
			);
			const outcomes = await Promise.all(
				asked.map(async (webhook) => {
					const name = textAt(webhook, 'name');
					const answer = await ask(webhook, request);
					if ('problem' in answer) {
						return isIgnored(webhook)
							? undefined
							: failedCall(name, answer.problem);
					}

					warn(request, answer.response);
					return answer.response.allowed === true
						? undefined
						: deny(name, treeAt(answer.response, 'status'));
				}),
			);
			return outcomes.find((outcome) => outcome !== undefined);
		},
	};
};
