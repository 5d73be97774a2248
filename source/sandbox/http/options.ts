import {type FieldError, notSupported} from '../validation/field-error.js';
import {type Value} from '../value.js';
import {badRequest, type Failure, invalidObject} from './status.js';

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

const validations: readonly string[] = [
	'Ignore',
	'Strict',
	'Warn',
] satisfies FieldValidation[];

const isFieldValidation = (text: string): text is FieldValidation =>
	validations.includes(text);

/**
Options of a write, from the query.
*/
export type WriteOptions = {
	readonly isDryRun: boolean;
	readonly fieldManager: string;
	/**
	Whether the request named its manager.
	*/
	readonly hasFieldManager: boolean;
	readonly fieldValidation: FieldValidation;
	readonly force: boolean | undefined;
};

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '']);
const falsehoods = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/**
A boolean of a query as Kubernetes reads it: anything that is not false is true.
*/
export const readBoolean = (text: string | null | undefined): boolean =>
	typeof text === 'string' && !falsehoods.has(text);

export const isBoolean = (text: string): boolean =>
	truths.has(text) || falsehoods.has(text);

export const invalidOptions = (
	kind: string,
	errors: readonly FieldError[],
): Failure => invalidObject({group: 'meta.k8s.io', kind}, '', errors);

/**
What `dryRun` may not be; the API server shows the whole list.
*/
export const dryRunErrors = (dryRun: readonly Value[]): FieldError[] =>
	dryRun.every((value) => value === 'All')
		? []
		: [notSupported('dryRun', [...dryRun], ['All'])];

/**
The field manager when none is named: the first part of the user agent.
*/
export const managerOf = (userAgent: string): string =>
	(userAgent.split('/', 1)[0] ?? '').slice(0, 128) || 'unknown';

const optionKinds: Readonly<Record<string, string>> = {
	POST: 'CreateOptions',
	PUT: 'UpdateOptions',
	PATCH: 'PatchOptions',
	DELETE: 'DeleteOptions',
};

export const readWriteOptions = (
	method: string,
	query: URLSearchParams,
	userAgent: string,
): WriteOptions | Failure => {
	const kind = optionKinds[method] ?? 'CreateOptions';
	const dryRun = query.getAll('dryRun');
	const fieldValidation = query.get('fieldValidation') || 'Warn';
	// Deletions look at their options themselves.
	const errors =
		method === 'DELETE'
			? []
			: [
					...dryRunErrors(dryRun),
					...(isFieldValidation(fieldValidation)
						? []
						: [
								notSupported('fieldValidation', fieldValidation, [
									'',
									...validations,
								]),
							]),
				];
	if (errors.length > 0) {
		return invalidOptions(kind, errors);
	}

	const force = query.get('force');
	if (force && !isBoolean(force)) {
		return badRequest(
			`strconv.ParseBool: parsing ${JSON.stringify(force)}: invalid syntax`,
		);
	}

	return {
		isDryRun: dryRun.length > 0,
		hasFieldManager: (query.get('fieldManager') ?? '') !== '',
		fieldManager: query.get('fieldManager') || managerOf(userAgent),
		fieldValidation: isFieldValidation(fieldValidation)
			? fieldValidation
			: 'Warn',
		force: force === null ? undefined : readBoolean(force),
	};
};
