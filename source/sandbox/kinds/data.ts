import {Buffer} from 'node:buffer';
import {
	duplicate,
	type FieldError,
	forbidden,
	invalid,
} from '../validation/field-error.js';
import {configKeyProblems} from '../validation/names.js';
import {sizeErrors} from '../validation/size.js';
import {type ApiObject, isEqual, textAt, textsAt, treeAt} from '../value.js';
import {type BuiltinBehaviour} from './kind.js';

const keyErrors = (object: ApiObject, field: string): FieldError[] =>
	Object.keys(treeAt(object, field) ?? {}).flatMap((key) =>
		configKeyProblems(key).map((problem) =>
			invalid(`${field}[${key}]`, key, problem),
		),
	);

const immutableErrors = (
	object: ApiObject,
	old: ApiObject,
	fields: readonly string[],
): FieldError[] => {
	if (old.immutable !== true) {
		return [];
	}

	return [
		...(object.immutable === true
			? []
			: [forbidden('immutable', 'field is immutable when `immutable` is set')]),
		...fields
			.filter((field) => !isEqual(object[field], old[field]))
			.map((field) =>
				forbidden(field, 'field is immutable when `immutable` is set'),
			),
	];
};

/**
What holds data for pods.
*/
export const dataBehaviours: Readonly<Record<string, BuiltinBehaviour>> = {
	ConfigMap: {
		validate: (object) => [
			...keyErrors(object, 'data'),
			...keyErrors(object, 'binaryData'),
			...Object.keys(treeAt(object, 'binaryData') ?? {})
				.filter((key) => textsAt(object, 'data')[key] !== undefined)
				.map((key) => duplicate('data', key)),
			...sizeErrors(object, ['data', 'binaryData'], '[]'),
		],
		validateUpdate: (object, old) =>
			immutableErrors(object, old, ['data', 'binaryData']),
	},
	Secret: {
		selectable: ['type'],
		fieldsOf: (object) => ({type: textAt(object, 'type')}),
		setDefaults(object) {
			object.type ??= 'Opaque';
			const plain = textsAt(object, 'stringData');
			if (Object.keys(plain).length > 0) {
				object.data = {
					...treeAt(object, 'data'),
					...Object.fromEntries(
						Object.entries(plain).map(([key, value]) => [
							key,
							Buffer.from(value).toString('base64'),
						]),
					),
				};
			}

			delete object.stringData;
		},
		validate: (object) => [
			...keyErrors(object, 'data'),
			...sizeErrors(object, ['data'], 'data'),
		],
		validateUpdate: (object, old) => [
			...(object.type === old.type
				? []
				: [invalid('type', object.type, 'field is immutable')]),
			...immutableErrors(object, old, ['data']),
		],
	},
};
