import {parse} from 'yaml';
import {readOptionalJson} from '../http/json-body.js';
import {
	badRequest,
	conflict,
	failure,
	type Failure,
	isFailure,
	notFound,
} from '../http/status.js';
import {apiVersionOf} from '../kinds/kind.js';
import {readManagers, writeManagers} from '../managed/managers.js';
import {applyConfiguration, type ApplyConflict} from '../patch/apply.js';
import {applyJsonPatch} from '../patch/json.js';
import {applyMergePatch} from '../patch/merge.js';
import {applyStrategicPatch} from '../patch/strategic.js';
import {type ApiObject, isTree, textAt, type Tree} from '../value.js';
import {acceptObject, checkKind} from './accept.js';
import {createAccepted} from './create.js';
import {timestamp} from './identity.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	type Target,
	type Written,
} from './target.js';
import {replaceObject} from './update.js';

export const patchTypes = {
	json: 'application/json-patch+json',
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
	apply: 'application/apply-patch+yaml',
} as const;

const unsupported = (accepted: readonly string[]): Failure =>
	failure(
		415,
		'UnsupportedMediaType',
		`the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
	);

const unknownPatchType = failure(
	415,
	'UnsupportedMediaType',
	'415: Unsupported Media Type',
	{},
);

const unprocessable: Failure = failure(
	422,
	'Invalid',
	'the server rejected our request due to an error in our request',
	{},
);

/**
A patch that leaves something that is no object of the kind.
*/
const brokenByPatch = (document: Tree, problem: string): Failure => {
	const message = `Invalid value: ${JSON.stringify(JSON.stringify(document))}: ${problem}`;
	return failure(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
		causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}],
	});
};

const patchDocument = (
	target: Target,
	contentType: string,
	body: string,
	document: Tree,
): Tree | Failure => {
	const patch = readOptionalJson(body);
	if (isFailure(patch)) {
		// Only the strategic decoder leaves out what it was doing.
		return contentType === patchTypes.strategic
			? {...patch, message: patch.message.replace('error decoding patch: ', '')}
			: patch;
	}

	if (contentType === patchTypes.json) {
		const outcome = applyJsonPatch(document, patch);
		if ('problem' in outcome) {
			return outcome.code === 400
				? badRequest(outcome.problem)
				: unprocessable;
		}

		return isTree(outcome.result)
			? outcome.result
			: badRequest('the patch does not leave an object');
	}

	if (!isTree(patch)) {
		return badRequest(
			`error decoding patch: json: cannot unmarshal ${Array.isArray(patch) ? 'array' : typeof patch} into Go value of type map[string]interface {}`,
		);
	}

	if (contentType === patchTypes.merge) {
		return applyMergePatch(document, patch);
	}

	const outcome = applyStrategicPatch(document, patch, target.kind.schema);
	return 'problem' in outcome
		? failure(500, undefined, outcome.problem)
		: outcome.result;
};

/**
A patch that makes another kind of the object: what reading it as that kind says, or that it is none.
*/
const readAsOther = (
	{api, caller}: Target,
	patched: Tree,
	wrongKind: Failure,
): string => {
	const other = api.registry.findByKind(
		textAt(patched, 'apiVersion'),
		textAt(patched, 'kind'),
	);
	const read = other && acceptObject(patched, other, 'Ignore', caller);
	const {message} = isFailure(read) ? read : wrongKind;
	return message.replace(/^.*? cannot be handled as an? \S+: /v, '');
};

const invalidPatchOptions = (
	field: string,
	reason: string,
	message: string,
): Failure =>
	failure(
		422,
		'Invalid',
		`PatchOptions.meta.k8s.io "" is invalid: ${field}: ${message}`,
		{
			group: 'meta.k8s.io',
			kind: 'PatchOptions',
			causes: [{reason, message, field}],
		},
	);

const attempts = 5;

const patchCurrent = async (
	target: Target,
	contentType: string,
	body: string,
): Promise<Written | Failure | undefined> => {
	const {kind, options, caller, name} = target;
	const entry = currentEntry(target);
	if (!entry) {
		return notFound(groupResource(kind), name);
	}

	const old = readEntry(kind, entry);
	const patched = patchDocument(
		target,
		contentType,
		body,
		readEntry(kind, entry),
	);
	if (isFailure(patched)) {
		return patched;
	}

	const wrongKind = checkKind(patched, kind, target.api);
	if (wrongKind) {
		return kind.isCustom
			? wrongKind
			: brokenByPatch(patched, readAsOther(target, patched, wrongKind));
	}

	const object = acceptObject(patched, kind, options.fieldValidation, caller);
	if (isFailure(object)) {
		const problem = object.message.split(`a ${kind.kind}: `).slice(1).join('');
		return options.fieldValidation === 'Strict' && /strict/v.test(problem)
			? object
			: brokenByPatch(patched, problem);
	}

	const {metadata} = object;
	if (metadata.name !== name) {
		return badRequest(
			`the name of the object (${metadata.name ?? ''}) does not match the name on the URL (${name})`,
		);
	}

	if (kind.isNamespaced && metadata.namespace !== target.namespace) {
		return badRequest(
			'the namespace of the provided object does not match the namespace sent on the request',
		);
	}

	const {resourceVersion} = metadata;
	if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
		return conflict(groupResource(kind), name);
	}

	return replaceObject(target, {object, old});
};

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
		const plural = fields.length > 1 ? text.replace('conflict', 'conflicts') : text;
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
		const parsed: unknown = parse(body);
		return isTree(parsed)
			? parsed
			: badRequest('error decoding YAML: the configuration is not an object');
	} catch (error) {
		return badRequest(
			`error decoding YAML: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
		);
	}
};

const applyCurrent = async (
	target: Target,
	body: string,
): Promise<Written | Failure | undefined> => {
	const {api, kind, options, caller, name, namespace, subresource} = target;
	const configuration = readConfiguration(body);
	if (isFailure(configuration)) {
		return configuration;
	}

	const wrongKind = checkKind(configuration, kind, api);
	if (wrongKind) {
		return wrongKind;
	}

	if (isTree(configuration.metadata) && configuration.metadata.managedFields) {
		return badRequest('metadata.managedFields must be nil');
	}

	const named = textAt(configuration, 'metadata', 'name');
	if (named !== '' && named !== name) {
		return badRequest(
			`the name of the object (${named}) does not match the name on the URL (${name})`,
		);
	}

	const entry = currentEntry(target);
	const live = entry ? readEntry(kind, entry) : undefined;
	const resourceVersion = textAt(configuration, 'metadata', 'resourceVersion');
	if (
		live &&
		resourceVersion !== '' &&
		resourceVersion !== live.metadata.resourceVersion
	) {
		return conflict(groupResource(kind), name);
	}

	const outcome = applyConfiguration({
		live: live && readEntry(kind, entry!),
		configuration,
		schema: kind.schema,
		managers: readManagers(live),
		writer: {
			name: options.fieldManager,
			apiVersion: apiVersionOf(kind),
			subresource,
			time: timestamp(api.now()),
		},
		isForced: options.force === true,
	});
	if (outcome.conflicts.length > 0) {
		return applyConflict(outcome.conflicts);
	}

	const object = acceptObject(
		outcome.object,
		kind,
		options.fieldValidation,
		caller,
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

	if (subresource !== '') {
		return notFound(groupResource(kind), name);
	}

	object.metadata.name = name;
	if (kind.isNamespaced) {
		object.metadata.namespace ??= namespace;
	}

	return createAccepted(target, object, record);
};

/**
PATCH. A patch that names no resourceVersion is tried again on the newer object when somebody else was faster.
*/
export const patchObject = async (
	target: Target,
	contentType: string,
	body: string,
): Promise<Written | Failure> => {
	const {kind, name, options} = target;
	const accepted = kind.isCustom
		? [patchTypes.json, patchTypes.merge, patchTypes.apply]
		: Object.values(patchTypes);
	const type = contentType.split(';', 1)[0]?.trim() ?? '';
	if (Object.values(patchTypes).every((known) => known !== type)) {
		return unknownPatchType;
	}

	if (accepted.every((known) => known !== type)) {
		return unsupported(accepted);
	}

	if (type !== patchTypes.apply && options.force !== undefined) {
		return invalidPatchOptions(
			'force',
			'FieldValueForbidden',
			'Forbidden: may not be specified for non-apply patch',
		);
	}

	if (type === patchTypes.apply && !options.hasFieldManager) {
		return invalidPatchOptions(
			'fieldManager',
			'FieldValueRequired',
			'Required value: is required for apply patch',
		);
	}

	for (let attempt = 0; attempt < attempts; attempt++) {
		const written =
			type === patchTypes.apply
				? await applyCurrent(target, body) // eslint-disable-line no-await-in-loop -- each attempt is made on the outcome of the one before
				: await patchCurrent(target, type, body); // eslint-disable-line no-await-in-loop -- as above
		if (written !== undefined) {
			return written;
		}
	}

	return conflict(groupResource(kind), name);
};
