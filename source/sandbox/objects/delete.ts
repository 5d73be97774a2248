import {conflict, type Failure, isFailure, notFound} from '../http/status.js';
import {decodeBody} from '../storage/encoding.js';
import {type Entry} from '../storage/entry.js';
import {type ApiObject, isEqual, listAt, treeAt, type Tree} from '../value.js';
import {type DeleteOptions} from './delete-options.js';
import {timestamp} from './identity.js';
import {
	checkPreconditions,
	currentEntry,
	fieldsOf,
	groupResource,
	readEntry,
	type Target,
} from './target.js';

/**
`object`: what is left of it when it could not go at once, or, for kinds that say so, what it was.
*/
export type Deleted = {
	readonly isGone: boolean;
	readonly object: ApiObject;
};

const propagationFinalizers: Readonly<Record<string, string>> = {
	Orphan: 'orphan',
	Foreground: 'foregroundDeletion',
};

const nextFinalizers = (
	object: ApiObject,
	{propagationPolicy}: DeleteOptions,
): string[] => {
	const finalizers = object.metadata.finalizers ?? [];
	const isDecided =
		object.kind === 'Namespace' && Boolean(object.metadata.deletionTimestamp);
	if (propagationPolicy === '' || isDecided) {
		return finalizers;
	}

	const others = finalizers.filter(
		(finalizer) => !Object.values(propagationFinalizers).includes(finalizer),
	);
	const added = propagationFinalizers[propagationPolicy];
	return added === undefined ? others : [...others, added];
};

/**
Marks a deletion that has to wait. A second request may only shorten the wait.
*/
const markDeleted = (
	object: ApiObject,
	finalizers: string[],
	grace: number,
	now: number,
): void => {
	const {metadata} = object;
	if (finalizers.length > 0) {
		metadata.finalizers = finalizers;
	} else {
		delete metadata.finalizers;
	}

	if (!metadata.deletionTimestamp) {
		metadata.deletionTimestamp = timestamp(now + grace * 1000);
		metadata.deletionGracePeriodSeconds = grace;
		if ((metadata.generation ?? 0) > 0) {
			metadata.generation = (metadata.generation ?? 0) + 1;
		}
	} else if (grace < (metadata.deletionGracePeriodSeconds ?? 0)) {
		metadata.deletionTimestamp = timestamp(now + grace * 1000);
		metadata.deletionGracePeriodSeconds = grace;
	}
};

const mustWait = (object: ApiObject, finalizers: string[], grace: number) =>
	finalizers.length > 0 ||
	grace > 0 ||
	(object.kind === 'Namespace' &&
		listAt(object, 'spec', 'finalizers').length > 0);

const write = (target: Target, object: ApiObject): void => {
	const {api, kind, options} = target;
	if (!options.isDryRun) {
		api.storage.put(kind.resource, object, fieldsOf(kind));
	}
};

const apply = (
	target: Target,
	entry: Entry,
	options: DeleteOptions,
): Deleted => {
	const {api, kind} = target;
	const object = readEntry(kind, entry);
	const before = readEntry(kind, entry);
	const finalizers = nextFinalizers(object, options);
	const grace =
		kind.behaviour.gracePeriod?.(object, options.gracePeriodSeconds) ?? 0;
	const isRepeated =
		Boolean(object.metadata.deletionTimestamp) &&
		options.gracePeriodSeconds === undefined &&
		kind.behaviour.gracePeriod !== undefined;
	const wait = isRepeated
		? (object.metadata.deletionGracePeriodSeconds ?? grace)
		: grace;
	if (mustWait(object, finalizers, wait)) {
		markDeleted(object, finalizers, wait, api.now());
		if (kind.kind === 'Namespace') {
			delete object.metadata.deletionGracePeriodSeconds;
			object.status = {...treeAt(object, 'status'), phase: 'Terminating'};
		}

		if (!isEqual(object, before)) {
			write(target, object);
		}

		return {isGone: false, object};
	}

	// Kinds that may end gracefully are marked even when they go at once.
	if (kind.behaviour.gracePeriod) {
		markDeleted(object, finalizers, 0, api.now());
	}

	if (!target.options.isDryRun) {
		const last = api.storage.remove(kind.resource, entry.namespace, entry.name);
		if (last) {
			object.metadata.resourceVersion = String(last.revision);
		}
	}

	return {isGone: true, object};
};

/**
DELETE of one object.
*/
export const deleteObject = async (
	target: Target,
	options: DeleteOptions,
): Promise<Deleted | Failure> => {
	const {api, kind, caller, name} = target;
	const entry = currentEntry(target);
	if (!entry) {
		return notFound(groupResource(kind), name);
	}

	const old = readEntry(kind, entry);
	const broken = checkPreconditions(kind, old, options.preconditions);
	if (broken) {
		return broken;
	}

	const request = {
		kind,
		subresource: '',
		operation: 'DELETE',
		namespace: target.namespace,
		name,
		object: undefined,
		old,
		isDryRun: target.options.isDryRun,
		caller,
	} as const;
	if (!api.webhooks.concerns(request)) {
		return apply(target, entry, options);
	}

	const mutated = await api.webhooks.mutate(request);
	if (isFailure(mutated)) {
		return mutated;
	}

	const denial = await api.webhooks.validate(request);
	if (denial) {
		return denial;
	}

	const current = currentEntry(target);
	if (!current) {
		return notFound(groupResource(kind), name);
	}

	if (
		options.preconditions.resourceVersion !== undefined &&
		current !== entry
	) {
		return conflict(groupResource(kind), name);
	}

	return apply(target, current, options);
};

/**
What a kind answers to a deletion that is done: most say so, some show the object.
*/
export const showsDeleted = new Set([
	'Pod',
	'Service',
	'ServiceAccount',
	'PersistentVolumeClaim',
	'PersistentVolume',
	'PodTemplate',
	'ResourceQuota',
	'StorageClass',
]);

export const deletionStatus = (target: Target, deleted: Deleted): Tree => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata: {},
	status: 'Success',
	details: {
		name: deleted.object.metadata.name,
		...(target.kind.group !== '' && {group: target.kind.group}),
		kind: target.kind.plural,
		uid: deleted.object.metadata.uid,
	},
});

export const isTerminating = (entry: Entry): boolean =>
	Boolean(decodeBody(entry.bytes).metadata.deletionTimestamp);
