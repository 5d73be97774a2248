import {generationById} from '../../../source/core/generations/index.js';
import {type JsonObject} from '../../../source/core/json.js';
import {
	createMemoryCluster,
	type MemoryCluster,
} from '../../../source/core/memory-cluster.js';
import {type ObjectReference} from '../../../source/core/model.js';
import {planChanges} from '../../../source/core/plan.js';
import {type Rules} from '../../../source/core/reconcilers/reconciler.js';
import {
	createSimulation,
	type Simulation,
} from '../../../source/core/simulation.js';

export type Id = 'v0.3' | 'v1beta1';

export const providers = ['eu', 'us'] as const;

const namespace = (name: string, labels: JsonObject = {}): JsonObject => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: {name, uid: `uid-${name}`, labels},
	spec: {finalizers: ['kubernetes']},
	status: {phase: 'Active'},
});

const virtualNode = (id: string, generation: Id): readonly JsonObject[] => {
	const labels = {region: id};
	const node: JsonObject = {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name: `vn-${id}`,
			uid: `node-${id}`,
			labels: {
				...labels,
				'liqo.io/type': 'virtual-node',
				'liqo.io/remote-cluster-id': id,
			},
		},
		spec: {taints: []},
		status: {allocatable: {cpu: '4', memory: '8Gi', pods: '10'}},
	};
	const tenant = namespace(`liqo-tenant-${id}`, {
		'liqo.io/remote-cluster-id': id,
		'liqo.io/tenant-namespace': 'true',
	});
	return generation === 'v0.3'
		? [
				tenant,
				node,
				{
					apiVersion: 'discovery.liqo.io/v1alpha1',
					kind: 'ForeignCluster',
					metadata: {name: id, labels: {'discovery.liqo.io/cluster-id': id}},
					status: {tenantNamespace: {local: `liqo-tenant-${id}`}},
				},
			]
		: [
				tenant,
				node,
				{
					apiVersion: 'offloading.liqo.io/v1beta1',
					kind: 'VirtualNode',
					metadata: {
						name: `vn-${id}`,
						namespace: `liqo-tenant-${id}`,
						uid: `vn-${id}`,
						generation: 1,
					},
					spec: {clusterID: id, createNode: true, labels},
				},
			];
};

export type Playground = {
	readonly home: MemoryCluster;
	readonly remote: ReadonlyMap<string, MemoryCluster>;
	readonly simulation: Simulation;
	readonly offloadingVersion: string;
	offload(namespace: string, spec: JsonObject): void;
	edit(namespace: string, spec: JsonObject): void;
	unoffload(namespace: string): void;
	finalize(namespace: string, finalizers: readonly string[]): void;
	reference(namespace: string): ObjectReference;
	/**
	Plays the provider's Capsule, which v0.3 waits for.
	*/
	bind(): void;
	plan(): readonly string[];
};

/**
A consumer of two providers in memory, with all controllers of a generation.
*/
export const createPlayground = (
	id: Id,
	rules: Rules,
	objects: readonly JsonObject[] = [],
): Playground => {
	const generation = generationById(id);
	const home = createMemoryCluster({
		key: 'home',
		role: 'consumer',
		title: 'home',
		clusterId: 'rome',
		generation,
		objects: [
			...['a', 'b', 'c'].map((name) => namespace(name)),
			...providers.flatMap((provider) => virtualNode(provider, id)),
			...objects,
		],
	});
	const remote = new Map(
		providers.map((provider) => [
			provider as string,
			createMemoryCluster({
				key: provider,
				role: 'provider',
				title: provider,
				clusterId: provider,
				generation,
				objects: [
					namespace('liqo-tenant-rome', {
						'liqo.io/remote-cluster-id': 'rome',
						'liqo.io/tenant-namespace': 'true',
					}),
				],
			}),
		]),
	);
	let time = 0;
	const now = (): string =>
		new Date(Date.UTC(2026, 0, 1) + time * 1000).toISOString();
	const simulation = createSimulation({
		consumer: home,
		providers: remote,
		rules,
		now,
		hasScheduler: false,
	});
	const offloadingVersion =
		id === 'v0.3'
			? 'offloading.liqo.io/v1alpha1'
			: 'offloading.liqo.io/v1beta1';
	const reference = (space: string) => ({
		apiVersion: offloadingVersion,
		kind: 'NamespaceOffloading',
		namespace: space,
		name: 'offloading',
	});
	simulation.start();
	return {
		home,
		remote,
		simulation,
		offloadingVersion,
		reference,
		finalize(space, finalizers) {
			simulation.send({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: reference(space),
				body: {metadata: {finalizers}},
				reason: 'test',
			});
		},
		offload(space, spec) {
			time += 1;
			simulation.send({
				cluster: 'home',
				verb: 'create',
				object: reference(space),
				body: {
					apiVersion: offloadingVersion,
					kind: 'NamespaceOffloading',
					metadata: {name: 'offloading', namespace: space},
					spec,
				},
				reason: 'test',
			});
		},
		edit(space, spec) {
			time += 1;
			simulation.send({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: reference(space),
				body: {spec},
				reason: 'test',
			});
		},
		unoffload(space) {
			time += 1;
			simulation.send({
				cluster: 'home',
				verb: 'delete',
				object: reference(space),
				reason: 'test',
			});
		},
		bind() {
			for (const [cluster, memory] of remote) {
				const twins = [...memory.view.list('Namespace')].filter(
					({metadata: {annotations}}) =>
						annotations['liqo.io/remote-namespace'] !== undefined,
				);
				for (const {metadata} of twins) {
					for (const name of ['one', 'two', 'three']) {
						simulation.send({
							cluster,
							verb: 'create',
							object: {
								apiVersion: 'rbac.authorization.k8s.io/v1',
								kind: 'RoleBinding',
								namespace: metadata.name,
								name,
							},
							body: {
								apiVersion: 'rbac.authorization.k8s.io/v1',
								kind: 'RoleBinding',
								metadata: {
									name,
									namespace: metadata.name,
									labels: {'capsule.clastix.io/tenant': 'tenant-rome'},
								},
							},
							reason: 'test',
						});
					}
				}
			}
		},
		plan: () =>
			planChanges(simulation.world, {now: now(), rules}).changes.map(
				({verb, object, reason, reconciler}) =>
					`${reconciler}: ${verb} ${object.kind} ${object.name}: ${reason}`,
			),
	};
};
