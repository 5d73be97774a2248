import {createHash} from 'node:crypto';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {type Registry} from '../kinds/registry.js';
import {builtinType} from '../schema/parse-types.js';
import {type Schema} from '../schema/schema.js';
import {clone, type Tree, type Value} from '../value.js';

const reference = (name: string): Tree => ({
	$ref: `#/components/schemas/${name}`,
});

const typeName = (schema: Schema): string | undefined => schema['x-go-type'];

/**
A schema as a document shows it: built-in types are referred to by name and collected in `types`.
*/
const show = (schema: Schema, types: Map<string, Schema>): Tree => {
	const name = typeName(schema);
	if (name !== undefined) {
		types.set(name, schema);
		return {...reference(name)};
	}

	return showParts(schema, types);
};

const hidden = new Set(['x-go-type', 'x-go-field', 'x-go-scalar']);

const showParts = (schema: Schema, types: Map<string, Schema>): Tree => {
	const shown: Tree = {};
	for (const [key, value] of Object.entries(schema)) {
		if (hidden.has(key) || value === undefined) {
			continue;
		}

		switch (key) {
			case 'properties': {
				shown.properties = Object.fromEntries(
					Object.entries(schema.properties ?? {}).map(([name, field]) => [
						name,
						show(field, types),
					]),
				);
				break;
			}

			case 'items': {
				shown.items = schema.items ? show(schema.items, types) : {};
				break;
			}

			case 'additionalProperties': {
				shown.additionalProperties =
					typeof schema.additionalProperties === 'object'
						? show(schema.additionalProperties, types)
						: schema.additionalProperties;
				break;
			}

			default: {
				shown[key] = clone(value as Value);
			}
		}
	}

	if (schema['x-go-scalar'] === 'intstr') {
		return {
			...shown,
			oneOf: [{type: 'integer'}, {type: 'string'}],
			format: 'int-or-string',
		};
	}

	return shown;
};

const componentName = (kind: Kind): string =>
	typeName(kind.schema) ??
	`${kind.group.split('.').toReversed().join('.')}.${kind.version}.${kind.kind}`;

const optionParameters = (names: readonly string[]): Tree[] =>
	names.map((name) => ({
		name,
		in: 'query',
		schema: {type: 'string', uniqueItems: true},
	}));

const pathsOf = (kind: Kind): Tree => {
	const gvk = {
		group: kind.group,
		version: kind.version,
		kind: kind.kind,
	};
	const root =
		kind.group === ''
			? `/api/${kind.version}`
			: `/apis/${kind.group}/${kind.version}`;
	const operation = (
		action: string,
		parameters: readonly string[] = [],
	): Tree => ({
		'x-kubernetes-action': action,
		'x-kubernetes-group-version-kind': gvk,
		parameters: optionParameters(parameters),
		responses: {
			200: {
				description: 'OK',
				content: {
					'application/json': {schema: reference(componentName(kind))},
				},
			},
		},
	});
	const write = ['dryRun', 'fieldManager', 'fieldValidation'];
	const collection = kind.isNamespaced
		? `${root}/namespaces/{namespace}/${kind.plural}`
		: `${root}/${kind.plural}`;
	const paths: Tree = {
		[collection]: {
			get: operation('list'),
			post: operation('post', write),
		},
		[`${collection}/{name}`]: {
			get: operation('get'),
			put: operation('put', write),
			patch: operation('patch', [...write, 'force']),
			delete: operation('delete', ['dryRun']),
		},
	};
	if (kind.isNamespaced) {
		paths[`${root}/${kind.plural}`] = {get: operation('list')};
	}

	return paths;
};

/**
The OpenAPI v3 document of one group and version: what `kubectl explain`, `apply` and `diff` ask for.
*/
export const openApiDocument = (
	registry: Registry,
	groupVersion: string,
): Tree | undefined => {
	const kinds = [...registry.all()].filter(
		(kind) => apiVersionOf(kind) === groupVersion,
	);
	if (kinds.length === 0) {
		return undefined;
	}

	const types = new Map<string, Schema>();
	const schemas: Tree = {};
	const paths: Tree = {};
	types.set(
		'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
		builtinType('ObjectMeta'),
	);
	for (const kind of kinds) {
		const shown = showParts(kind.schema, types);
		const properties = shown.properties as Tree;
		schemas[componentName(kind)] = {
			...shown,
			properties: {
				apiVersion: {type: 'string'},
				kind: {type: 'string'},
				...properties,
			},
			'x-kubernetes-group-version-kind': [
				{group: kind.group, version: kind.version, kind: kind.kind},
			],
		};
		Object.assign(paths, pathsOf(kind));
	}

	// Types found while showing types are shown too, until none is new.
	const shown = new Set(Object.keys(schemas));
	for (const [name, schema] of types) {
		if (shown.has(name)) {
			continue;
		}

		schemas[name] = showParts(schema, types);
		shown.add(name);
	}

	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: 'v1.34.0'},
		paths,
		components: {schemas},
	};
};

const pathOf = (groupVersion: string): string =>
	groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;

/**
The list of documents; the hash in each address changes with its content.
*/
export const openApiIndex = (registry: Registry): Tree => {
	const versions = new Set(
		[...registry.all()].map((kind) => apiVersionOf(kind)),
	);
	return {
		paths: Object.fromEntries(
			[...versions].map((groupVersion) => {
				const kinds = [...registry.all()].filter(
					(kind) => apiVersionOf(kind) === groupVersion,
				);
				const hash = createHash('sha256')
					.update(
						kinds
							.map((kind) =>
								kind.isCustom
									? JSON.stringify(kind.schema.required) +
										kind.kind +
										String(registry.version)
									: kind.kind,
							)
							.join(','),
					)
					.digest('hex');
				return [
					pathOf(groupVersion),
					{
						serverRelativeURL: `/openapi/v3/${pathOf(groupVersion)}?hash=${hash}`,
					},
				];
			}),
		),
	};
};
