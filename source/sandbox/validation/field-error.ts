import {type Value} from '../value.js';

type Reason =
	| 'FieldValueRequired'
	| 'FieldValueInvalid'
	| 'FieldValueTypeInvalid'
	| 'FieldValueNotSupported'
	| 'FieldValueForbidden'
	| 'FieldValueDuplicate'
	| 'FieldValueNotFound'
	| 'FieldValueTooLong'
	| 'FieldValueTooMany';

/**
One thing that is wrong with one field, in the API server's words; `message` does not repeat the field.
*/
export type FieldError = {
	readonly field: string;
	readonly reason: Reason;
	readonly message: string;
};

const written = (value: Value): string =>
	value === undefined ? 'null' : JSON.stringify(value);

const withDetail = (text: string, detail: string): string =>
	detail === '' ? text : `${text}: ${detail}`;

export const required = (field: string, detail = ''): FieldError => ({
	field,
	reason: 'FieldValueRequired',
	message: withDetail('Required value', detail),
});

export const invalid = (
	field: string,
	value: Value,
	detail: string,
): FieldError => ({
	field,
	reason: 'FieldValueInvalid',
	message: withDetail(`Invalid value: ${written(value)}`, detail),
});

export const typeInvalid = (
	field: string,
	value: Value,
	detail: string,
): FieldError => ({
	...invalid(field, value, detail),
	reason: 'FieldValueTypeInvalid',
});

export const notSupported = (
	field: string,
	value: Value,
	supported: readonly Value[],
): FieldError => ({
	field,
	reason: 'FieldValueNotSupported',
	message: `Unsupported value: ${written(value)}: supported values: ${supported
		.map((item) => written(item))
		.join(', ')}`,
});

export const forbidden = (field: string, detail: string): FieldError => ({
	field,
	reason: 'FieldValueForbidden',
	message: `Forbidden: ${detail}`,
});

export const duplicate = (field: string, value: Value): FieldError => ({
	field,
	reason: 'FieldValueDuplicate',
	message: `Duplicate value: ${written(value)}`,
});

export const notFound = (field: string, value: Value): FieldError => ({
	field,
	reason: 'FieldValueNotFound',
	message: `Not found: ${written(value)}`,
});

export const tooLong = (field: string, limit: number): FieldError => ({
	field,
	reason: 'FieldValueTooLong',
	message: `Too long: may not be more than ${limit} bytes`,
});

export const tooMany = (
	field: string,
	count: number,
	limit: number,
): FieldError => ({
	field,
	reason: 'FieldValueTooMany',
	message: `Too many: ${count}: must have at most ${limit} item${limit === 1 ? '' : 's'}`,
});

/**
All errors as one text: alone as it is, several in brackets, the same one only once.
*/
export const joinErrors = (errors: readonly FieldError[]): string => {
	const texts = [
		...new Set(errors.map((error) => `${error.field}: ${error.message}`)),
	];
	return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
};
