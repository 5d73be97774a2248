import {Buffer} from 'node:buffer';
import {type Environment} from '@marcbachmann/cel-js';
import {mapValues, type Schema} from '../schema/schema.js';
import {isNothing, isTree, type Value} from '../value.js';
import {isSame, Struct} from './cel-value.js';

/**
A schema as CEL knows it: the name of its type, and how a value of it is handed to a rule.
*/
export type CelType = {
	readonly name: string;
	convert(value: Value): unknown;
	readonly fields?: ReadonlyMap<string, CelType>;
	readonly values?: CelType;
	readonly items?: CelType;
};

const keywords = new Set(
	'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
		' ',
	),
);

const escapes: ReadonlyArray<readonly [RegExp, string]> = [
	[/__/gv, '__underscores__'],
	[/\./gv, '__dot__'],
	[/-/gv, '__dash__'],
	[/\//gv, '__slash__'],
];

/**
The name of a property in a rule (Kubernetes: escaping of property names); undefined when rules cannot name it.
*/
export const escapeField = (name: string): string | undefined => {
	if (keywords.has(name)) {
		return `__${name}__`;
	}

	if (!/^[A-Z_a-z][\w\-.\/]*$/v.test(name)) {
		return undefined;
	}

	let escaped = name;
	for (const [sign, word] of escapes) {
		escaped = escaped.replaceAll(sign, () => word);
	}

	return escaped;
};

const dynamic: CelType = {
	name: 'dyn',
	convert(value) {
		return typeof value === 'number' && Number.isInteger(value)
			? BigInt(value)
			: value;
	},
};

const hourUnits: Readonly<Record<string, number>> = {d: 24, w: 168};

/**
A duration as Go's CEL reads it; days and weeks, which schemas allow, become hours.
*/
const durationText = (text: string): string => {
	const long = /^(?<count>\d+)\s*(?<unit>[dw])/v.exec(text)?.groups;
	return long ? `${Number(long.count) * hourUnits[long.unit!]!}h` : text;
};

const stringType = (
	format: string | undefined,
	environment: Environment,
): CelType => {
	switch (format) {
		case 'date':
		case 'date-time': {
			return {
				name: 'google.protobuf.Timestamp',
				convert: (value) => new Date(String(value)),
			};
		}

		case 'duration': {
			return {
				name: 'google.protobuf.Duration',
				convert: (value) =>
					environment.evaluate(
						`duration(${JSON.stringify(durationText(String(value)))})`,
					) as unknown,
			};
		}

		case 'byte': {
			return {
				name: 'bytes',
				convert: (value) =>
					new Uint8Array(Buffer.from(String(value), 'base64')),
			};
		}

		default: {
			return {name: 'string', convert: String};
		}
	}
};

const text: Schema = {type: 'string'};
const named: Schema = {
	type: 'object',
	properties: {name: text, generateName: text},
};

const resourceFields = (schema: Schema): Record<string, Schema> => ({
	...schema.properties,
	apiVersion: text,
	kind: text,
	metadata: named,
});

/**
Declares the types that a structural schema describes, so that what rules say of their fields can be checked.

@param environment where they are declared
@param root of a whole object
@returns of each schema its type; undefined where rules cannot look
*/
export const declareTypes = (
	environment: Environment,
	root: Schema,
): CelType => {
	let count = 0;

	const declareObject = (schema: Schema, isResource: boolean): CelType => {
		const fields = new Map<string, CelType>();
		const names = new Map<string, readonly string[]>();
		const properties = isResource
			? resourceFields(schema)
			: (schema.properties ?? {});
		for (const [name, property] of Object.entries(properties)) {
			const type = declare(property);
			const escaped = escapeField(name);
			if (type && escaped !== undefined) {
				fields.set(name, type);
				names.set(name, keywords.has(name) ? [escaped, name] : [escaped]);
			}
		}

		count++;
		const name = `Object${count}`;
		const Fields = class extends Struct {};
		environment.registerType(name, {
			ctor: Fields,
			fields: Object.fromEntries(
				[...names].flatMap(([field, aliases]) =>
					aliases.map((alias) => [alias, fields.get(field)!.name]),
				),
			),
		});
		environment.registerOperator(`${name} == ${name}`, isSame);
		return {
			name,
			fields,
			convert(value) {
				const found = new Map<string, unknown>();
				for (const [field, type] of fields) {
					const item = isTree(value) ? value[field] : undefined;
					if (!isNothing(item)) {
						for (const alias of names.get(field)!) {
							found.set(alias, type.convert(item));
						}
					}
				}

				return new Fields(found);
			},
		};
	};

	const declare = (schema: Schema): CelType | undefined => {
		if (schema['x-kubernetes-int-or-string']) {
			return dynamic;
		}

		switch (schema.type) {
			case 'integer': {
				return {
					name: 'int',
					convert: (value) => BigInt(Math.trunc(Number(value))),
				};
			}

			case 'number': {
				return {name: 'double', convert: Number};
			}

			case 'boolean': {
				return {name: 'bool', convert: Boolean};
			}

			case 'string': {
				return stringType(schema.format, environment);
			}

			case 'array': {
				const items = schema.items && declare(schema.items);
				return (
					items && {
						name: `list<${items.name}>`,
						items,
						convert: (value) =>
							Array.isArray(value)
								? value.map((item) => items.convert(item))
								: [],
					}
				);
			}

			case 'object': {
				const isResource = schema['x-kubernetes-embedded-resource'] === true;
				const inner =
					typeof schema.additionalProperties === 'object'
						? mapValues(schema)
						: undefined;
				if (!inner || schema.properties) {
					return declareObject(schema, isResource);
				}

				const values = declare(inner);
				return (
					values && {
						name: `map<string, ${values.name}>`,
						values,
						convert: (value) =>
							new Map(
								Object.entries(isTree(value) ? value : {}).map(
									([key, item]) => [key, values.convert(item)],
								),
							),
					}
				);
			}

			default: {
				return undefined;
			}
		}
	};

	return declareObject(root, true);
};
