import {type Schema} from './schema.js';
import {accessTypes} from './types/access.js';
import {clusterTypes} from './types/cluster.js';
import {coreTypes} from './types/core.js';
import {extensionTypes} from './types/extensions.js';
import {metaTypes} from './types/meta.js';
import {podTypes} from './types/pods.js';
import {volumeTypes} from './types/volumes.js';
import {workloadTypes} from './types/workloads.js';

const scalars: Readonly<Record<string, Schema>> = {
	string: {type: 'string'},
	int32: {type: 'integer', format: 'int32'},
	int64: {type: 'integer', format: 'int64'},
	number: {type: 'number', format: 'double'},
	bool: {type: 'boolean'},
	json: {'x-kubernetes-preserve-unknown-fields': true},
	quantity: {type: 'string', 'x-go-scalar': 'quantity'},
	intstr: {'x-kubernetes-int-or-string': true, 'x-go-scalar': 'intstr'},
	time: {type: 'string', format: 'date-time', 'x-go-scalar': 'time'},
	microtime: {type: 'string', format: 'date-time', 'x-go-scalar': 'microtime'},
	bytes: {type: 'string', format: 'byte', 'x-go-scalar': 'bytes'},
};

/*
A type is `Name: field#number type mark mark | field#number type ...`, continued on indented lines; `package` names the package of those below.
Types: a scalar above, another type's name, `[]type`, `{}type` (a map), `*type` (a Go pointer: zero values are kept).
Marks: `!` required, `z` written even when unset, `s` a struct that is written at least as `{}`, `@a,b` a list that is a map with these
keys, `set`, `+key` merged by a strategic patch (by that key), `retain` retainKeys, `atomic`, `=value` default.
*/
type Definition = {
	readonly packageName: string;
	readonly isAtomic: boolean;
	readonly fields: string;
};

const readDefinitions = (sources: readonly string[]) => {
	const definitions = new Map<string, Definition>();
	for (const source of sources) {
		let packageName = '';
		for (const line of source.trim().replaceAll('\n  ', ' ').split('\n')) {
			if (line.startsWith('package ')) {
				packageName = line.slice('package '.length);
				continue;
			}

			const colon = line.indexOf(':');
			const [name = '', atomic] = line.slice(0, colon).split(' ', 2);
			definitions.set(name, {
				packageName,
				isAtomic: atomic === 'atomic',
				fields: line.slice(colon + 1).trim(),
			});
		}
	}

	return definitions;
};

let definitions: Map<string, Definition> | undefined;
const types = new Map<string, Schema>();

const typeOf = (text: string): Schema => {
	if (text.startsWith('*')) {
		return {...typeOf(text.slice(1)), 'x-go-field': 'pointer'};
	}

	if (text.startsWith('[]')) {
		return {type: 'array', items: typeOf(text.slice(2))};
	}

	return text.startsWith('{}')
		? {type: 'object', additionalProperties: typeOf(text.slice(2))}
		: (scalars[text] ?? builtinType(text));
};

const applyMark = (schema: Schema, mark: string): void => {
	const value = mark.slice(1);
	if (mark.startsWith('@')) {
		schema['x-kubernetes-list-type'] = 'map';
		schema['x-kubernetes-list-map-keys'] = value.split(',');
	} else if (mark.startsWith('+')) {
		schema['x-kubernetes-patch-strategy'] = schema[
			'x-kubernetes-patch-strategy'
		]
			? 'merge,retainKeys'
			: 'merge';
		if (value !== '') {
			schema['x-kubernetes-patch-merge-key'] = value;
		}
	} else if (mark.startsWith('=')) {
		schema.default = schema.type === 'integer' ? Number(value) : value;
	} else {
		switch (mark) {
			case 'retain': {
				schema['x-kubernetes-patch-strategy'] = schema[
					'x-kubernetes-patch-strategy'
				]
					? 'merge,retainKeys'
					: 'retainKeys';

				break;
			}

			case 'set': {
				schema['x-kubernetes-list-type'] = 'set';

				break;
			}

			case 'atomic': {
				schema['x-kubernetes-map-type'] = 'atomic';

				break;
			}

			case 'z': {
				schema['x-go-field'] = 'always';

				break;
			}

			case 's': {
				schema['x-go-field'] = 'struct';

				break;
			}
			// No default
		}
	}
};

/**
A schema that describes the same, for its own marks: named types share their fields however often they are used.
*/
const withMarks = (base: Schema, marks: readonly string[]): Schema => {
	const own = marks.filter((mark) => mark !== '!');
	if (own.length === 0) {
		return base;
	}

	const copy = Object.create(
		Object.prototype,
		Object.getOwnPropertyDescriptors(base),
	) as Schema;
	for (const mark of own) {
		applyMark(copy, mark);
	}

	return copy;
};

const numbersOf = new WeakMap<object, ReadonlyMap<string, string>>();

/**
The names of a built-in type's fields by their numbers in protobuf; `2.1` is field 1 of the struct embedded as field 2.
*/
export const fieldNumbers = (properties: object): ReadonlyMap<string, string> =>
	numbersOf.get(properties) ?? new Map();

const readFields = (schema: Schema, fields: string): Schema['properties'] => {
	const properties: Record<string, Schema> = {};
	const required: string[] = [];
	const numbers = new Map<string, string>();
	for (const field of fields === '' ? [] : fields.split('|')) {
		const [label = '', type = '', ...marks] = field.trim().split(/\s+/v);
		const [name = '', number = ''] = label.split('#', 2);
		numbers.set(number, name);
		properties[name] = withMarks(typeOf(type), marks);
		if (marks.includes('!')) {
			required.push(name);
		}
	}

	if (required.length > 0) {
		schema.required = required;
	}

	numbersOf.set(properties, numbers);
	return properties;
};

/**
The schema of a built-in type by its short name (`Pod`, `PodSpec`). Its fields are read at first use, so that a server that never sees a
volume never reads their notation.
*/
export const builtinType = (name: string): Schema => {
	const known = types.get(name);
	if (known) {
		return known;
	}

	definitions ??= readDefinitions([
		metaTypes,
		podTypes,
		volumeTypes,
		coreTypes,
		workloadTypes,
		extensionTypes,
		accessTypes,
		clusterTypes,
	]);
	const definition = definitions.get(name);
	if (!definition) {
		throw new Error(`There is no built-in type ${name}.`);
	}

	const shortName = name.slice(name.indexOf('_') + 1);
	const schema: Schema = {
		type: 'object',
		'x-go-type': `${definition.packageName}.${shortName}`,
	};
	let properties: Schema['properties'];
	Object.defineProperty(schema, 'properties', {
		enumerable: true,
		configurable: true,
		get() {
			properties ??= readFields(schema, definition.fields);
			return properties;
		},
	});
	if (definition.isAtomic) {
		schema['x-kubernetes-map-type'] = 'atomic';
	}

	types.set(name, schema);
	return schema;
};
