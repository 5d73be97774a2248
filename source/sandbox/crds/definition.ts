import {type Schema} from '../schema/schema.js';
import {type Tree} from '../value.js';

export type Column = {
	readonly name: string;
	readonly type: 'string' | 'boolean' | 'date' | 'integer';
	readonly jsonPath: string;
	readonly priority?: number;
};

export type Definition = {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly plural: string;
	readonly shortNames?: readonly string[];
	readonly isNamespaced?: boolean;
	readonly hasStatus?: boolean;
	readonly isInCategory?: boolean;
	readonly columns?: readonly Column[];
	readonly description: string;
	readonly spec: Schema;
	readonly status?: Schema;
	readonly required?: readonly string[];
};

export const age: Column = {
	name: 'Age',
	type: 'date',
	jsonPath: '.metadata.creationTimestamp',
};

export const text = (description: string, more: Schema = {}): Schema => ({
	type: 'string',
	description,
	...more,
});

export const truth = (description: string, more: Schema = {}): Schema => ({
	type: 'boolean',
	description,
	...more,
});

export const object = (
	description: string,
	properties: Record<string, Schema>,
	required: readonly string[] = [],
	more: Schema = {},
): Schema => ({
	type: 'object',
	description,
	properties,
	...(required.length > 0 && {required: [...required]}),
	...more,
});

export const list = (
	description: string,
	items: Schema,
	more: Schema = {},
): Schema => ({type: 'array', description, items, ...more});

export const map = (description: string, values: Schema): Schema => ({
	type: 'object',
	description,
	additionalProperties: values,
});

/**
Fields that are taken as they come.
*/
export const open = (description: string): Schema => ({
	type: 'object',
	description,
	'x-kubernetes-preserve-unknown-fields': true,
});

export const quantities = (description: string): Schema =>
	map(description, {
		anyOf: [{type: 'integer'}, {type: 'string'}],
		'x-kubernetes-int-or-string': true,
		pattern: String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`,
	});

/**
A CustomResourceDefinition of one version.
*/
export const define = (definition: Definition): Tree => {
	const {group, version, kind, plural, columns, spec, status} = definition;
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `${plural}.${group}`},
		spec: {
			group,
			names: {
				kind,
				listKind: `${kind}List`,
				plural,
				singular: kind.toLowerCase(),
				...(definition.shortNames && {shortNames: [...definition.shortNames]}),
				...(definition.isInCategory && {categories: ['liqo']}),
			},
			scope: definition.isNamespaced === false ? 'Cluster' : 'Namespaced',
			versions: [
				{
					name: version,
					served: true,
					storage: true,
					...(definition.hasStatus && {subresources: {status: {}}}),
					...(columns && {
						additionalPrinterColumns: columns.map((column) => ({
							...column,
						})),
					}),
					schema: {
						openAPIV3Schema: {
							type: 'object',
							description: definition.description,
							properties: {
								apiVersion: text('Group and version of this representation.'),
								kind: text('Kind of this object.'),
								metadata: {type: 'object'},
								spec,
								...(status && {status}),
							},
							...(definition.required && {required: [...definition.required]}),
						} as unknown as Tree,
					},
				},
			],
		},
	};
};
