import {isJsonObject, type JsonObject} from '../core/json.js';
import {fail, type Outcome, succeed} from './errors.js';
import {type Transport} from './transport.js';

/**
Something one might do, as RBAC names it.
*/
export type Action = {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string;
	/**
	Absent: in all namespaces.
	*/
	readonly namespace?: string;
	readonly name?: string;
};

/**
One rule of what the user may do in a namespace.
*/
export type AccessRule = {
	readonly verbs: readonly string[];
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
	readonly resourceNames: readonly string[];
};

const post = async (
	transport: Transport,
	plural: string,
	kind: string,
	spec: JsonObject,
): Promise<Outcome<JsonObject>> => {
	const response = await transport.request({
		method: 'POST',
		path: `/apis/authorization.k8s.io/v1/${plural}`,
		body: JSON.stringify({
			apiVersion: 'authorization.k8s.io/v1',
			kind,
			spec,
		}),
	});
	if (!response.ok) {
		return response;
	}

	try {
		const review: unknown = JSON.parse(response.value.body.toString('utf8'));
		if (isJsonObject(review) && isJsonObject(review.status)) {
			return succeed(review.status);
		}
	} catch {}

	return fail(
		'garbage',
		`${transport.server} did not say what this user may do.`,
	);
};

/**
Asks the server whether the user may do something.
*/
export const reviewAccess = async (
	transport: Transport,
	action: Action,
): Promise<Outcome<{readonly isAllowed: boolean; readonly reason: string}>> => {
	const status = await post(
		transport,
		'selfsubjectaccessreviews',
		'SelfSubjectAccessReview',
		{resourceAttributes: {...action}},
	);
	return status.ok
		? succeed({
				isAllowed: status.value.allowed === true,
				reason:
					typeof status.value.reason === 'string' ? status.value.reason : '',
			})
		: status;
};

const texts = (value: unknown): string[] =>
	Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/**
Asks the server for all the user may do in a namespace; one request instead of one per action. `isIncomplete`: there may be more.
*/
export const reviewRules = async (
	transport: Transport,
	namespace: string,
): Promise<
	Outcome<{
		readonly rules: readonly AccessRule[];
		readonly isIncomplete: boolean;
	}>
> => {
	const status = await post(
		transport,
		'selfsubjectrulesreviews',
		'SelfSubjectRulesReview',
		{namespace},
	);
	if (!status.ok) {
		return status;
	}

	const {resourceRules, incomplete} = status.value;
	return succeed({
		rules: (Array.isArray(resourceRules) ? resourceRules : [])
			.filter((rule) => isJsonObject(rule))
			.map((rule) => ({
				verbs: texts(rule.verbs),
				apiGroups: texts(rule.apiGroups),
				resources: texts(rule.resources),
				resourceNames: texts(rule.resourceNames),
			})),
		isIncomplete: incomplete === true,
	});
};

const isCoveredBy = (values: readonly string[], wanted: string): boolean =>
	values.includes('*') || values.includes(wanted);

/**
Whether rules allow an action (in the namespace they are of).
*/
export const isAllowedBy = (
	rules: readonly AccessRule[],
	action: Action,
): boolean => {
	const resource =
		action.subresource === undefined
			? action.resource
			: `${action.resource}/${action.subresource}`;
	return rules.some(
		(rule) =>
			isCoveredBy(rule.verbs, action.verb) &&
			isCoveredBy(rule.apiGroups, action.group) &&
			(isCoveredBy(rule.resources, resource) ||
				(action.subresource !== undefined &&
					rule.resources.includes(`*/${action.subresource}`))) &&
			(rule.resourceNames.length === 0 ||
				(action.name !== undefined &&
					rule.resourceNames.includes(action.name))),
	);
};
