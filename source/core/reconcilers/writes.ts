import {type Change} from '../change.js';
import {type JsonObject} from '../json.js';
import {
	type AnyObject,
	type KindName,
	type NamespaceMap,
	type NamespaceOffloading,
	type ObjectReference,
} from '../model.js';
import {apiVersionOf, resourceOf} from '../resources.js';
import {type ClusterView} from '../world.js';
import {type ReconcileContext, type WriteFailure} from './reconciler.js';

/**
Refers to an object as the cluster's generation serves its kind.
*/
export const referTo = (
	view: ClusterView,
	kind: KindName,
	namespace: string,
	name: string,
): ObjectReference => {
	const resource = resourceOf(kind, view.generation);
	return {
		apiVersion: resource === undefined ? 'v1' : apiVersionOf(resource),
		kind,
		...(namespace !== '' && {namespace}),
		name,
	};
};

const referToObject = (view: ClusterView, object: AnyObject): ObjectReference =>
	referTo(view, object.kind, object.metadata.namespace, object.metadata.name);

/**
A merge patch of an object, or of its status.
*/
export const patchOf = (
	view: ClusterView,
	object: AnyObject,
	body: JsonObject,
	reason: string,
	subresource?: 'status',
): Change => ({
	cluster: view.key,
	verb: 'patch',
	object: referToObject(view, object),
	...(subresource !== undefined && {subresource}),
	patchType: 'merge',
	body,
	reason,
});

/**
Replaces the list of finalizers, provided the object is still as it was read.
*/
export const finalizersPatch = (
	view: ClusterView,
	object: AnyObject,
	finalizers: readonly string[],
	reason: string,
): Change => {
	const {resourceVersion} = object.metadata;
	return {
		...patchOf(
			view,
			object,
			{
				metadata: {
					finalizers,
					...(resourceVersion !== '' && {resourceVersion}),
				},
			},
			reason,
		),
	};
};

export const withFinalizer = (
	object: AnyObject,
	finalizer: string,
): readonly string[] => [...object.metadata.finalizers, finalizer];

export const withoutFinalizer = (
	object: AnyObject,
	finalizer: string,
): readonly string[] =>
	object.metadata.finalizers.filter((other) => other !== finalizer);

export const hasFinalizer = (object: AnyObject, finalizer: string): boolean =>
	object.metadata.finalizers.includes(finalizer);

/**
The status of an object written as its generation takes it: through the subresource where there is one.
*/
export const statusPatch = (
	view: ClusterView,
	object: NamespaceOffloading | NamespaceMap,
	status: JsonObject,
	reason: string,
): Change =>
	patchOf(
		view,
		object,
		{status},
		reason,
		resourceOf(object.kind, view.generation)?.hasStatus === true
			? 'status'
			: undefined,
	);

export const creationOf = (
	view: ClusterView,
	reference: ObjectReference,
	body: JsonObject,
	reason: string,
): Change => ({
	cluster: view.key,
	verb: 'create',
	object: reference,
	body: {
		apiVersion: reference.apiVersion,
		kind: reference.kind,
		...body,
	},
	reason,
});

/**
Deletes exactly the object that was looked at, not one that has taken its name since.
*/
export const deletionOf = (
	view: ClusterView,
	object: AnyObject,
	reason: string,
): Change => ({
	cluster: view.key,
	verb: 'delete',
	object: referToObject(view, object),
	...(object.metadata.uid !== '' && {
		precondition: {uid: object.metadata.uid},
	}),
	reason,
});

/**
The entry of one namespace in the wishes of a map, set or taken out; entries of other namespaces are never touched.
*/
export const mappingPatch = (
	view: ClusterView,
	map: NamespaceMap,
	entry: JsonObject,
	reason: string,
): Change => patchOf(view, map, {spec: {desiredMapping: entry}}, reason);

const isSameAim = (one: Change, other: Change): boolean =>
	one.cluster === other.cluster &&
	one.verb === other.verb &&
	one.subresource === other.subresource &&
	one.object.kind === other.object.kind &&
	(one.object.namespace ?? '') === (other.object.namespace ?? '') &&
	one.object.name === other.object.name;

/**
How a change of the pass before ended, when it was refused.
*/
export const failureOf = (
	context: ReconcileContext,
	change: Change,
): WriteFailure | undefined =>
	context.failures.find((failure) => isSameAim(failure.change, change));

/**
The failure in a sentence for people.
*/
export const describeFailure = ({change, message}: WriteFailure): string =>
	`${change.verb} ${change.object.kind} ${change.object.name}: ${message}`;

/**
Takes up changes until one turns out to have been refused in the pass before.
*/
export type Steps = {
	readonly changes: Change[];
	readonly errors: string[];
	/**
	Plans a change. False: it was refused just now; the pass goes no further on that way.
	*/
	take(change: Change): boolean;
};

export const startSteps = (context: ReconcileContext): Steps => {
	const changes: Change[] = [];
	const errors: string[] = [];
	return {
		changes,
		errors,
		take(change) {
			const failure = failureOf(context, change);
			if (failure === undefined) {
				changes.push(change);
				return true;
			}

			errors.push(describeFailure(failure));
			return false;
		},
	};
};

/**
Several errors as one sentence; absent when there is none.
*/
export const joinSentences = (errors: readonly string[]): string | undefined =>
	errors.length === 0 ? undefined : [...new Set(errors)].join('; ');
