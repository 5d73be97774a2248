import {type Kind} from '../kinds/kind.js';
import {type Failure, invalidObject} from '../http/status.js';
import {schemaErrors} from '../schema/schema-errors.js';
import {type FieldError} from '../validation/field-error.js';
import {
	builtinFinalizerErrors,
	type MetadataChecks,
	metadataErrors,
	metadataUpdateErrors,
} from '../validation/metadata.js';
import {type ApiObject} from '../value.js';

const bodyErrors = (
	object: ApiObject,
	kind: Kind,
	isUpdate = false,
): FieldError[] =>
	kind.isCustom
		? schemaErrors(object, kind.schema, isUpdate)
		: [
				...builtinFinalizerErrors(object.metadata.finalizers),
				...(kind.behaviour.validate?.(object) ?? []),
			];

const refuse = (
	kind: Kind,
	object: ApiObject,
	errors: readonly FieldError[],
): Failure | undefined =>
	errors.length === 0
		? undefined
		: invalidObject(kind, object.metadata.name ?? '', errors);

/**
Whether the object may be created as it is.
*/
export const validateCreate = (
	object: ApiObject,
	kind: Kind,
): Failure | undefined =>
	refuse(kind, object, [
		...metadataErrors(
			object.metadata,
			kind.isNamespaced,
			kind.behaviour.nameProblems,
		),
		...bodyErrors(object, kind),
	]);

// Some kinds check what the server has checked for all of them, and some do it twice.
const checks: Readonly<Record<string, MetadataChecks>> = {
	Event: {change: 1, format: 2},
	PodDisruptionBudget: {change: 1, format: 2},
	MutatingWebhookConfiguration: {change: 1, format: 3},
	ValidatingWebhookConfiguration: {change: 1, format: 3},
	ConfigMap: {change: 2, format: 4},
	Secret: {change: 2, format: 4},
	Pod: {change: 2, format: 4},
	ServiceAccount: {change: 2, format: 4},
	Node: {change: 2, format: 4},
	Job: {change: 2, format: 4},
	Role: {change: 2, format: 5},
	RoleBinding: {change: 2, format: 5},
	ClusterRole: {change: 2, format: 5},
	ClusterRoleBinding: {change: 2, format: 5},
	PersistentVolumeClaim: {change: 2, format: 5},
};

const checksOf = (kind: Kind, subresource: string): MetadataChecks => {
	const {change, format} = (kind.isCustom ? undefined : checks[kind.kind]) ?? {
		change: 2,
		format: 3,
	};
	return {change, format: subresource === '' ? format : Math.min(format, 3)};
};

/**
Whether the object may become what it is from what it was.
*/
export const validateUpdate = (
	object: ApiObject,
	old: ApiObject,
	kind: Kind,
	subresource = '',
): Failure | undefined =>
	refuse(kind, object, [
		...metadataUpdateErrors(
			object.metadata,
			old.metadata,
			checksOf(kind, subresource),
		),
		...bodyErrors(object, kind, true),
		...(kind.behaviour.validateUpdate?.(object, old) ?? []),
	]);
