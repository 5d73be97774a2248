import {Buffer} from 'node:buffer';
import {type ApiObject, textsAt} from '../value.js';
import {type FieldError} from './field-error.js';

const limit = 1024 * 1024;

const sizeOf = (object: ApiObject, field: string): number =>
	Object.values(textsAt(object, field)).reduce(
		(size, text) =>
			size +
			(field === 'data' && object.kind === 'ConfigMap'
				? Buffer.byteLength(text)
				: Buffer.byteLength(text, 'base64')),
		0,
	);

/**
What a ConfigMap or a Secret may hold at most, all its values together.

@param object
@param fields those that count
@param name of the field in the error
*/
export const sizeErrors = (
	object: ApiObject,
	fields: readonly string[],
	name: string,
): FieldError[] =>
	fields.reduce((size, field) => size + sizeOf(object, field), 0) > limit
		? [
				{
					field: name,
					reason: 'FieldValueTooLong',
					message: `Too long: may not be more than ${limit} bytes`,
				},
			]
		: [];
