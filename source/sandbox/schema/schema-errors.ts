import {Ajv, type ErrorObject, type ValidateFunction} from 'ajv';
import {
	type FieldError,
	invalid,
	notSupported,
	required,
	tooLong,
	tooMany,
	typeInvalid,
} from '../validation/field-error.js';
import {
	type ApiObject,
	isTree,
	isNothing,
	type Tree,
	type Value,
} from '../value.js';
import {isUnchanged} from './correlate.js';
import {mapValues, type Schema} from './schema.js';

const ajv = new Ajv({
	allErrors: true,
	verbose: true,
	strict: false,
	// Kubernetes' patterns are Go's: no lookaround, no backreference, and not always valid with the `u` flag.
	unicodeRegExp: false,
	validateFormats: true,
	logger: false,
	// Definitions are checked when they are written; to compile JSON Schema's own schema costs more than all of them.
	meta: false,
	validateSchema: false,
});
const instant =
	/^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(?:\.\d+)?(?:z|[+\-]\d\d:\d\d)$/iv;
const formats: Readonly<Record<string, (text: string) => boolean>> = {
	'date-time': (text) => instant.test(text),
	date: (text) => /^\d{4}-\d\d-\d\d$/v.test(text),
	byte: (text) =>
		/^[+\/0-9A-Za-z]*={0,2}$/v.test(text) && text.length % 4 === 0,
	uuid: (text) => /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/iv.test(text),
	ipv4: (text) => /^(?:\d{1,3}\.){3}\d{1,3}$/v.test(text),
	email: (text) => /^[^\s@]+@[^\s@]+$/v.test(text),
	uri: (text) => URL.canParse(text),
};
for (const [name, test] of Object.entries(formats)) {
	ajv.addFormat(name, test);
}

const known = new Set(Object.keys(formats));

const copied = [
	'enum',
	'pattern',
	'minimum',
	'maximum',
	'exclusiveMinimum',
	'exclusiveMaximum',
	'multipleOf',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
	'uniqueItems',
	'minProperties',
	'maxProperties',
	'required',
] as const;

const exclusive = (schema: Tree): Tree => {
	// OpenAPI v3.0 marks a limit as exclusive by a boolean beside it.
	const result: Tree = {...schema};
	for (const [flag, limit] of [
		['exclusiveMinimum', 'minimum'],
		['exclusiveMaximum', 'maximum'],
	] as const) {
		if (result[flag] === true) {
			result[flag] = result[limit];
			delete result[limit]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		} else {
			delete result[flag]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the keys of a JSON object
		}
	}

	return result;
};

/**
A structural schema as the JSON schema that says the same.
*/
const toJsonSchema = (schema: Schema): Tree => {
	const source = schema as unknown as Tree;
	const target: Tree = {};
	for (const key of copied) {
		if (source[key] !== undefined) {
			target[key] = source[key];
		}
	}

	if (schema['x-kubernetes-int-or-string']) {
		target.type = ['integer', 'string'];
	} else if (schema.type !== undefined) {
		target.type = schema.nullable ? [schema.type, 'null'] : schema.type;
	}

	if (schema.format !== undefined && known.has(schema.format)) {
		target.format = schema.format;
	}

	if (schema.properties) {
		target.properties = Object.fromEntries(
			Object.entries(schema.properties).map(([name, field]) => [
				name,
				toJsonSchema(field),
			]),
		);
	}

	const values = mapValues(schema);
	if (values) {
		target.additionalProperties = toJsonSchema(values);
	}

	if (schema.items) {
		target.items = toJsonSchema(schema.items);
	}

	for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
		const list = schema[key];
		if (list && !schema['x-kubernetes-int-or-string']) {
			target[key] = list.map((item) => toJsonSchema(item));
		}
	}

	if (schema.not) {
		target.not = toJsonSchema(schema.not);
	}

	return exclusive(target);
};

const compiled = new WeakMap<Schema, ValidateFunction>();

const compile = (schema: Schema): ValidateFunction => {
	let validate = compiled.get(schema);
	if (!validate) {
		const {metadata, apiVersion, kind, ...properties} = schema.properties ?? {};
		validate = ajv.compile(toJsonSchema({...schema, properties}));
		compiled.set(schema, validate);
	}

	return validate;
};

const partsOf = (pointer: string): string[] =>
	pointer
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const pathOf = (pointer: string, root: Value): string => {
	let path = '';
	let current = root;
	for (const key of partsOf(pointer)) {
		if (Array.isArray(current)) {
			path += `[${key}]`;
			current = current[Number(key)];
		} else {
			path += path === '' ? key : `.${key}`;
			current = isTree(current) ? current[key] : undefined;
		}
	}

	return path;
};

const typeName = (value: Value): string => {
	if (Array.isArray(value)) {
		return 'array';
	}

	if (isNothing(value)) {
		return 'null';
	}

	if (typeof value === 'number') {
		return Number.isInteger(value) ? 'integer' : 'number';
	}

	return typeof value;
};

const limitText: Readonly<Record<string, (limit: Value) => string>> = {
	minimum: (limit) => `should be greater than or equal to ${String(limit)}`,
	maximum: (limit) => `should be less than or equal to ${String(limit)}`,
	exclusiveMinimum: (limit) => `should be greater than ${String(limit)}`,
	exclusiveMaximum: (limit) => `should be less than ${String(limit)}`,
	multipleOf: (limit) => `should be a multiple of ${String(limit)}`,
	minLength: (limit) => `should be at least ${String(limit)} chars long`,
	minItems: (limit) => `should have at least ${String(limit)} items`,
	uniqueItems: () => "shouldn't contain duplicates",
	minProperties: (limit) => `should have at least ${String(limit)} properties`,
	anyOf: () => 'must validate at least one schema (anyOf)',
	oneOf: () => 'must validate one and only one schema (oneOf)',
	not: () => 'must not validate the schema (not)',
};

const listOf = (value: Value): Value[] =>
	Array.isArray(value) ? value : [value];

const sizeOf = (value: Value): number =>
	Array.isArray(value)
		? value.length
		: Object.keys((value ?? {}) as Tree).length;

const toFieldError = (error: ErrorObject, root: ApiObject): FieldError => {
	const value = error.data as Value;
	const path = pathOf(error.instancePath, root);
	const parameters = error.params as Tree;
	switch (error.keyword) {
		case 'required': {
			const missing = String(parameters.missingProperty);
			return required(path === '' ? missing : `${path}.${missing}`);
		}

		case 'enum': {
			return notSupported(path, value, listOf(parameters.allowedValues));
		}

		case 'type': {
			const found = typeName(value);
			const wanted = listOf(parameters.type).filter((type) => type !== 'null');
			const expected =
				wanted.length > 1 ? wanted.map(String).join(',') : String(wanted[0]);
			return typeInvalid(
				path === '' ? '<nil>' : path,
				found,
				`${path} in body must be of type ${expected}: ${JSON.stringify(found)}`,
			);
		}

		case 'maxLength': {
			return tooLong(path, Number(parameters.limit));
		}

		case 'maxItems':
		case 'maxProperties': {
			return tooMany(path, sizeOf(value), Number(parameters.limit));
		}

		case 'pattern': {
			return invalid(
				path,
				value,
				`${path} in body should match '${String(parameters.pattern)}'`,
			);
		}

		case 'format': {
			return typeInvalid(
				path,
				value,
				`${path} in body must be of type ${String(parameters.format)}: ${JSON.stringify(value)}`,
			);
		}

		default: {
			const text = limitText[error.keyword]?.(
				parameters.limit ?? parameters.multipleOf,
			);
			return invalid(
				path,
				value,
				`${path === '' ? '""' : path} in body ${text ?? error.message ?? 'is invalid'}`,
			);
		}
	}
};

/**
A status is validated by itself when it is written alone, and the texts name the place in it.
*/
const relative = (error: FieldError): FieldError => {
	const dot = error.field.indexOf('.');
	return dot === -1
		? error
		: {
				...error,
				message: error.message.replace(
					`${error.field} in body`,
					() => `${error.field.slice(dot + 1)} in body`,
				),
			};
};

/**
Everything in which a custom resource breaks its schema, in the API server's words. What it broke before and has not changed since is let be.
*/
export const schemaErrors = (
	object: ApiObject,
	schema: Schema,
	{
		old,
		isStatus = false,
	}: {readonly old?: ApiObject | undefined; readonly isStatus?: boolean} = {},
): FieldError[] => {
	const validate = compile(schema);
	if (validate(object)) {
		return [];
	}

	const errors = validate.errors ?? [];
	// A value of the wrong type is not looked into: what else is wrong with it says nothing more.
	const mistyped = new Set(
		errors
			.filter(({keyword}) => keyword === 'type')
			.map(({instancePath}) => instancePath),
	);
	return errors
		.filter(
			({keyword, instancePath}) =>
				keyword === 'type' || keyword === 'enum' || !mistyped.has(instancePath),
		)
		.filter(
			({instancePath}) =>
				!old || !isUnchanged(partsOf(instancePath), object, old, schema),
		)
		.map((error) => toFieldError(error, object))
		.map((error) => (isStatus ? relative(error) : error));
};
