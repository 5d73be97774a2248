import {type Tree} from '../value.js';

const reading = ['get', 'list', 'watch'];
const writing = [
	...reading,
	'create',
	'delete',
	'deletecollection',
	'patch',
	'update',
];

const coreResources = [
	'configmaps',
	'endpoints',
	'persistentvolumeclaims',
	'pods',
	'replicationcontrollers',
	'serviceaccounts',
	'services',
	'events',
	'limitranges',
	'namespaces',
	'pods/status',
	'resourcequotas',
];

const workloads: readonly Tree[] = [
	{
		apiGroups: ['apps'],
		resources: [
			'controllerrevisions',
			'daemonsets',
			'deployments',
			'deployments/scale',
			'replicasets',
			'replicasets/scale',
			'statefulsets',
			'statefulsets/scale',
		],
	},
	{apiGroups: ['batch'], resources: ['cronjobs', 'jobs']},
	{apiGroups: ['policy'], resources: ['poddisruptionbudgets']},
	{
		apiGroups: ['networking.k8s.io'],
		resources: ['ingresses', 'networkpolicies'],
	},
	{apiGroups: ['discovery.k8s.io'], resources: ['endpointslices']},
	{apiGroups: ['coordination.k8s.io'], resources: ['leases']},
];

const withVerbs = (rules: readonly Tree[], verbs: string[]): Tree[] =>
	rules.map((rule) => ({...rule, verbs}));

const role = (name: string, rules: Tree[]): Tree => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRole',
	metadata: {
		name,
		labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'},
	},
	rules,
});

const binding = (name: string, groups: readonly string[]): Tree => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'ClusterRoleBinding',
	metadata: {
		name,
		labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'},
	},
	roleRef: {
		apiGroup: 'rbac.authorization.k8s.io',
		kind: 'ClusterRole',
		name,
	},
	subjects: groups.map((group) => ({
		apiGroup: 'rbac.authorization.k8s.io',
		kind: 'Group',
		name: group,
	})),
});

const core = [{apiGroups: [''], resources: coreResources}, ...workloads];

/**
The roles and bindings every cluster is born with: those for people, and what anybody may ask.
*/
export const bootstrapObjects: readonly Tree[] = [
	role('cluster-admin', [
		{apiGroups: ['*'], resources: ['*'], verbs: ['*']},
		{nonResourceURLs: ['*'], verbs: ['*']},
	]),
	role('admin', [
		...withVerbs(core, writing),
		{apiGroups: [''], resources: ['secrets'], verbs: writing},
		{
			apiGroups: ['rbac.authorization.k8s.io'],
			resources: ['roles', 'rolebindings'],
			verbs: writing,
		},
	]),
	role('edit', [
		...withVerbs(core, writing),
		{apiGroups: [''], resources: ['secrets'], verbs: writing},
	]),
	role('view', withVerbs(core, reading)),
	role('system:discovery', [
		{
			nonResourceURLs: [
				'/api',
				'/api/*',
				'/apis',
				'/apis/*',
				'/healthz',
				'/livez',
				'/openapi',
				'/openapi/*',
				'/readyz',
				'/version',
				'/version/',
			],
			verbs: ['get'],
		},
	]),
	role('system:basic-user', [
		{
			apiGroups: ['authorization.k8s.io'],
			resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
			verbs: ['create'],
		},
		{
			apiGroups: ['authentication.k8s.io'],
			resources: ['selfsubjectreviews'],
			verbs: ['create'],
		},
	]),
	role('system:public-info-viewer', [
		{
			nonResourceURLs: [
				'/healthz',
				'/livez',
				'/readyz',
				'/version',
				'/version/',
			],
			verbs: ['get'],
		},
	]),
	binding('cluster-admin', ['system:masters']),
	binding('system:discovery', ['system:authenticated']),
	binding('system:basic-user', ['system:authenticated']),
	binding('system:public-info-viewer', [
		'system:authenticated',
		'system:unauthenticated',
	]),
];
