import {type Kind} from '../kinds/kind.js';
import {type Failure, invalidObject} from '../http/status.js';
import {schemaErrors} from '../schema/schema-errors.js';
import {type FieldError} from '../validation/field-error.js';
import {
	builtinFinalizerErrors,
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

/**
Whether the object may become what it is from what it was.
*/
export const validateUpdate = (
	object: ApiObject,
	old: ApiObject,
	kind: Kind,
): Failure | undefined =>
	refuse(kind, object, [
		...metadataUpdateErrors(object.metadata, old.metadata),
		...bodyErrors(object, kind, true),
		...(kind.behaviour.validateUpdate?.(object, old) ?? []),
	]);
