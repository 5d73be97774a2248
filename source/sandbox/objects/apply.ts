import {
	badRequest,
	conflict,
	failure,
	type Failure,
	isFailure,
	notFound,
} from '../http/status.js';
import {readYaml, repeatedKeys} from '../http/yaml.js';
import {apiVersionOf, groupVersionOf, type Kind} from '../kinds/kind.js';
import {fieldsOf} from '../managed/compare-fields.js';
import {dropReset, readManagers, writeManagers} from '../managed/managers.js';
import {applyConfiguration, type ApplyConflict} from '../patch/apply.js';
import {typedProblems} from '../patch/typed.js';
import {type ApiObject, isTree, textAt, type Tree} from '../value.js';
import {acceptObject, describeYamlLines, unreadable} from './accept.js';
import {createAccepted} from './create.js';
import {timestamp} from './identity.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	type Target,
	unreadableVersion,
	type Written,
} from './target.js';
import {replaceObject} from './update.js';

const applyConflict = (conflicts: readonly ApplyConflict[]): Failure => {
	const described = conflicts.map(({manager, field}) => {
		const subresource =
			manager.subresource === ''
				? ''
				: ` with subresource ${JSON.stringify(manager.subresource)}`;
		return {
			text: `conflict with ${JSON.stringify(manager.name)}${subresource}${
				manager.operation === 'Update' ? ` using ${manager.apiVersion}` : ''
			}`,
			field,
		};
	});
	const names = new Set(described.map(({text}) => text));
	const count = conflicts.length;
	const listed = [...names].map((text) => {
		const fields = described
			.filter((item) => item.text === text)
			.map(({field}) => `- ${field}`);
		const plural =
			fields.length > 1 ? text.replace('conflict', 'conflicts') : text;
		return `${plural}:\n${fields.join('\n')}`;
	});
	const message =
		count === 1
			? `Apply failed with 1 conflict: ${described[0]?.text ?? ''}: ${described[0]?.field ?? ''}`
			: `Apply failed with ${count} conflicts: ${listed.join('\n')}`;
	return failure(409, 'Conflict', message, {
		causes: described.map(({text, field}) => ({
			reason: 'FieldManagerConflict',
			message: text,
			field,
		})),
	});
};

const readConfiguration = (body: string): Tree | Failure => {
	try {
		const parsed = readYaml(body);
		return isTree(parsed)
			? parsed
			: badRequest('error decoding YAML: the configuration is not an object');
	} catch (error) {
		return badRequest(
			`error decoding YAML: error converting YAML to JSON: yaml: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
		);
	}
};

/**
What an apply is about, as errors name it.
*/
const subjectOf = (configuration: Tree): string => {
	const {group, version} = groupVersionOf(textAt(configuration, 'apiVersion'));
	return `${textAt(configuration, 'metadata', 'namespace')}/${textAt(configuration, 'metadata', 'name')}; ${group}/${version}, Kind=${textAt(configuration, 'kind')}`;
};

/**
An apply that does not fit the schema.
*/
const untyped = (configuration: Tree, problems: readonly string[]): Failure =>
	failure(
		500,
		undefined,
		`failed to create typed patch object (${subjectOf(configuration)}): ${
			problems.length === 1
				? (problems[0] ?? '')
				: `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
		}`,
	);

/**
An apply that fits the schema, and still leaves what Go cannot read.
*/
const unconverted = (
	configuration: Tree,
	kind: Kind,
	problem: string,
): Failure => {
	const isDecoding = problem.startsWith('illegal base64');
	return failure(
		500,
		undefined,
		`failed to convert new object (${subjectOf(configuration)}) to proper version: unable to convert unstructured object to ${kind.group}/${kind.version}, Kind=${kind.kind}: ${isDecoding ? 'error decoding from json: ' : ''}${problem}`,
	);
};

/**
An apply has to be of the very kind that its path names.
*/
const checkAppliedKind = (
	configuration: Tree,
	kind: Kind,
): Failure | undefined => {
	const apiVersion = textAt(configuration, 'apiVersion');
	const named = textAt(configuration, 'kind');
	if (apiVersion === apiVersionOf(kind) && named === kind.kind) {
		return undefined;
	}

	const {group, version} = groupVersionOf(apiVersion);
	return badRequest(
		apiVersion.split('/').length > 2
			? 'invalid object type: /, Kind='
			: `invalid object type: ${group}/${version}, Kind=${named}`,
	);
};

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
Whether all conflicts are with what kubectl itself applied before it knew server-side apply: then they are its own.
*/
const isOwnHistory = (
	live: ApiObject | undefined,
	kind: Kind,
	conflicts: readonly ApplyConflict[],
): boolean => {
	const text = live?.metadata.annotations?.[lastApplied];
	if (text === undefined) {
		return false;
	}

	try {
		const before: unknown = JSON.parse(text);
		const fields = isTree(before)
			? fieldsOf(before, kind.schema)
			: new Set<string>();
		return conflicts.every(({path}) => fields.has(path));
	} catch {
		return false;
	}
};

/**
What is wrong with a configuration before it is merged into the live object.
*/
const checkConfiguration = (
	{kind, name, subresource}: Target,
	configuration: Tree,
	live: ApiObject | undefined,
): Failure | undefined => {
	const wrongKind = checkAppliedKind(configuration, kind);
	if (wrongKind) {
		return wrongKind;
	}

	if (!live && subresource !== '') {
		return notFound(groupResource(kind), name);
	}

	if (isTree(configuration.metadata) && configuration.metadata.managedFields) {
		return badRequest('metadata.managedFields must be nil');
	}

	const problems = typedProblems(configuration, kind.schema);
	if (problems.length > 0) {
		return untyped(configuration, problems);
	}

	const named = textAt(configuration, 'metadata', 'name');
	if (named === '' && !live) {
		return badRequest(
			`the name of the object (${name} based on URL) was undeterminable: name must be provided`,
		);
	}

	if (named !== '' && named !== name) {
		return badRequest(
			`the name of the object (${named}) does not match the name on the URL (${name})`,
		);
	}

	const resourceVersion = textAt(configuration, 'metadata', 'resourceVersion');
	const isOld =
		live !== undefined &&
		resourceVersion !== '' &&
		resourceVersion !== live.metadata.resourceVersion;
	return (
		unreadableVersion(resourceVersion) ??
		(isOld ? conflict(groupResource(kind), name) : undefined)
	);
};

/**
Server-side apply on the object as it is now.

@returns undefined when somebody else was faster
*/
export const applyCurrent = async (
	target: Target,
	body: string,
): Promise<Written | Failure | undefined> => {
	const {api, kind, options, caller, name, namespace, subresource} = target;
	const configuration = readConfiguration(body);
	if (isFailure(configuration)) {
		return configuration;
	}

	const entry = currentEntry(target);
	const live = entry ? readEntry(kind, entry) : undefined;
	const wrong = checkConfiguration(target, configuration, live);
	if (wrong) {
		return wrong;
	}

	const apply = (isForced: boolean) =>
		applyConfiguration({
			live: entry && readEntry(kind, entry),
			configuration,
			schema: kind.schema,
			managers: readManagers(live),
			writer: {
				name: options.fieldManager,
				apiVersion: apiVersionOf(kind),
				subresource,
				time: timestamp(api.now()),
			},
			isForced,
			dropUnreached(fields) {
				dropReset(kind, subresource, fields);
			},
		});
	let outcome = apply(options.force === true);
	if (outcome.conflicts.length > 0) {
		const isOwn =
			options.fieldManager === 'kubectl' &&
			isOwnHistory(live, kind, outcome.conflicts);
		if (!isOwn) {
			return applyConflict(outcome.conflicts);
		}

		outcome = apply(true);
	}

	const repeated =
		options.fieldValidation === 'Ignore' ? [] : repeatedKeys(body);
	if (repeated.length > 0 && options.fieldValidation === 'Strict') {
		return badRequest(
			`error strict decoding YAML: error converting YAML to JSON: ${describeYamlLines(repeated)}`,
		);
	}

	caller.warnings.push(...repeated);

	const object = acceptObject(
		outcome.object,
		kind,
		options.fieldValidation,
		caller,
		{
			refuse: (problem, isStrict) =>
				kind.isCustom || isStrict
					? unreadable(kind, problem)
					: unconverted(configuration, kind, problem),
		},
	);
	if (isFailure(object)) {
		return object;
	}

	const record = (result: ApiObject): void => {
		writeManagers(result, outcome.managers);
	};

	if (live) {
		return replaceObject(target, {object, old: live, record});
	}

	const {uid} = object.metadata;
	if (uid) {
		return conflict(
			groupResource(kind),
			name,
			`uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
		);
	}

	object.metadata.name = name;
	delete object.metadata.resourceVersion;
	if (kind.isNamespaced) {
		object.metadata.namespace ??= namespace;
	}

	return createAccepted(target, object, record);
};
