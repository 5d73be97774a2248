import {type JsonObject} from '../../source/core/json.js';

export type GenerationUnderTest = 'v1beta1' | 'v0.3';

export const apiVersionOf = (generation: GenerationUnderTest) =>
	generation === 'v0.3'
		? 'offloading.liqo.io/v1alpha1'
		: 'offloading.liqo.io/v1beta1';

const namespace = (
	name: string,
	labels: Readonly<Record<string, string>> = {},
): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, labels},
});

const tenant = (name: string, of: string): JsonObject =>
	namespace(name, {
		'liqo.io/remote-cluster-id': of,
		'liqo.io/tenant-namespace': 'true',
	});

const virtualNode = (
	id: string,
	generation: GenerationUnderTest,
): readonly JsonObject[] => [
	{
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name: generation === 'v0.3' ? `liqo-${id}` : id,
			labels: {
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
				region: id,
			},
		},
		spec: {},
	},
	generation === 'v0.3'
		? {
				apiVersion: 'discovery.liqo.io/v1alpha1',
				kind: 'ForeignCluster',
				metadata: {name: id, labels: {'discovery.liqo.io/cluster-id': id}},
				spec: {},
				status: {tenantNamespace: {local: `liqo-tenant-${id}`}},
			}
		: {
				apiVersion: 'offloading.liqo.io/v1beta1',
				kind: 'VirtualNode',
				metadata: {
					name: id,
					namespace: `liqo-tenant-${id}`,
					labels: {'liqo.io/remote-cluster-id': id},
				},
				spec: {clusterID: id, createNode: true, labels: {region: id}},
			},
];

/**
What a consumer `home` (cluster-id `home-id`) and its providers hold once they are peered, by cluster.
*/
export const peeredClusters = (
	generation: GenerationUnderTest,
	providers: readonly string[],
	namespaces: readonly string[],
): ReadonlyMap<string, readonly JsonObject[]> =>
	new Map<string, readonly JsonObject[]>([
		[
			'home',
			[
				...providers.flatMap((id) => [
					tenant(`liqo-tenant-${id}`, id),
					...virtualNode(id, generation),
				]),
				...namespaces.map((name) => namespace(name)),
			],
		],
		...providers.map(
			(id) => [id, [tenant('liqo-tenant-home-id', 'home-id')]] as const,
		),
	]);

/**
The RoleBindings that a provider's Capsule puts into the namespace of a tenant (v0.3).
*/
export const capsuleBindings = (twin: string) =>
	['1', '2', '3'].map((index) => ({
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'RoleBinding',
		metadata: {
			name: `capsule-${index}`,
			namespace: twin,
			labels: {'capsule.clastix.io/tenant': 'tenant-home-id'},
		},
		subjects: [],
		roleRef: {kind: 'ClusterRole', name: 'x'},
	}));
