import {type Change, type PatchType} from '../change.js';
import {type Json} from '../json.js';
import {offloadingName} from '../keys.js';
import {
	type AnyObject,
	type KindMap,
	type KindName,
	type NamespaceOffloading,
	type ObjectReference,
} from '../model.js';
import {type ClusterView, type World} from '../world.js';
import {type Plan} from './remedy.js';

export const changes = (...list: readonly Change[]): Plan => ({
	outcome: 'changes',
	changes: list,
});

export const refuse = (reason: string): Plan => ({outcome: 'refusal', reason});

export const clusterOf = (
	world: World,
	key = 'home',
): ClusterView | undefined =>
	key === 'home' || key === world.consumer.key
		? world.consumer
		: (world.providers.values().find((view) => view.key === key) ??
			world.providers.get(key));

export const refTo = (object: AnyObject): ObjectReference => ({
	apiVersion: object.apiVersion,
	kind: object.kind,
	...(object.metadata.namespace !== '' && {
		namespace: object.metadata.namespace,
	}),
	name: object.metadata.name,
});

/**
A patch of an object as it was read: refused by the server when somebody changed it since.
*/
export const patchOf = (
	object: AnyObject,
	body: Json,
	reason: string,
	{
		cluster = 'home',
		patchType = 'merge',
	}: {readonly cluster?: string; readonly patchType?: PatchType} = {},
): Change => ({
	cluster,
	verb: 'patch',
	object: refTo(object),
	patchType,
	body,
	precondition: {resourceVersion: object.metadata.resourceVersion},
	reason,
});

/**
The deletion of exactly the object that was read, not of one that took its name since.
*/
export const deletionOf = (
	object: AnyObject,
	reason: string,
	cluster = 'home',
): Change => ({
	cluster,
	verb: 'delete',
	object: refTo(object),
	precondition: {
		uid: object.metadata.uid,
		resourceVersion: object.metadata.resourceVersion,
	},
	reason,
});

/**
An object by the names in a remedy's answers.
*/
export const find = <K extends KindName>(
	world: World,
	kind: K,
	namespace: string | undefined,
	name: string | undefined,
	cluster = 'home',
): KindMap[K] | undefined =>
	name === undefined
		? undefined
		: clusterOf(world, cluster)?.get(kind, namespace ?? '', name);

export const offloadingOf = (
	world: World,
	namespace: string | undefined,
	name = offloadingName,
): NamespaceOffloading | undefined =>
	find(world, 'NamespaceOffloading', namespace, name);

export const gone = (what: string): Plan =>
	refuse(`${what} does not exist any more; look again.`);

/**
The spec that a user wrote, to create the object again with.
*/
export const specOf = (
	offloading: NamespaceOffloading,
): Record<string, Json> => {
	const {
		namespaceMappingStrategy,
		podOffloadingStrategy,
		remoteNamespaceName,
		clusterSelector,
	} = offloading.spec;
	return {
		namespaceMappingStrategy,
		podOffloadingStrategy,
		...(remoteNamespaceName !== undefined && {remoteNamespaceName}),
		// Left out, it would stop Liqo (v0.5 and later) before its first step.
		clusterSelector: clusterSelector ?? {
			nodeSelectorTerms: [],
		},
	};
};
