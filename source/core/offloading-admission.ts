import {isCorrected, type Rules} from './divergences.js';
import {type Generation} from './generations/generation.js';
import {isJsonObject, type JsonObject} from './json.js';
import {keys, offloadingName} from './keys.js';
import {type NamespaceOffloading} from './model.js';
import {joinErrors} from './selector-errors.js';
import {selectorErrors} from './selector.js';

/**
Name under which Liqo registers the webhook; part of every refusal.
*/
export const offloadingWebhook = 'nsoff.validate.liqo.io';

/**
What Liqo adds to every refusal, so that its text equals that of an API server.
*/
export const denialOf = (webhook: string, reason: string): string =>
	`admission webhook "${webhook}" denied the request: ${reason}`;

export type OffloadingReview = {
	readonly object: NamespaceOffloading;
	/**
	Absent when the object is being created.
	*/
	readonly oldObject?: NamespaceOffloading;
	readonly generation: Generation;
	readonly rules: Rules;
	/**
	Namespaces that must not be offloaded, beside the system's own; looked at under corrected rules only.
	*/
	readonly reserved?: ReadonlySet<string>;
};

export type OffloadingVerdict =
	| {readonly isAllowed: true; readonly warnings: readonly string[]}
	| {readonly isAllowed: false; readonly reason: string};

/**
Kubernetes' own namespaces, and the one every cluster starts with.
*/
export const systemNamespaces: ReadonlySet<string> = new Set([
	'default',
	'kube-node-lease',
	'kube-public',
	'kube-system',
]);

const strictStrategyWarning =
	'The PodOffloadingStrategy was mutated to a more restrictive setting: existing pods violating this policy might still be running';

const deny = (reason: string): OffloadingVerdict => ({
	isAllowed: false,
	reason,
});

const isSkipped = (object: NamespaceOffloading): boolean =>
	object.metadata.labels[keys.webhookSkip] === 'true';

const denyUpdate = (
	{spec}: NamespaceOffloading,
	old: NamespaceOffloading,
): string | undefined => {
	if (spec.namespaceMappingStrategy !== old.spec.namespaceMappingStrategy) {
		return 'The NamespaceMappingStrategy value cannot be modified after creation';
	}

	return (spec.remoteNamespaceName ?? '') ===
		(old.spec.remoteNamespaceName ?? '')
		? undefined
		: 'The RemoteNamespaceName value cannot be modified after creation';
};

const denyCreation = (
	{spec, metadata}: NamespaceOffloading,
	{rules, reserved}: OffloadingReview,
): string | undefined => {
	if (
		spec.namespaceMappingStrategy === 'SelectedName' &&
		(spec.remoteNamespaceName ?? '') === ''
	) {
		return 'The RemoteNamespaceName value cannot be empty when using the SelectedName NamespaceMappingStrategy';
	}

	const {namespace} = metadata;
	const isReserved =
		systemNamespaces.has(namespace) || reserved?.has(namespace) === true;
	return isReserved && isCorrected(rules, 'no-reserved-namespaces')
		? `The namespace ${namespace} belongs to the system and cannot be offloaded; label the object ${keys.webhookSkip}=true to do it all the same`
		: undefined;
};

const warningsOf = ({
	object,
	oldObject,
	rules,
}: OffloadingReview): readonly string[] => {
	const strategy = object.spec.podOffloadingStrategy;
	const isStricter =
		oldObject !== undefined &&
		strategy !== oldObject.spec.podOffloadingStrategy &&
		strategy !== 'LocalAndRemote';
	const selectorError =
		object.spec.clusterSelector && isCorrected(rules, 'late-syntax-error')
			? joinErrors(selectorErrors(object.spec.clusterSelector))
			: undefined;
	return [
		...(isStricter ? [strictStrategyWarning] : []),
		...(selectorError === undefined
			? []
			: [`The ClusterSelector is invalid: ${selectorError}`]),
	];
};

/**
What Liqo's validating webhook says to the creation or change of an offloading (Liqo: admission). v0.3 has no such webhook and allows
everything. The webhook is passed by only when both the old and the new object carry the skip label, because the API server calls it as soon as
one of them is selected.
*/
export const validateOffloading = (
	review: OffloadingReview,
): OffloadingVerdict => {
	const {object, oldObject, generation} = review;
	const hasWebhook = generation.rules.controllers === 'v1';
	const isExempt =
		isSkipped(object) && (oldObject === undefined || isSkipped(oldObject));
	if (!hasWebhook || isExempt) {
		return {isAllowed: true, warnings: []};
	}

	if (object.metadata.name !== offloadingName) {
		return deny(`NamespaceOffloading name must match ${offloadingName}`);
	}

	const reason =
		oldObject === undefined
			? denyCreation(object, review)
			: denyUpdate(object, oldObject);
	return reason === undefined
		? {isAllowed: true, warnings: warningsOf(review)}
		: deny(reason);
};

/**
Whether the pods of a namespace are sent to Liqo's pod webhook.
*/
export const isPodWebhookCalled = (namespace: JsonObject): boolean => {
	const {metadata} = namespace;
	const labels = isJsonObject(metadata) ? metadata.labels : undefined;
	return isJsonObject(labels) && labels[keys.schedulingEnabled] === 'true';
};
