import {absent} from '../json.js';
import {
	type Condition,
	type CurrentMapping,
	type ForeignCluster,
	type NamespaceMap,
	type NamespaceOffloading,
	type ShadowPod,
	type VirtualNode,
} from '../model.js';
import {assemble, decodeConditions} from './metadata.js';
import {
	child,
	childOrEmpty,
	defined,
	emptyList,
	emptyMap,
	entries,
	filledText,
	flag,
	map,
	type Place,
	quantities,
	text,
	whole,
} from './place.js';
import {decodeNodeSelector, decodePodSpec, decodeTaint} from './pod-spec.js';

/**
A strategy as its server would store it: the schema's default where none is given, empty where it is no text.
*/
const strategy = (spec: Place, key: string, fallback: string): string => {
	const raw = spec.value[key];
	const value = text(spec, key);
	return value ?? (raw === undefined || raw === absent ? fallback : '');
};

/**
A map whose keys are names that users choose. Without a prototype: a namespace may be called `constructor`.
*/
const byName = <T>(
	named: Iterable<readonly [string, T]>,
): Readonly<Record<string, T>> => {
	const result = Object.create(absent) as Record<string, T>;
	for (const [name, value] of named) {
		result[name] = value;
	}

	return result;
};

const noNames = Object.freeze(byName<never>([]));

const mapEntries = <T>(
	place: Place,
	key: string,
	read: (map: Place, key: string) => T,
): Readonly<Record<string, T>> => {
	const found = child(place, key);
	return found === undefined
		? noNames
		: byName(
				Object.keys(found.value).map(
					(name) => [name, read(found, name)] as const,
				),
			);
};

const textsByName = (
	place: Place,
	key: string,
): Readonly<Record<string, string>> => {
	const found = map(place, key);
	return found === emptyMap ? noNames : byName(Object.entries(found));
};

/**
NamespaceOffloading is the same in all generations but for fields that older ones do not have (Liqo: NamespaceOffloading fields).
*/
export const decodeNamespaceOffloading = (
	root: Place,
	apiVersion: string,
): NamespaceOffloading => {
	const spec = childOrEmpty(root, 'spec');
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'NamespaceOffloading', apiVersion, hasManagers: true},
		{
			spec: defined({
				namespaceMappingStrategy: strategy(
					spec,
					'namespaceMappingStrategy',
					'DefaultName',
				),
				remoteNamespaceName: text(spec, 'remoteNamespaceName'),
				podOffloadingStrategy: strategy(
					spec,
					'podOffloadingStrategy',
					'LocalAndRemote',
				),
				clusterSelector: decodeNodeSelector(spec, 'clusterSelector'),
			}),
			status: defined({
				remoteNamespaceName: text(status, 'remoteNamespaceName'),
				offloadingPhase: text(status, 'offloadingPhase'),
				observedGeneration: whole(status, 'observedGeneration'),
				remoteNamespacesConditions: mapEntries(
					status,
					'remoteNamespacesConditions',
					decodeConditions,
				),
			}),
		},
	);
};

const decodeMapping = (mappings: Place, key: string): CurrentMapping => {
	const mapping = childOrEmpty(mappings, key);
	return defined({
		remoteNamespace: text(mapping, 'remoteNamespace') ?? '',
		// An empty phase says the same as none.
		phase: filledText(mapping, 'phase'),
	});
};

export const decodeNamespaceMap = (
	root: Place,
	apiVersion: string,
): NamespaceMap =>
	assemble(
		root,
		{kind: 'NamespaceMap', apiVersion, hasManagers: true},
		{
			spec: {
				desiredMapping: textsByName(
					childOrEmpty(root, 'spec'),
					'desiredMapping',
				),
			},
			status: {
				currentMapping: mapEntries(
					childOrEmpty(root, 'status'),
					'currentMapping',
					decodeMapping,
				),
			},
		},
	);

/**
Reads a VirtualNode; where its cluster-id stands differs between the generations.
*/
export const decodeVirtualNode = (
	root: Place,
	apiVersion: string,
	clusterIdOf: (spec: Place) => string | undefined,
): VirtualNode => {
	const spec = childOrEmpty(root, 'spec');
	const quota = childOrEmpty(spec, 'resourceQuota');
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'VirtualNode', apiVersion},
		{
			spec: defined({
				clusterID: clusterIdOf(spec) ?? '',
				createNode: flag(spec, 'createNode'),
				labels: map(spec, 'labels'),
				annotations: map(spec, 'annotations'),
				taints: entries(spec, 'taints', decodeTaint) ?? emptyList,
				resourceQuota: quantities(quota, 'hard'),
				storageClasses: (
					entries(
						spec,
						'storageClasses',
						(storageClass) => text(storageClass, 'storageClassName') ?? '',
					) ?? emptyList
				).filter((name) => name !== ''),
				disableNetworkCheck: flag(spec, 'disableNetworkCheck'),
			}),
			status: {conditions: decodeConditions(status)},
		},
	);
};

export const decodeShadowPod = (root: Place, apiVersion: string): ShadowPod => {
	const pod = child(childOrEmpty(root, 'spec'), 'pod');
	const status = childOrEmpty(root, 'status');
	return assemble(
		root,
		{kind: 'ShadowPod', apiVersion},
		{
			spec: defined({pod: pod && decodePodSpec(pod)}),
			status: defined({phase: text(status, 'phase')}),
		},
	);
};

/**
Conditions of a ForeignCluster: its own, and those of its modules where the generation has modules.
*/
const foreignConditions = (status: Place): readonly Condition[] => {
	const modules = childOrEmpty(status, 'modules');
	return [
		...decodeConditions(status, 'peeringConditions'),
		...decodeConditions(status),
		...Object.keys(modules.value).flatMap((name) =>
			decodeConditions(childOrEmpty(modules, name)),
		),
	];
};

const decodeTenant = (tenant: Place): {local?: string; remote?: string} =>
	defined({local: text(tenant, 'local'), remote: text(tenant, 'remote')});

/**
Reads a ForeignCluster; where its cluster-id stands differs between the generations.
*/
export const decodeForeignCluster = (
	root: Place,
	apiVersion: string,
	clusterIdOf: (spec: Place) => string | undefined,
): ForeignCluster => {
	const status = childOrEmpty(root, 'status');
	const tenant = child(status, 'tenantNamespace');
	const spec = childOrEmpty(root, 'spec');
	const conditions = foreignConditions(status);
	return assemble(
		root,
		{kind: 'ForeignCluster', apiVersion},
		{
			spec: defined({clusterID: clusterIdOf(spec)}),
			status: defined({
				clusterID: text(status, 'clusterID'),
				conditions,
				tenantNamespace: tenant && decodeTenant(tenant),
				apiServerStatus: conditions.find(
					(condition) => condition.type === 'APIServerStatus',
				)?.status,
			}),
		},
	);
};
