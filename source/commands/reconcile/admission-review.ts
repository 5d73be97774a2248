import {Buffer} from 'node:buffer';
import {mutatePod} from '../../core/admission.js';
import {decode} from '../../core/decode.js';
import {type Rules} from '../../core/divergences.js';
import {
	absent,
	isJsonObject,
	type Json,
	type JsonObject,
} from '../../core/json.js';
import {validateOffloading} from '../../core/offloading-admission.js';
import {type ClusterView, isComplete, offloadingIn} from '../../core/world.js';

export type ReviewOptions = {
	/**
	The consumer as the watches know it.
	*/
	readonly cluster: ClusterView;
	readonly rules: Rules;
	readonly runtimeClass?: string;
};

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

const deny = (code: number, message: string): JsonObject => ({
	allowed: false,
	status: {code, message, ...(code === 403 && {reason: 'Forbidden'})},
});

/**
What a webhook says to one request, or the HTTP error that leaves the decision to the failurePolicy of its registration.
*/
type Verdict = JsonObject | {readonly problem: string};

const allow: JsonObject = {allowed: true};

// As Liqo's own webhooks word it.
const nothingToRead = deny(400, 'there is no content to decode');

/**
Whether the request is about the objects themselves that a webhook is registered for. Their subresources are not (a binding or an eviction is
created below a pod, a status is written below an offloading), nor are other kinds, which only a mistaken registration sends.
*/
const isAbout = (
	{resource, subResource}: JsonObject,
	group: string,
	plural: string,
): boolean =>
	text(subResource) === '' &&
	(!isJsonObject(resource) ||
		(text(resource.group) === group && text(resource.resource) === plural));

// The API server puts the same words before whatever a webhook answers.
const withoutPrefix = (message: string): string =>
	message.replace(/^admission webhook "[^"]*" denied the request: /v, '');

/**
The smallest JSON patch that turns the spec of one pod into that of another.
*/
const patchOf = (
	before: JsonObject,
	after: JsonObject,
): readonly JsonObject[] => {
	const oldSpec = isJsonObject(before.spec) ? before.spec : {};
	const newSpec = isJsonObject(after.spec) ? after.spec : {};
	return Object.entries(newSpec)
		.filter(
			([key, value]) => JSON.stringify(value) !== JSON.stringify(oldSpec[key]),
		)
		.map(([key, value]) => ({
			// For an object's member `add` also replaces (RFC 6902, 4.1).
			op: 'add',
			path: `/spec/${key}`,
			value,
		}));
};

const reviewPod = (request: JsonObject, options: ReviewOptions): Verdict => {
	const {cluster, rules, runtimeClass} = options;
	const {generation} = cluster;
	if (request.operation !== 'CREATE' || !isAbout(request, '', 'pods')) {
		return allow;
	}

	const pod = request.object;
	if (!isJsonObject(pod)) {
		return nothingToRead;
	}

	if (
		generation === undefined ||
		!isComplete(cluster.access('NamespaceOffloading'))
	) {
		return {
			problem:
				'the NamespaceOffloadings of this cluster are not known at the moment; try again',
		};
	}

	const offloading = offloadingIn(cluster, text(request.namespace));
	if (offloading === undefined && generation.rules.controllers === 'v0.3') {
		return {problem: 'unable to correctly mutate the request'};
	}

	const admission = mutatePod(pod, offloading, {
		generation,
		rules,
		...(runtimeClass !== undefined && {runtimeClass}),
	});
	if (admission.outcome === 'denied') {
		return deny(admission.status, withoutPrefix(admission.message));
	}

	const patch = admission.isMutated ? patchOf(pod, admission.pod) : [];
	return patch.length === 0
		? allow
		: {
				allowed: true,
				patchType: 'JSONPatch',
				patch: Buffer.from(JSON.stringify(patch)).toString('base64'),
			};
};

const reviewOffloading = (
	request: JsonObject,
	{cluster, rules}: ReviewOptions,
): Verdict => {
	const {generation} = cluster;
	const {operation, object, oldObject} = request;
	const isUpdate = operation === 'UPDATE';
	// Deleting is always possible: it is the way out for an object that may not even be edited.
	if (
		(operation !== 'CREATE' && !isUpdate) ||
		!isAbout(request, 'offloading.liqo.io', 'namespaceoffloadings')
	) {
		return allow;
	}

	if (!isJsonObject(object) || (isUpdate && !isJsonObject(oldObject))) {
		return nothingToRead;
	}

	if (generation === undefined) {
		return {
			problem: 'the API of this cluster is not known at the moment; try again',
		};
	}

	const verdict = validateOffloading({
		object: decode('NamespaceOffloading', object, generation),
		...(isUpdate &&
			isJsonObject(oldObject) && {
				oldObject: decode('NamespaceOffloading', oldObject, generation),
			}),
		generation,
		rules,
		reserved: new Set([cluster.liqoNamespace]),
	});
	if (!verdict.isAllowed) {
		return deny(403, verdict.reason);
	}

	return verdict.warnings.length === 0
		? allow
		: {allowed: true, warnings: verdict.warnings};
};

/**
Paths of the webhooks, as Liqo serves them.
*/
export const webhookPaths = {
	pod: '/mutate/pod',
	offloading: '/validate/namespace-offloading',
} as const;

const reviewers: Readonly<
	Record<string, (request: JsonObject, options: ReviewOptions) => Verdict>
> = {
	[webhookPaths.pod]: reviewPod,
	[webhookPaths.offloading]: reviewOffloading,
};

/**
What a webhook answers: an HTTP status, and a body where there is one.
*/
export type ReviewAnswer = {readonly status: number; readonly body: Json};

const isReview = (review: Json): review is JsonObject =>
	isJsonObject(review) &&
	review.kind === 'AdmissionReview' &&
	review.apiVersion === 'admission.k8s.io/v1';

/**
Answers an `admission.k8s.io/v1` AdmissionReview that was posted to a path.
*/
export const answerReview = (
	path: string,
	body: string,
	options: ReviewOptions,
): ReviewAnswer => {
	const reviewer = Object.hasOwn(reviewers, path) ? reviewers[path] : undefined;
	if (reviewer === undefined) {
		return {status: 404, body: 'There is no webhook at this path.'};
	}

	let review: Json;
	try {
		review = JSON.parse(body) as Json;
	} catch {
		return {status: 400, body: 'The body is not JSON.'};
	}

	const request = isReview(review) ? review.request : absent;
	if (!isJsonObject(request) || text(request.uid) === '') {
		return {
			status: 400,
			body: 'The body is not an admission.k8s.io/v1 AdmissionReview with a request.',
		};
	}

	const verdict = reviewer(request, options);
	return typeof verdict.problem === 'string'
		? {status: 500, body: verdict.problem}
		: {
				status: 200,
				body: {
					apiVersion: 'admission.k8s.io/v1',
					kind: 'AdmissionReview',
					response: {uid: request.uid, ...verdict},
				},
			};
};
