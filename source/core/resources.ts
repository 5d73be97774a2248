import {type Generation, type Resource} from './generations/generation.js';
import {type KindName} from './model.js';

/**
Kinds that Liqo brings; all others are Kubernetes' own.
*/
export const liqoKinds = [
	'NamespaceOffloading',
	'NamespaceMap',
	'VirtualNode',
	'ForeignCluster',
	'ShadowPod',
] as const satisfies readonly KindName[];

export type LiqoKind = (typeof liqoKinds)[number];

export type BuiltInKind = Exclude<KindName, LiqoKind>;

const liqoKindNames: ReadonlySet<string> = new Set(liqoKinds);

export const isLiqoKind = (kind: KindName): kind is LiqoKind =>
	liqoKindNames.has(kind);

const served = (
	group: string,
	version: string,
	plural: string,
	{isNamespaced = true, hasStatus = false} = {},
): Resource => ({group, version, plural, isNamespaced, hasStatus});

const clusterScoped = {isNamespaced: false};

/**
Where Kubernetes' own kinds are served.
*/
export const builtInResources: Readonly<Record<BuiltInKind, Resource>> = {
	Node: served('', 'v1', 'nodes', {isNamespaced: false, hasStatus: true}),
	Namespace: served('', 'v1', 'namespaces', {
		isNamespaced: false,
		hasStatus: true,
	}),
	Pod: served('', 'v1', 'pods', {hasStatus: true}),
	Event: served('', 'v1', 'events'),
	Deployment: served('apps', 'v1', 'deployments', {hasStatus: true}),
	ReplicaSet: served('apps', 'v1', 'replicasets', {hasStatus: true}),
	StatefulSet: served('apps', 'v1', 'statefulsets', {hasStatus: true}),
	DaemonSet: served('apps', 'v1', 'daemonsets', {hasStatus: true}),
	Job: served('batch', 'v1', 'jobs', {hasStatus: true}),
	ConfigMap: served('', 'v1', 'configmaps'),
	Secret: served('', 'v1', 'secrets'),
	RoleBinding: served('rbac.authorization.k8s.io', 'v1', 'rolebindings'),
	MutatingWebhookConfiguration: served(
		'admissionregistration.k8s.io',
		'v1',
		'mutatingwebhookconfigurations',
		clusterScoped,
	),
	ValidatingWebhookConfiguration: served(
		'admissionregistration.k8s.io',
		'v1',
		'validatingwebhookconfigurations',
		clusterScoped,
	),
	PersistentVolumeClaim: served('', 'v1', 'persistentvolumeclaims', {
		hasStatus: true,
	}),
	PersistentVolume: served('', 'v1', 'persistentvolumes', {
		isNamespaced: false,
		hasStatus: true,
	}),
	StorageClass: served('storage.k8s.io', 'v1', 'storageclasses', clusterScoped),
	EndpointSlice: served('discovery.k8s.io', 'v1', 'endpointslices'),
};

/**
Where a kind is served; absent when this generation (or no Liqo at all) does not have it.
*/
export const resourceOf = (
	kind: KindName,
	generation: Generation | undefined,
): Resource | undefined =>
	isLiqoKind(kind) ? generation?.resources[kind] : builtInResources[kind];

/**
`v1`, `apps/v1`: the apiVersion under which a resource's objects come.
*/
export const apiVersionOf = (resource: Resource): string =>
	resource.group === ''
		? resource.version
		: `${resource.group}/${resource.version}`;

/**
API group of an apiVersion; empty for the core group.
*/
export const groupOf = (apiVersion: string): string => {
	const slash = apiVersion.indexOf('/');
	return slash === -1 ? '' : apiVersion.slice(0, slash);
};

/**
Groups in which a kind has been served, by any version of Kubernetes or Liqo that can still be met.
*/
const groupsOfKind: Readonly<Record<KindName, readonly string[]>> = {
	NamespaceOffloading: ['offloading.liqo.io'],
	NamespaceMap: ['offloading.liqo.io', 'virtualkubelet.liqo.io'],
	VirtualNode: ['offloading.liqo.io', 'virtualkubelet.liqo.io'],
	ShadowPod: ['offloading.liqo.io', 'virtualkubelet.liqo.io'],
	ForeignCluster: ['core.liqo.io', 'discovery.liqo.io'],
	Node: [''],
	Namespace: [''],
	Pod: [''],
	Event: ['', 'events.k8s.io'],
	Deployment: ['apps', 'extensions'],
	ReplicaSet: ['apps', 'extensions'],
	StatefulSet: ['apps'],
	DaemonSet: ['apps', 'extensions'],
	Job: ['batch'],
	ConfigMap: [''],
	Secret: [''],
	RoleBinding: ['rbac.authorization.k8s.io'],
	MutatingWebhookConfiguration: ['admissionregistration.k8s.io'],
	ValidatingWebhookConfiguration: ['admissionregistration.k8s.io'],
	PersistentVolumeClaim: [''],
	PersistentVolume: [''],
	StorageClass: ['storage.k8s.io'],
	EndpointSlice: ['discovery.k8s.io'],
};

/**
All kinds the model knows.
*/
export const allKinds = Object.keys(groupsOfKind) as readonly KindName[];

/**
Which kind of the model an object's `apiVersion` and `kind` mean; absent for kinds that are not modelled.
*/
export const kindOf = (
	apiVersion: string,
	kind: string,
): KindName | undefined => {
	const groups = Object.hasOwn(groupsOfKind, kind)
		? groupsOfKind[kind as KindName]
		: undefined;
	return groups?.includes(groupOf(apiVersion)) ? (kind as KindName) : undefined;
};
