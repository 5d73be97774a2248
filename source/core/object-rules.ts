import {type Change} from './change.js';
import {absent, isJsonObject, type Json, type JsonObject} from './json.js';
import {applyJsonPatch} from './json-patch.js';
import {quote} from './label-syntax.js';
import {applyMergePatch, isSameJson} from './merge-patch.js';
import {namespaceNameProblems} from './names.js';

/**
How an API server words that it will not do something.
*/
export type Refusal = {
	readonly status: number;
	readonly reason: string;
	readonly message: string;
};

/**
What the rules have to know about the kind of an object.
*/
export type KindTraits = {
	/**
	Plural with group, as error messages show it (`namespaces`, `namespacemaps.offloading.liqo.io`).
	*/
	readonly title: string;
	readonly hasStatus: boolean;
	/**
	Whether the server counts versions of the desired state.
	*/
	readonly hasGeneration: boolean;
};

export type Stamp = {
	/**
	RFC 3339.
	*/
	readonly now: string;
	readonly uid: string;
	readonly resourceVersion: string;
};

/**
`object` absent: it is gone.
*/
export type Outcome =
	| {readonly state: 'done'; readonly object?: JsonObject}
	| {readonly state: 'refused'; readonly refusal: Refusal};

export const metadataOf = (object: JsonObject): JsonObject => {
	const {metadata} = object;
	return isJsonObject(metadata) ? metadata : {};
};

const refuse = (status: number, reason: string, message: string): Outcome => ({
	state: 'refused',
	refusal: {status, reason, message},
});

const listOf = (value: Json | undefined): readonly Json[] =>
	Array.isArray(value) ? (value as readonly Json[]) : [];

const withMetadata = (object: JsonObject, fields: JsonObject): JsonObject => ({
	...object,
	metadata: {...metadataOf(object), ...fields},
});

export const notFound = (title: string, name: string): Outcome =>
	refuse(404, 'NotFound', `${title} ${quote(name)} not found`);

const without = (object: JsonObject, ...names: string[]): JsonObject =>
	Object.fromEntries(
		Object.entries(object).filter(([name]) => !names.includes(name)),
	);

const invalidName = (kind: string, name: string): Outcome | undefined => {
	const problems = kind === 'Namespace' ? namespaceNameProblems(name) : [];
	const [first] = problems;
	if (first === undefined) {
		return undefined;
	}

	const list = problems.length > 1 ? `[${problems.join(', ')}]` : first;
	return refuse(422, 'Invalid', `${kind} ${quote(name)} is invalid: ${list}`);
};

const withDefaultStrategies = (spec: JsonObject): JsonObject => ({
	...spec,
	namespaceMappingStrategy: spec.namespaceMappingStrategy ?? 'DefaultName',
	podOffloadingStrategy: spec.podOffloadingStrategy ?? 'LocalAndRemote',
});

const withDefaults = (object: JsonObject): JsonObject => {
	const {kind, spec} = object;
	const body = isJsonObject(spec) ? spec : {};
	const {name} = metadataOf(object);
	if (kind === 'NamespaceOffloading') {
		return {...object, spec: withDefaultStrategies(body)};
	}

	if (kind !== 'Namespace') {
		return object;
	}

	const {labels} = metadataOf(object);
	return withMetadata(
		{
			...object,
			spec: {finalizers: ['kubernetes'], ...body},
			status: {phase: 'Active'},
		},
		{
			labels: {
				...(isJsonObject(labels) && labels),
				'kubernetes.io/metadata.name': name,
			},
		},
	);
};

/**
Stores a new object: identity, defaults, and no status where the status has a door of its own.
*/
export const createObject = (
	body: JsonObject,
	existing: JsonObject | undefined,
	{title, hasStatus, hasGeneration}: KindTraits,
	{now, uid, resourceVersion}: Stamp,
): Outcome => {
	const metadata = metadataOf(body);
	const name = typeof metadata.name === 'string' ? metadata.name : '';
	if (existing !== undefined) {
		const prefix =
			metadataOf(existing).deletionTimestamp === undefined
				? ''
				: 'object is being deleted: ';
		return refuse(
			409,
			'AlreadyExists',
			`${prefix}${title} ${quote(name)} already exists`,
		);
	}

	const kind = typeof body.kind === 'string' ? body.kind : '';
	const problem = invalidName(kind, name);
	if (problem !== undefined) {
		return problem;
	}

	const stored = withMetadata(hasStatus ? without(body, 'status') : body, {
		uid,
		resourceVersion,
		creationTimestamp: now,
		...(hasGeneration && {generation: 1}),
	});
	return {state: 'done', object: withDefaults(stored)};
};

const patched = (
	object: JsonObject,
	change: Change,
	title: string,
): Outcome => {
	if (change.patchType === 'json') {
		const result = applyJsonPatch(object, change.body);
		if (!result.isDone) {
			return refuse(422, 'Invalid', result.problem);
		}

		return isJsonObject(result.value)
			? {state: 'done', object: result.value}
			: refuse(422, 'Invalid', `${title} is not an object any more`);
	}

	const merged = applyMergePatch(object, change.body ?? {});
	return isJsonObject(merged)
		? {state: 'done', object: merged}
		: refuse(400, 'BadRequest', 'a patch has to be an object');
};

/**
Keeps what a write through this door may not change: identity, and the status or everything but the status.
*/
const confine = (
	before: JsonObject,
	after: JsonObject,
	subresource: string | undefined,
	hasStatus: boolean,
): JsonObject => {
	if (subresource === 'status') {
		return {...before, status: after.status};
	}

	const {uid, creationTimestamp, generation, deletionTimestamp} =
		metadataOf(before);
	const {kind, spec} = after;
	return withMetadata(
		{
			...after,
			...(hasStatus && {status: before.status}),
			...(kind === 'NamespaceOffloading' && {
				spec: withDefaultStrategies(isJsonObject(spec) ? spec : {}),
			}),
		},
		{uid, creationTimestamp, generation, deletionTimestamp},
	);
};

const hasSpecChanged = (
	before: JsonObject,
	after: JsonObject,
	hasStatus: boolean,
): boolean => {
	const ignored = hasStatus ? ['metadata', 'status'] : ['metadata'];
	return !isSameJson(without(before, ...ignored), without(after, ...ignored));
};

const isSameExceptVersion = (one: JsonObject, other: JsonObject): boolean =>
	isSameJson(
		withMetadata(one, {resourceVersion: ''}),
		withMetadata(other, {resourceVersion: ''}),
	);

const conflict = (title: string, name: string): Outcome =>
	refuse(
		409,
		'Conflict',
		`Operation cannot be fulfilled on ${title} ${quote(name)}: the object has been modified; please apply your changes to the latest version and try again`,
	);

const isMet = (object: JsonObject, change: Change): boolean => {
	const {uid, resourceVersion} = metadataOf(object);
	const {precondition, body} = change;
	const sent =
		isJsonObject(body) && change.verb !== 'delete'
			? metadataOf(body).resourceVersion
			: undefined;
	return (
		[undefined, '', resourceVersion].includes(sent) &&
		[undefined, resourceVersion].includes(precondition?.resourceVersion) &&
		[undefined, uid].includes(precondition?.uid)
	);
};

/**
Removes an object that is being deleted once nothing holds it any more.
*/
const letGo = (object: JsonObject): Outcome => {
	const {deletionTimestamp, finalizers} = metadataOf(object);
	const {spec, kind} = object;
	const isHeld =
		listOf(finalizers).length > 0 ||
		(kind === 'Namespace' &&
			isJsonObject(spec) &&
			listOf(spec.finalizers).length > 0);
	return deletionTimestamp !== undefined && !isHeld
		? {state: 'done'}
		: {state: 'done', object};
};

/**
Patches or replaces an object, whole or through a subresource. A write that changes nothing leaves even its version alone.
*/
export const updateObject = (
	before: JsonObject,
	change: Change,
	{title, hasStatus, hasGeneration}: KindTraits,
	{resourceVersion}: Stamp,
): Outcome => {
	if (!isMet(before, change)) {
		return conflict(title, change.object.name);
	}

	const result =
		change.verb === 'update'
			? ({
					state: 'done',
					object: isJsonObject(change.body) ? change.body : before,
				} as const)
			: patched(before, change, title);
	if (result.state === 'refused' || result.object === undefined) {
		return result;
	}

	const isLimited = hasStatus || change.subresource !== undefined;
	const after = confine(
		before,
		result.object,
		change.subresource,
		isLimited && hasStatus,
	);
	if (isSameExceptVersion(before, after)) {
		return {state: 'done', object: before};
	}

	const {generation} = metadataOf(before);
	const isNewGeneration =
		hasGeneration &&
		typeof generation === 'number' &&
		hasSpecChanged(before, after, hasStatus);
	return letGo(
		withMetadata(after, {
			resourceVersion,
			...(isNewGeneration && {generation: generation + 1}),
		}),
	);
};

/**
Deletes an object, or marks it when finalizers hold it.
*/
export const deleteObject = (
	before: JsonObject,
	change: Change,
	{title}: KindTraits,
	{now, resourceVersion}: Stamp,
): Outcome => {
	if (!isMet(before, change)) {
		return conflict(title, change.object.name);
	}

	const {deletionTimestamp, generation} = metadataOf(before);
	if (deletionTimestamp !== undefined && deletionTimestamp !== absent) {
		return letGo(before);
	}

	const marked = withMetadata(before, {
		deletionTimestamp: now,
		resourceVersion,
		...(typeof generation === 'number' && {generation: generation + 1}),
	});
	const {status} = marked;
	return letGo(
		marked.kind === 'Namespace'
			? {
					...marked,
					status: {...(isJsonObject(status) && status), phase: 'Terminating'},
				}
			: marked,
	);
};
