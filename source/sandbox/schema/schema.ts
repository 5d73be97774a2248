import {type Value} from '../value.js';

/**
The part of OpenAPI v3 that Kubernetes' structural schemas consist of; a CustomResourceDefinition's own schema is one as it stands.
Built-in types are made of the same parts (see `parse-types.ts`), with the marks that begin with `x-go-`.
*/
export type Schema = {
	type?: string;
	format?: string;
	description?: string;
	properties?: Record<string, Schema>;
	additionalProperties?: Schema | boolean;
	items?: Schema;
	required?: string[];
	enum?: Value[];
	default?: Value;
	nullable?: boolean;
	pattern?: string;
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
	minItems?: number;
	maxItems?: number;
	uniqueItems?: boolean;
	minProperties?: number;
	maxProperties?: number;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	not?: Schema;
	'x-kubernetes-preserve-unknown-fields'?: boolean;
	'x-kubernetes-embedded-resource'?: boolean;
	'x-kubernetes-int-or-string'?: boolean;
	'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
	'x-kubernetes-list-map-keys'?: string[];
	'x-kubernetes-map-type'?: 'atomic' | 'granular';
	'x-kubernetes-patch-strategy'?: string;
	'x-kubernetes-patch-merge-key'?: string;
	'x-kubernetes-validations'?: Value[];
	/**
	Full name of a built-in type, as in `io.k8s.api.core.v1.Pod`.
	*/
	'x-go-type'?: string;
	/**
	How Go writes the field: `pointer` keeps a zero value, `always` writes it even when unset, `struct` writes at least `{}`.
	*/
	'x-go-field'?: 'pointer' | 'always' | 'struct';
	/**
	`quantity`, `time`, `microtime`, `bytes`: strings that Go reads into something else.
	*/
	'x-go-scalar'?: 'quantity' | 'time' | 'microtime' | 'bytes' | 'intstr';
};

/**
What objects of unknown fields are pruned to keep.
*/
export const isOpen = (schema: Schema): boolean =>
	schema['x-kubernetes-preserve-unknown-fields'] === true;

/**
The schema of a map's values, when the schema is a map.
*/
export const mapValues = (schema: Schema): Schema | undefined =>
	typeof schema.additionalProperties === 'object'
		? schema.additionalProperties
		: schema.additionalProperties === true
			? {'x-kubernetes-preserve-unknown-fields': true}
			: undefined;
