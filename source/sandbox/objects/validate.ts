import {type Kind} from '../kinds/kind.js';
import {type Failure, invalidObject} from '../http/status.js';
import {checkRules} from '../rules/check-rules.js';
import {compileRules} from '../rules/compile-rules.js';
import {listTypeErrors} from '../schema/list-types.js';
import {schemaErrors} from '../schema/schema-errors.js';
import {absent} from '../../core/json.js';
import {type FieldError, invalid} from '../validation/field-error.js';
import {
	builtinFinalizerErrors,
	type MetadataChecks,
	metadataErrors,
	metadataUpdateErrors,
} from '../validation/metadata.js';
import {type ApiObject} from '../value.js';
import {type Target} from './target.js';

const blocking = new Set<FieldError['reason']>([
	'FieldValueNotSupported',
	'FieldValueRequired',
	'FieldValueTooLong',
	'FieldValueTooMany',
	'FieldValueTypeInvalid',
]);

const unchecked = invalid(
	'<nil>',
	absent,
	'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/**
What a custom resource breaks of its schema. Its rules are only looked at when it has the form they expect.
*/
const customErrors = (
	object: ApiObject,
	old: ApiObject | undefined,
	{schema}: Kind,
	subresource: string,
	warnings: string[],
): FieldError[] => {
	const errors = [
		...schemaErrors(object, schema, {old, isStatus: subresource === 'status'}),
		...listTypeErrors(object, old, schema),
	];
	if (!compileRules(schema)) {
		return errors;
	}

	if (errors.some(({reason}) => blocking.has(reason))) {
		return [...errors, unchecked];
	}

	const found = checkRules(object, old, schema);
	warnings.push(...found.warnings);
	return [...errors, ...found.errors];
};

const builtinErrors = (object: ApiObject, {behaviour}: Kind): FieldError[] => [
	...builtinFinalizerErrors(object.metadata.finalizers),
	...(behaviour.validate?.(object) ?? []),
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
Whether the object may be created as it is. What is only to be warned of is added to `warnings`.
*/
export const validateCreate = (
	object: ApiObject,
	kind: Kind,
	warnings: string[],
): Failure | undefined =>
	refuse(kind, object, [
		...metadataErrors(
			object.metadata,
			kind.isNamespaced,
			kind.behaviour.nameProblems,
		),
		...(kind.isCustom
			? customErrors(object, undefined, kind, '', warnings)
			: builtinErrors(object, kind)),
		...(kind.behaviour.validateCreate?.(object) ?? []),
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
Whether the object may become what it is from what it was. What is only to be warned of is added to `warnings`.
*/
export const validateUpdate = (
	object: ApiObject,
	old: ApiObject,
	{kind, subresource, caller: {warnings}}: Target,
): Failure | undefined =>
	refuse(kind, object, [
		...metadataUpdateErrors(
			object.metadata,
			old.metadata,
			checksOf(kind, subresource),
		),
		...(kind.isCustom
			? customErrors(object, old, kind, subresource, warnings)
			: builtinErrors(object, kind)),
		...(kind.behaviour.validateUpdate?.(object, old) ?? []),
	]);
