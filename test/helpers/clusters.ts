import {mutatePod} from '../../source/core/admission.js';
import {type Change} from '../../source/core/change.js';
import {generationById} from '../../source/core/generations/index.js';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {keys, offloadingName} from '../../source/core/keys.js';
import {
	createMemoryCluster,
	type MemoryCluster,
} from '../../source/core/memory-cluster.js';
import {
	type Namespace,
	type Pod,
	type PodSpec,
} from '../../source/core/model.js';
import {createReconcilers} from '../../source/core/reconcilers/index.js';
import {
	type Reconciler,
	type Request,
	type Rules,
	type WriteFailure,
} from '../../source/core/reconcilers/reconciler.js';
import {judgePod} from '../../source/core/scheduling.js';
import {type ClusterView, type World} from '../../source/core/world.js';
import {type Draft} from '../../source/sandbox/scenarios/draft.js';

/**
Clusters in memory that take writes, and the world as a client that sees everything would see it.
*/
export type Clusters = {
	readonly world: World;
	readonly draft: Draft;
	readonly members: ReadonlyMap<string, MemoryCluster>;
	send(change: Change): ReturnType<MemoryCluster['send']>;
	/**
	The time, epoch milliseconds; grows with every write.
	*/
	now(): number;
	/**
	Lets Liqo's controllers (and those of Kubernetes that matter here) work until nothing moves.
	*/
	settle(rules?: Rules): void;
};

const seeingAll = (view: ClusterView): ClusterView =>
	Object.assign(Object.create(view) as ClusterView, {
		access: () => ({state: 'live' as const}),
	});

/**
Gives each twin of a v0.3 consumer the three role bindings of its Capsule tenant.
*/
const hasCapsuleMoved = (
	members: ReadonlyMap<string, MemoryCluster>,
	draft: Draft,
	send: (change: Change) => unknown,
): boolean => {
	let hasMoved = false;
	const isDue = ({metadata}: Namespace, view: ClusterView): boolean =>
		metadata.annotations[keys.remoteNamespace] === draft.localId &&
		metadata.deletionTimestamp === undefined &&
		view.count('RoleBinding', metadata.name) === 0;
	const twins = [...members].flatMap(([cluster, {view}]) =>
		[...view.list('Namespace')]
			.filter((namespace) => isDue(namespace, view))
			.map(({metadata}) => ({cluster, namespace: metadata.name})),
	);
	for (const {cluster, namespace} of twins) {
		for (const name of [
			'namespace-deleter',
			'namespace:admin',
			'liqo-virtual-kubelet-remote',
		]) {
			const apiVersion = 'rbac.authorization.k8s.io/v1';
			const kind = 'RoleBinding';
			hasMoved = true;
			send({
				cluster,
				verb: 'create',
				object: {apiVersion, kind, namespace, name},
				body: {
					apiVersion,
					kind,
					metadata: {
						namespace,
						name,
						labels: {[keys.capsuleTenant]: `tenant-${draft.localId}`},
					},
					subjects: [{kind: 'User', name: draft.localId}],
					roleRef: {kind: 'ClusterRole', name},
				},
				reason: 'Capsule tenant',
			});
		}
	}

	return hasMoved;
};

export const clustersOf = (
	draft: Draft,
	{unreachable = []}: {readonly unreachable?: readonly string[]} = {},
): Clusters => {
	const generation = generationById(draft.generation);
	const memoryOf = (handle: string): MemoryCluster =>
		createMemoryCluster({
			key: handle === 'home' ? 'home' : draft.peer(handle).id,
			role: handle === 'home' ? 'consumer' : 'provider',
			title: handle,
			...(handle === 'home'
				? draft.has('home', 'ConfigMap', 'liqo/liqo-clusterid-configmap') && {
						clusterId: draft.localId,
					}
				: {clusterId: draft.peer(handle).id}),
			generation,
			objects: draft.objects(handle),
		});
	const home = memoryOf('home');
	const members = new Map<string, MemoryCluster>([['home', home]]);
	const providers = new Map<string, ClusterView>();
	for (const {handle, id} of draft.peers.values()) {
		if (unreachable.includes(handle)) {
			continue;
		}

		const provider = memoryOf(handle);
		members.set(id, provider);
		providers.set(id, seeingAll(provider.view));
	}

	const world: World = {consumer: seeingAll(home.view), providers};
	let ticks = 0;
	const now = () => Date.parse(draft.now) + ticks * 1000;
	const stamp = () => new Date(now()).toISOString().replace('.000Z', 'Z');
	const send = (change: Change) => {
		ticks++;
		const member = members.get(change.cluster);
		return member
			? member.send(change, stamp())
			: {
					state: 'refused' as const,
					refusal: {
						status: 0,
						reason: 'Unreachable',
						message: 'no such cluster',
					},
				};
	};

	/**
	One look of a controller at one object, and what was refused of it.
	*/
	const attempt = (
		reconciler: Reconciler,
		request: Request,
		rules: Rules,
		before: readonly WriteFailure[],
	): {
		readonly hasMoved: boolean;
		readonly failures: readonly WriteFailure[];
	} => {
		const failures: WriteFailure[] = [];
		let hasMoved = false;
		const {changes} = reconciler.reconcile(request, world, {
			now: stamp(),
			rules,
			failures: before,
		});
		for (const change of changes) {
			const answer = send(change);
			if (answer.state === 'refused') {
				failures.push({change, ...answer.refusal});
			} else {
				hasMoved ||= answer.touches.length > 0 && change.verb !== 'event';
			}
		}

		return {hasMoved, failures};
	};

	const hasMovedInPass = (rules: Rules): boolean => {
		let hasMoved = false;
		for (const reconciler of createReconcilers(generation, rules)) {
			for (const request of reconciler.requests(world)) {
				const first = attempt(reconciler, request, rules, []);
				const second =
					first.failures.length > 0
						? attempt(reconciler, request, rules, first.failures)
						: first;
				hasMoved ||= first.hasMoved || second.hasMoved;
			}
		}

		if (draft.generation === 'v0.3') {
			hasMoved = hasCapsuleMoved(members, draft, send) || hasMoved;
		}

		for (const member of members.values()) {
			hasMoved = member.collect(stamp()).length > 0 || hasMoved;
		}

		return hasMoved;
	};

	return {
		world,
		draft,
		members,
		send,
		now,
		settle(rules = 'upstream') {
			for (let round = 0; round < 40; round++) {
				if (!hasMovedInPass(rules)) {
					return;
				}
			}

			throw new Error('the clusters do not come to rest');
		},
	};
};

const podOf = (
	clusters: Clusters,
	template: JsonObject,
	metadata: JsonObject,
	namespace: string,
): JsonObject => {
	const {consumer} = clusters.world;
	const raw: JsonObject = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata,
		spec: template,
		status: {phase: 'Pending', conditions: []},
	};
	const isAdmitted =
		consumer.get('Namespace', '', namespace)?.metadata.labels[
			keys.schedulingEnabled
		] === 'true';
	if (!isAdmitted) {
		return raw;
	}

	const admission = mutatePod(
		raw,
		consumer.get('NamespaceOffloading', namespace, offloadingName),
		{generation: consumer.generation!, rules: 'upstream'},
	);
	if (admission.outcome === 'denied') {
		throw new Error(admission.message);
	}

	return admission.pod;
};

const fieldOf = (
	object: JsonObject | undefined,
	...path: string[]
): JsonObject => {
	let value: unknown = object;
	for (const key of path) {
		value = isJsonObject(value) ? value[key] : undefined;
	}

	return isJsonObject(value) ? value : {};
};

/**
Does what the workload controllers, admission and the scheduler do: pods of a changed template are replaced, missing ones made, and bound to the
first node that takes them.
*/
export const runWorkloads = (clusters: Clusters): void => {
	const {consumer} = clusters.world;
	const home = clusters.members.get('home')!;
	const replace = (
		kind: 'Deployment' | 'DaemonSet',
		namespace: string,
		name: string,
		wanted: number | undefined,
	) => {
		const object = home.find({apiVersion: 'apps/v1', kind, namespace, name});
		const template = fieldOf(object, 'spec', 'template', 'spec');
		const {app} = fieldOf(object, 'spec', 'selector', 'matchLabels');
		const pods = [...consumer.list('Pod', namespace)].filter(
			(pod) => pod.metadata.labels.app === app,
		);
		const sets = [...consumer.list('ReplicaSet', namespace)].filter(
			({metadata}) =>
				metadata.ownerReferences.some((owner) => owner.name === name),
		);
		for (const pod of pods) {
			clusters.send({
				cluster: 'home',
				verb: 'delete',
				object: {
					apiVersion: 'v1',
					kind: 'Pod',
					namespace,
					name: pod.metadata.name,
				},
				reason: 'replaced',
			});
		}

		const owner = sets[0] ?? consumer.get(kind, namespace, name)!;
		for (const set of sets) {
			clusters.send({
				cluster: 'home',
				verb: 'patch',
				patchType: 'merge',
				object: {
					apiVersion: 'apps/v1',
					kind: 'ReplicaSet',
					namespace,
					name: set.metadata.name,
				},
				body: {spec: {template: {spec: template}}},
				reason: 'rolled out',
			});
		}

		const eligible = [...consumer.list('Node')];
		for (let index = 0; index < (wanted ?? eligible.length); index++) {
			const raw = podOf(
				clusters,
				template,
				{
					namespace,
					name: `${name}-new-${index}`,
					labels: {app: app!},
					ownerReferences: [
						{
							apiVersion: owner.apiVersion,
							kind: owner.kind,
							name: owner.metadata.name,
							uid: owner.metadata.uid,
							controller: true,
						},
					],
				},
				namespace,
			);
			const verdict = judgePod(
				{spec: fieldOf(raw, 'spec') as unknown as PodSpec},
				consumer,
			);
			const node =
				wanted === undefined
					? verdict.nodes.find(
							(one) =>
								one.name === eligible[index]!.metadata.name && one.isFeasible,
						)
					: verdict.nodes.find((one) => one.isFeasible);
			if (wanted === undefined && !node) {
				continue;
			}

			clusters.send({
				cluster: 'home',
				verb: 'create',
				object: {
					apiVersion: 'v1',
					kind: 'Pod',
					namespace,
					name: `${name}-new-${index}`,
				},
				body: node
					? {
							...raw,
							spec: {...fieldOf(raw, 'spec'), nodeName: node.name},
							status: {phase: 'Running', conditions: []},
						}
					: raw,
				reason: 'made anew',
			});
		}
	};

	for (const deployment of consumer.list('Deployment')) {
		const {namespace, name} = deployment.metadata;
		if (consumer.get('ReplicaSet', namespace, `${name}-7d4f9`)) {
			replace('Deployment', namespace, name, deployment.spec.replicas ?? 1);
		}
	}

	for (const set of consumer.list('DaemonSet')) {
		replace('DaemonSet', set.metadata.namespace, set.metadata.name, undefined);
	}
};

export const podNamed = (
	clusters: Clusters,
	namespace: string,
	name: string,
): Pod | undefined => clusters.world.consumer.get('Pod', namespace, name);
