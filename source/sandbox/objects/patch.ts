import {readOptionalJson} from '../http/json-body.js';
import {
	badRequest,
	conflict,
	failure,
	type Failure,
	isFailure,
	notFound,
} from '../http/status.js';
import {type Kind} from '../kinds/kind.js';
import {applyJsonPatch} from '../patch/json.js';
import {applyMergePatch} from '../patch/merge.js';
import {applyStrategicPatch} from '../patch/strategic.js';
import {clone, isTree, textAt, type Tree, type Value} from '../value.js';
import {acceptObject, duplicatesOf} from './accept.js';
import {checkKind} from './check-kind.js';
import {applyCurrent} from './apply.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	type Target,
	type Written,
} from './target.js';
import {goText, inOrder} from './shown.js';
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
A patch that leaves something that is no object of the kind; `shown` is what the answer shows of it.
*/
const brokenByPatch = (shown: string, problem: string): Failure => {
	const message = `Invalid value: ${JSON.stringify(shown)}: ${problem}`;
	return failure(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
		causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}],
	});
};

const readPatch = (contentType: string, body: string): Value | Failure => {
	const patch = readOptionalJson(body);
	// Only the strategic decoder leaves out what it was doing.
	return isFailure(patch) && contentType === patchTypes.strategic
		? {...patch, message: patch.message.replace('error decoding patch: ', '')}
		: patch;
};

const patchDocument = (
	target: Target,
	contentType: string,
	patch: Value,
	document: Tree,
): Tree | Failure => {
	if (contentType === patchTypes.json) {
		const outcome = applyJsonPatch(document, patch);
		if ('problem' in outcome) {
			return outcome.code === 400 ? badRequest(outcome.problem) : unprocessable;
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
A patch that makes another kind of the object: what reading it as that kind says; nothing when it can be read, or is no kind at all.
*/
const readAsOther = (
	{api, caller}: Target,
	patched: Tree,
	refuse: (problem: string) => Failure,
): Failure | undefined => {
	const other = api.registry.findByKind(
		textAt(patched, 'apiVersion'),
		textAt(patched, 'kind'),
	);
	const read =
		other && acceptObject(patched, other, 'Ignore', caller, {refuse});
	return isFailure(read) ? read : undefined;
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
	const patch = readPatch(contentType, body);
	if (isFailure(patch)) {
		return patch;
	}

	const patched = patchDocument(target, contentType, patch, old);
	if (isFailure(patched)) {
		return patched;
	}

	const shown = (): string =>
		contentType === patchTypes.strategic
			? goText(patch)
			: JSON.stringify(inOrder(patched, kind.isCustom));
	const wrongKind = checkKind(patched, kind, target.api);
	if (wrongKind) {
		if (kind.isCustom) {
			return wrongKind;
		}

		// Reading it as a custom object takes out of it what is not known.
		const text = shown();
		const refuse = (problem: string) => brokenByPatch(text, problem);
		return (
			readAsOther(target, patched, refuse) ??
			refuse(wrongKind.problem ?? wrongKind.message)
		);
	}

	const object = acceptObject(
		// What is not known is taken out of a custom object in place, and an error shows it.
		kind.isCustom ? clone<Tree>(patched) : patched,
		kind,
		options.fieldValidation,
		caller,
		{
			repeated: duplicatesOf(
				patch,
				contentType === patchTypes.json ? 'json patch ' : '',
			),
			old,
			refuse: (problem) => brokenByPatch(shown(), problem),
		},
	);
	if (isFailure(object)) {
		return object;
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
	return resourceVersion && resourceVersion !== old.metadata.resourceVersion
		? conflict(groupResource(kind), name)
		: replaceObject(target, {object, old});
};

const patchTypeOf = (contentType: string): string =>
	contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/**
Whether the kind can be patched in this way at all.
*/
export const checkPatchType = (
	kind: Kind,
	contentType: string,
): Failure | undefined => {
	const accepted: readonly string[] = kind.isCustom
		? [patchTypes.json, patchTypes.merge, patchTypes.apply]
		: Object.values(patchTypes);
	if (accepted.includes(patchTypeOf(contentType))) {
		return undefined;
	}

	return kind.isCustom ? unsupported(accepted) : unknownPatchType;
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
	const type = patchTypeOf(contentType);
	const refusal = checkPatchType(kind, contentType);
	if (refusal) {
		return refusal;
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
