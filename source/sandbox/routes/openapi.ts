import {createHash} from 'node:crypto';
import {apiVersionOf, type Kind} from '../kinds/kind.js';
import {type Registry} from '../kinds/registry.js';
import {type KubernetesSchemas} from '../schema/kubernetes-schemas.js';
import {clone, isTree, type Tree, type Value} from '../value.js';

const prefix = '#/components/schemas/';
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

const reference = (name: string): Tree => ({$ref: `${prefix}${name}`});

/**
What every document of custom kinds needs of Kubernetes' own types.
*/
const metaNames = [
	'DeleteOptions',
	'FieldsV1',
	'ListMeta',
	'ManagedFieldsEntry',
	'ObjectMeta',
	'OwnerReference',
	'Patch',
	'Preconditions',
	'Status',
	'StatusCause',
	'StatusDetails',
	'Time',
].map((name) => `${meta}.${name}`);

const customName = ({group, version}: Kind, kind: string): string =>
	[...group.split('.').toReversed(), version, kind].join('.');

const typeFields = ({schemas}: KubernetesSchemas): Tree => {
	const {apiVersion, kind} = (schemas[`${meta}.Status`]?.properties ??
		{}) as Tree;
	return {apiVersion, kind};
};

const conventions =
	'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';

const gvkOf = ({group, version}: Kind, kind: string): Tree[] => [
	{group, kind, version},
];

/**
The component of a custom kind, and that of its lists.
*/
const customSchemas = (kind: Kind, known: KubernetesSchemas): Tree => {
	const schema = clone(kind.schema as Value) as Tree;
	const name = customName(kind, kind.kind);
	const {metadata, ...properties} = (schema.properties ?? {}) as Tree;
	const {description, type, required, ...rest} = schema;
	return {
		[name]: {
			...rest,
			...(description !== undefined && {description}),
			...(type !== undefined && {type}),
			...(required !== undefined && {required}),
			properties: {
				...properties,
				...typeFields(known),
				metadata: {
					description: `Standard object's metadata. More info: ${conventions}#metadata`,
					allOf: [reference(`${meta}.ObjectMeta`)],
				},
			},
			'x-kubernetes-group-version-kind': gvkOf(kind, kind.kind),
		},
		[customName(kind, kind.listKind)]: {
			description: `${kind.listKind} is a list of ${kind.kind}`,
			type: 'object',
			required: ['items'],
			properties: {
				...typeFields(known),
				items: {
					description: `List of ${kind.plural}. More info: ${conventions}`,
					type: 'array',
					items: reference(name),
				},
				metadata: {
					description: `Standard list metadata. More info: ${conventions}#types-kinds`,
					allOf: [reference(`${meta}.ListMeta`)],
				},
			},
			'x-kubernetes-group-version-kind': gvkOf(kind, kind.listKind),
		},
	};
};

const isOfKind = (schema: Tree, {group, version, kind}: Kind): boolean => {
	const kinds = schema['x-kubernetes-group-version-kind'];
	return (
		Array.isArray(kinds) &&
		kinds.some(
			(one) =>
				isTree(one) &&
				one.group === group &&
				one.version === version &&
				one.kind === kind,
		)
	);
};

const optionParameters = (names: readonly string[]): Tree[] =>
	names.map((name) => ({
		name,
		in: 'query',
		schema: {type: 'string', uniqueItems: true},
	}));

const mediaTypes = ['application/json', 'application/yaml'];

const pathsOf = (kind: Kind, component: string | undefined): Tree => {
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
				...(component !== undefined && {
					content: Object.fromEntries(
						mediaTypes.map((type) => [type, {schema: reference(component)}]),
					),
				}),
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

const kindsOf = (registry: Registry, groupVersion: string): Kind[] =>
	[...registry.all()].filter((kind) => apiVersionOf(kind) === groupVersion);

/**
The OpenAPI v3 document of one group and version: what `kubectl explain`, `apply` and `diff` ask for. Kubernetes' own types are described
as Kubernetes describes them, custom ones by their definition.
*/
export const openApiDocument = (
	registry: Registry,
	groupVersion: string,
	known: KubernetesSchemas,
): Tree | undefined => {
	const kinds = kindsOf(registry, groupVersion);
	if (kinds.length === 0) {
		return undefined;
	}

	const schemas: Tree = Object.fromEntries(
		[
			...(known.documents[groupVersion] ?? []),
			...(kinds.some(({isCustom}) => isCustom) ? metaNames : []),
		].map((name) => [name, known.schemas[name]]),
	);
	for (const kind of kinds) {
		if (kind.isCustom) {
			Object.assign(schemas, customSchemas(kind, known));
		}
	}

	const paths: Tree = {};
	for (const kind of kinds) {
		const component = Object.keys(schemas).find((name) =>
			isOfKind(schemas[name] as Tree, kind),
		);
		Object.assign(paths, pathsOf(kind, component));
	}

	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: '1.34'},
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
				const content = kindsOf(registry, groupVersion).map((kind) =>
					kind.isCustom
						? [kind.kind, kind.schema, registry.version]
						: [kind.kind],
				);
				const hash = createHash('sha512')
					.update(JSON.stringify(content))
					.digest('hex')
					.toUpperCase();
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
