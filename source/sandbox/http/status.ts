import {type FieldError, joinErrors} from '../validation/field-error.js';
import {quote, type Tree} from '../value.js';

/**
A request that failed, as the `Status` object that answers it.
*/
export type Failure = {
	readonly isFailure: true;
	readonly code: number;
	readonly reason?: string;
	readonly message: string;
	readonly details?: Tree;
	/**
	Set by the server as `Retry-After` when asked to come back.
	*/
	readonly retryAfterSeconds?: number;
	/**
	Of a list whose token is too old: where it can be taken up again.
	*/
	readonly continueToken?: string;
};

export type GroupResource = {
	readonly group: string;
	readonly resource: string;
};

export const isFailure = (value: unknown): value is Failure =>
	typeof value === 'object' &&
	Boolean(value) &&
	Object.hasOwn(value!, 'isFailure');

export const failure = (
	code: number,
	reason: string | undefined,
	message: string,
	details?: Tree,
): Failure => ({isFailure: true, code, reason, message, details});

export const qualified = ({group, resource}: GroupResource): string =>
	group === '' ? resource : `${resource}.${group}`;

const about = (
	{group, resource}: GroupResource,
	name: string | undefined,
): Tree => ({
	...(!(name === undefined || name === '') && {name}),
	...(group !== '' && {group}),
	...(resource !== '' && {kind: resource}),
});

export const notFound = (resource: GroupResource, name: string): Failure =>
	failure(
		404,
		'NotFound',
		`${qualified(resource)} ${quote(name)} not found`,
		about(resource, name),
	);

/**
A path that leads nowhere.
*/
export const noRoute: Failure = failure(
	404,
	'NotFound',
	'the server could not find the requested resource',
	{},
);

/**
A request to one custom resource that does not say which.
*/
export const nameRequired: Failure = failure(
	400,
	'BadRequest',
	'name must be provided',
);

export const alreadyExists = (
	resource: GroupResource,
	name: string,
	isBeingDeleted = false,
): Failure =>
	failure(
		409,
		'AlreadyExists',
		`${isBeingDeleted ? 'object is being deleted: ' : ''}${qualified(resource)} ${JSON.stringify(name)} already exists`,
		about(resource, name),
	);

export const conflict = (
	resource: GroupResource,
	name: string,
	why = 'the object has been modified; please apply your changes to the latest version and try again',
): Failure =>
	failure(
		409,
		'Conflict',
		`Operation cannot be fulfilled on ${qualified(resource)} ${JSON.stringify(name)}: ${why}`,
		about(resource, name),
	);

export const badRequest = (message: string): Failure =>
	failure(400, 'BadRequest', message);

export const internalError = (message: string): Failure =>
	failure(500, 'InternalError', `Internal error occurred: ${message}`, {
		causes: [{message}],
	});

export const expired = (message: string): Failure =>
	failure(410, 'Expired', message);

/**
The answer to a list or watch from a revision that is still to come.
*/
export const revisionTooLarge = (asked: number, current: number): Failure => ({
	...failure(
		504,
		'Timeout',
		`Timeout: Too large resource version: ${asked}, current: ${current}`,
		{
			causes: [
				{
					reason: 'ResourceVersionTooLarge',
					message: 'Too large resource version',
				},
			],
			retryAfterSeconds: 1,
		},
	),
	retryAfterSeconds: 1,
});

export const unauthorized: Failure = failure(
	401,
	'Unauthorized',
	'Unauthorized',
);

export const forbidden = (
	resource: GroupResource,
	name: string,
	message: string,
): Failure =>
	failure(
		403,
		'Forbidden',
		name === ''
			? `${qualified(resource)} is forbidden: ${message}`
			: `${qualified(resource)} ${JSON.stringify(name)} is forbidden: ${message}`,
		about(resource, name),
	);

export const methodNotAllowed: Failure = failure(
	405,
	'MethodNotAllowed',
	'the server does not allow this method on the requested resource',
	{},
);

export const invalidObject = (
	kind: {readonly group: string; readonly kind: string},
	name: string,
	errors: readonly FieldError[],
): Failure => ({
	isFailure: true,
	code: 422,
	reason: 'Invalid',
	message: `${kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`} ${JSON.stringify(name)} is invalid: ${joinErrors(errors)}`,
	details: {
		...(name !== '' && {name}),
		...(kind.group !== '' && {group: kind.group}),
		kind: kind.kind,
		causes: errors.map(({reason, message, field}) => ({
			reason,
			message,
			field,
		})),
	},
});

export const statusOf = ({
	code,
	reason,
	message,
	details,
	continueToken,
}: Failure): Tree => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata: continueToken === undefined ? {} : {continue: continueToken},
	status: 'Failure',
	message,
	...(reason !== undefined && {reason}),
	...(details !== undefined && {details}),
	code,
});
