import {
	checkDefinitionRules,
	ruleFormErrors,
} from '../rules/definition-rules.js';
import {type Schema} from '../schema/schema.js';
import {
	type ApiObject,
	isEqual,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {
	type FieldError,
	forbidden,
	invalid,
	notSupported,
	required,
} from './field-error.js';
import {dnsSubdomainProblems, serviceNameProblems} from './names.js';

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/**
Whether a schema is structural, as far as it is asked here: every node says what it is.
*/
const schemaErrors = (schema: Tree, field: string): FieldError[] => {
	const type = textAt(schema, 'type');
	const isFree =
		schema['x-kubernetes-int-or-string'] === true ||
		schema['x-kubernetes-preserve-unknown-fields'] === true;
	const errors: FieldError[] = [];
	if (type === '' && !isFree) {
		errors.push(
			required(
				`${field}.type`,
				'must not be empty for specified object fields',
			),
		);
	} else if (type !== '' && !types.includes(type)) {
		errors.push(notSupported(`${field}.type`, type, types));
	}

	if (type === 'array' && schema.items === undefined) {
		errors.push(required(`${field}.items`, 'must be specified'));
	}

	if (schema.properties && schema.additionalProperties) {
		errors.push(
			forbidden(
				`${field}.additionalProperties`,
				'additionalProperties and properties are mutual exclusive',
			),
		);
	}

	for (const [name, child] of Object.entries(
		treeAt(schema, 'properties') ?? {},
	)) {
		errors.push(
			...schemaErrors((child ?? {}) as Tree, `${field}.properties[${name}]`),
		);
	}

	errors.push(...ruleFormErrors(schema, field));
	const items = treeAt(schema, 'items');
	const values = treeAt(schema, 'additionalProperties');
	return [
		...errors,
		...(items ? schemaErrors(items, `${field}.items`) : []),
		...(values ? schemaErrors(values, `${field}.additionalProperties`) : []),
	];
};

type PlacedSchema = {readonly field: string; readonly schema: Tree};

/**
The schemas of a definition where the API server sees them: one that all versions share is the definition's own.
*/
const schemasOf = (object: ApiObject): PlacedSchema[] => {
	const schemas = treesAt(object, 'spec', 'versions').flatMap(
		(version, index) => {
			const schema = treeAt(version, 'schema', 'openAPIV3Schema');
			return schema
				? [{field: `spec.versions[${index}].schema.openAPIV3Schema`, schema}]
				: [];
		},
	);
	const [first] = schemas;
	return first && schemas.every(({schema}) => isEqual(schema, first.schema))
		? [{field: 'spec.validation.openAPIV3Schema', schema: first.schema}]
		: schemas;
};

const versionErrors = (object: ApiObject): FieldError[] => {
	const versions = treesAt(object, 'spec', 'versions');
	const stored = versions.filter((version) => version.storage === true);
	const errors: FieldError[] = [];
	if (stored.length !== 1) {
		errors.push(
			invalid(
				'spec.versions',
				listAt(object, 'spec', 'versions'),
				'must have exactly one version marked as storage version',
			),
		);
	}

	for (const [index, version] of versions.entries()) {
		const field = `spec.versions[${index}]`;
		if (!treeAt(version, 'schema', 'openAPIV3Schema')) {
			errors.push(
				required(`${field}.schema.openAPIV3Schema`, 'schemas are required'),
			);
		}
	}

	const placed = schemasOf(object);
	errors.push(
		...placed.flatMap(({schema, field}) => schemaErrors(schema, field)),
	);
	// Rules are compiled against a schema that makes sense.
	return errors.length > 0
		? errors
		: placed.flatMap(({schema, field}) => [
				...checkDefinitionRules(schema as Schema, field).errors,
			]);
};

/**
What is wrong with a CustomResourceDefinition.
*/
export const definitionErrors = (object: ApiObject): FieldError[] => {
	const group = textAt(object, 'spec', 'group');
	const plural = textAt(object, 'spec', 'names', 'plural');
	const scope = textAt(object, 'spec', 'scope');
	const errors: FieldError[] = [];
	const name = `${plural}.${group}`;
	if (object.metadata.name !== name) {
		errors.push(
			invalid(
				'metadata.name',
				object.metadata.name,
				'must be spec.names.plural+"."+spec.group',
			),
		);
	}

	if (group === '') {
		errors.push(required('spec.group'));
	} else if (group.split('.').length < 2) {
		errors.push(
			invalid('spec.group', group, 'should be a domain with at least one dot'),
		);
	} else {
		errors.push(
			...dnsSubdomainProblems(group).map((problem) =>
				invalid('spec.group', group, problem),
			),
		);
	}

	if (scope !== 'Namespaced' && scope !== 'Cluster') {
		errors.push(
			scope === ''
				? required('spec.scope')
				: notSupported('spec.scope', scope, ['Cluster', 'Namespaced']),
		);
	}

	for (const part of ['plural', 'kind'] as const) {
		const value = textAt(object, 'spec', 'names', part);
		errors.push(
			...(value === ''
				? [required(`spec.names.${part}`)]
				: serviceNameProblems(value.toLowerCase()).map((problem) =>
						invalid(`spec.names.${part}`, value, problem),
					)),
		);
	}

	return [...errors, ...versionErrors(object)];
};

/**
What this server cannot do of what a CustomResourceDefinition asks for.
*/
export const definitionWarnings = (object: ApiObject): string[] =>
	schemasOf(object).flatMap(({schema, field}) => [
		...checkDefinitionRules(schema as Schema, field).warnings,
	]);
