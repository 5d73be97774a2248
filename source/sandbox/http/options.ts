import {badRequest, failure, type Failure} from './status.js';

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

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
	message: string,
	field: string,
	reason = 'FieldValueNotSupported',
): Failure =>
	failure(
		422,
		'Invalid',
		`${kind}.meta.k8s.io "" is invalid: ${field}: ${message}`,
		{
			group: 'meta.k8s.io',
			kind,
			causes: [{reason, message, field}],
		},
	);

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
	const wrong = dryRun.find((value) => value !== 'All');
	if (wrong !== undefined) {
		return invalidOptions(
			kind,
			`Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`,
			'dryRun',
		);
	}

	const fieldValidation = query.get('fieldValidation') || 'Warn';
	if (
		fieldValidation !== 'Ignore' &&
		fieldValidation !== 'Warn' &&
		fieldValidation !== 'Strict'
	) {
		return invalidOptions(
			kind,
			`Unsupported value: ${JSON.stringify(fieldValidation)}: supported values: "", "Ignore", "Strict", "Warn"`,
			'fieldValidation',
		);
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
		fieldValidation,
		force: force === null ? undefined : readBoolean(force),
	};
};
