import {jsonPathColumn, nameColumn, ageColumn} from '../printers/columns.js';
import {type Column} from '../printers/column.js';
import {builtinType} from '../schema/parse-types.js';
import {type Schema} from '../schema/schema.js';
import {dnsSubdomainProblems} from '../validation/names.js';
import {
	type ApiObject,
	at,
	listAt,
	textAt,
	treeAt,
	treesAt,
	type Tree,
} from '../value.js';
import {type Kind} from './kind.js';

const string: Schema = {type: 'string'};

const withMetadata = (schema: Schema): Schema => ({
	...schema,
	type: 'object',
	properties: {
		...schema.properties,
		apiVersion: schema.properties?.apiVersion ?? string,
		kind: schema.properties?.kind ?? string,
		metadata: builtinType('ObjectMeta'),
	},
});

const readColumns = (version: Tree): Column[] => {
	const columns = treesAt(version, 'additionalPrinterColumns').map((column) =>
		jsonPathColumn({
			name: textAt(column, 'name'),
			type: textAt(column, 'type'),
			jsonPath: textAt(column, 'jsonPath'),
			format: textAt(column, 'format'),
			description: textAt(column, 'description'),
			priority: Number(column.priority ?? 0),
		}),
	);
	return [
		nameColumn,
		...(version.additionalPrinterColumns === undefined ? [ageColumn] : columns),
	];
};

const isInt = (text: string): boolean => /^\d+$/v.test(text);

const textOf = (object: ApiObject, path: string): string => {
	const value = at(
		object,
		...path
			.split('.')
			.slice(1)
			.map((step) => (isInt(step) ? Number(step) : step)),
	);
	return value === undefined || typeof value === 'object' ? '' : String(value);
};

const readScale = (subresources: Tree | undefined): Kind['scale'] => {
	const scale = treeAt(subresources, 'scale');
	return scale
		? {
				replicas: textAt(scale, 'specReplicasPath'),
				statusReplicas: textAt(scale, 'statusReplicasPath'),
				selector: textAt(scale, 'labelSelectorPath'),
			}
		: undefined;
};

const deprecation = (
	version: Tree,
	group: string,
	kind: string,
): string | undefined => {
	if (version.deprecated !== true) {
		return undefined;
	}

	return (
		textAt(version, 'deprecationWarning') ||
		`${group}/${textAt(version, 'name')} ${kind} is deprecated`
	);
};

const texts = (tree: Tree, ...path: string[]): string[] =>
	listAt(tree, ...path).map(String);

/**
The kinds that a CustomResourceDefinition makes, one per served version.
*/
export const customKinds = (definition: ApiObject): Kind[] => {
	const group = textAt(definition, 'spec', 'group');
	const names = treeAt(definition, 'spec', 'names') ?? {};
	const plural = textAt(names, 'plural');
	const kind = textAt(names, 'kind');
	return treesAt(definition, 'spec', 'versions')
		.filter((version) => version.served === true)
		.map((version): Kind => {
			const subresources = treeAt(version, 'subresources');
			const schema = withMetadata(
				treeAt(version, 'schema', 'openAPIV3Schema') ?? {},
			);
			const selectable = treesAt(version, 'selectableFields').map((field) =>
				textAt(field, 'jsonPath'),
			);
			const warning = deprecation(version, group, kind);
			return {
				group,
				version: textAt(version, 'name'),
				kind,
				listKind: textAt(names, 'listKind') || `${kind}List`,
				plural,
				singular: textAt(names, 'singular') || kind.toLowerCase(),
				shortNames: texts(names, 'shortNames'),
				categories: texts(names, 'categories'),
				isNamespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
				resource: `${group}/${plural}`,
				isCustom: true,
				hasStatus: subresources?.status !== undefined,
				scale: readScale(subresources),
				hasGeneration: true,
				// In the order in which the API server lists them for custom resources.
				verbs: [
					'delete',
					'deletecollection',
					'get',
					'list',
					'patch',
					'create',
					'update',
					'watch',
				],
				schema,
				columns: readColumns(version),
				selectableFields: new Set(selectable.map((path) => path.slice(1))),
				behaviour: {
					nameProblems: (name, isPrefix) =>
						dnsSubdomainProblems(isPrefix ? name.replace(/.-$/v, 'a') : name),
					...(selectable.length > 0 && {
						fieldsOf: (object) =>
							Object.fromEntries(
								selectable.map((path) => [path.slice(1), textOf(object, path)]),
							),
					}),
				},
				...(warning !== undefined && {deprecationWarning: warning}),
			};
		});
};
