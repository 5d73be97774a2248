import {type Column} from '../printers/column.js';
import {columnsOf} from '../printers/columns-of.js';
import {builtinType} from '../schema/parse-types.js';
import {dnsSubdomainProblems} from '../validation/names.js';
import {behaviours} from './behaviours.js';
import {allVerbs, type Behaviour, groupVersionOf, type Kind} from './kind.js';

/**
`resource` as kubectl spells it; `n` namespaced, `s` status, `g` generation, `c` scale.
*/
type Row = readonly [
	groupVersion: string,
	kind: string,
	plural: string,
	marks: string,
	shortNames?: string,
	categories?: string,
];

const rows: readonly Row[] = [
	['v1', 'Namespace', 'namespaces', 's', 'ns'],
	['v1', 'Node', 'nodes', 's', 'no'],
	['v1', 'Pod', 'pods', 'nsg', 'po', 'all'],
	['v1', 'ConfigMap', 'configmaps', 'n', 'cm'],
	['v1', 'Secret', 'secrets', 'n'],
	['v1', 'Event', 'events', 'n', 'ev'],
	['v1', 'Service', 'services', 'ns', 'svc', 'all'],
	['v1', 'ServiceAccount', 'serviceaccounts', 'n', 'sa'],
	['v1', 'Endpoints', 'endpoints', 'n', 'ep'],
	['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', 'ns', 'pvc'],
	['v1', 'PersistentVolume', 'persistentvolumes', 's', 'pv'],
	['v1', 'LimitRange', 'limitranges', 'n', 'limits'],
	['v1', 'ResourceQuota', 'resourcequotas', 'ns', 'quota'],
	[
		'v1',
		'ReplicationController',
		'replicationcontrollers',
		'nsgc',
		'rc',
		'all',
	],
	['v1', 'PodTemplate', 'podtemplates', 'n'],
	['apps/v1', 'Deployment', 'deployments', 'nsgc', 'deploy', 'all'],
	['apps/v1', 'ReplicaSet', 'replicasets', 'nsgc', 'rs', 'all'],
	['apps/v1', 'StatefulSet', 'statefulsets', 'nsgc', 'sts', 'all'],
	['apps/v1', 'DaemonSet', 'daemonsets', 'nsg', 'ds', 'all'],
	['apps/v1', 'ControllerRevision', 'controllerrevisions', 'n'],
	['batch/v1', 'Job', 'jobs', 'nsg', '', 'all'],
	['batch/v1', 'CronJob', 'cronjobs', 'nsg', 'cj', 'all'],
	['coordination.k8s.io/v1', 'Lease', 'leases', 'n'],
	['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', ''],
	[
		'rbac.authorization.k8s.io/v1',
		'ClusterRoleBinding',
		'clusterrolebindings',
		'',
	],
	['rbac.authorization.k8s.io/v1', 'Role', 'roles', 'n'],
	['rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', 'n'],
	[
		'admissionregistration.k8s.io/v1',
		'MutatingWebhookConfiguration',
		'mutatingwebhookconfigurations',
		'g',
		'',
		'api-extensions',
	],
	[
		'admissionregistration.k8s.io/v1',
		'ValidatingWebhookConfiguration',
		'validatingwebhookconfigurations',
		'g',
		'',
		'api-extensions',
	],
	[
		'apiextensions.k8s.io/v1',
		'CustomResourceDefinition',
		'customresourcedefinitions',
		'sg',
		'crd,crds',
		'api-extensions',
	],
	['storage.k8s.io/v1', 'StorageClass', 'storageclasses', '', 'sc'],
	['discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', 'ng'],
	['node.k8s.io/v1', 'RuntimeClass', 'runtimeclasses', ''],
	['scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', 'g', 'pc'],
	['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'nsg', 'pdb'],
	['networking.k8s.io/v1', 'Ingress', 'ingresses', 'nsg', 'ing'],
	['networking.k8s.io/v1', 'IngressClass', 'ingressclasses', 'g'],
	['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', 'ng', 'netpol'],
];

const subdomainName: Behaviour = {
	nameProblems: (name, isPrefix) =>
		dnsSubdomainProblems(isPrefix ? name.replace(/.-$/v, 'a') : name),
};

const scale = {
	replicas: '.spec.replicas',
	statusReplicas: '.status.replicas',
	selector: '.spec.selector',
};

const words = (text: string | undefined): string[] =>
	text === undefined || text === '' ? [] : text.split(',');

const createKind = ([
	groupVersion,
	kind,
	plural,
	marks,
	shortNames,
	categories,
]: Row): Kind => {
	const {group, version} = groupVersionOf(groupVersion);
	const behaviour = {...subdomainName, ...behaviours[kind]};
	let columns: readonly Column[] | undefined;
	return {
		group,
		version,
		kind,
		listKind: `${kind}List`,
		plural,
		singular: kind.toLowerCase(),
		shortNames: words(shortNames),
		categories: words(categories),
		isNamespaced: marks.includes('n'),
		resource: `${group}/${plural}`,
		isCustom: false,
		hasStatus: marks.includes('s'),
		scale: marks.includes('c') ? scale : undefined,
		hasGeneration: marks.includes('g'),
		// Namespaces go one by one.
		verbs:
			kind === 'Namespace'
				? allVerbs.filter((verb) => verb !== 'deletecollection')
				: allVerbs,
		get schema() {
			return builtinType(kind);
		},
		get columns() {
			columns ??= columnsOf(kind);
			return columns;
		},
		selectableFields: new Set(behaviours[kind]?.selectable),
		behaviour,
		...(kind === 'Endpoints' && {
			deprecationWarning:
				'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
		}),
	};
};

/**
The kinds every cluster serves. Shared by all servers of a process: nothing in them belongs to one.
*/
export const builtinKinds: readonly Kind[] = rows.map((row) => createKind(row));
