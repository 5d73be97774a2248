import {setTimeout} from 'node:timers/promises';
import {isJsonObject, type JsonObject} from '../../source/core/json.js';
import {keys, virtualNodeType} from '../../source/core/keys.js';
import type {PodSpec} from '../../source/core/model.js';
import {judgePod} from '../../source/core/scheduling.js';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import type {Store} from '../../source/store/store.js';
import {ask} from './control-plane.js';

/**
What does on these control planes what the kube-controller-manager and the kubelets do on a cluster: they have neither.
*/
export type KubernetesControllers = {
	isIdle(): boolean;
	stop(): Promise<void>;
};

const at = (value: unknown, ...path: string[]): unknown => {
	let found = value;
	for (const key of path) {
		found = isJsonObject(found) ? found[key] : undefined;
	}

	return found;
};

const text = (value: unknown, ...path: string[]): string => {
	const found = at(value, ...path);
	return typeof found === 'string' ? found : '';
};

const list = (value: unknown, ...path: string[]): readonly JsonObject[] => {
	const found = at(value, ...path);
	return Array.isArray(found)
		? found.filter((item): item is JsonObject => isJsonObject(item))
		: [];
};

const nameOf = (object: JsonObject): string => text(object, 'metadata', 'name');
const namespaceOf = (object: JsonObject): string =>
	text(object, 'metadata', 'namespace');
const uidOf = (object: JsonObject): string => text(object, 'metadata', 'uid');

const isEnding = (object: JsonObject): boolean =>
	at(object, 'metadata', 'deletionTimestamp') !== undefined;

const isOwnedBy = (object: JsonObject, owner: JsonObject): boolean =>
	list(object, 'metadata', 'ownerReferences').some(
		({uid}) => uid === uidOf(owner),
	);

const patchTypes = {
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
};

const read = async (
	cluster: ApiServer,
	path: string,
): Promise<readonly JsonObject[]> => {
	const answer = await ask(cluster, path);
	return answer.status === 200 ? list(JSON.parse(answer.text), 'items') : [];
};

const podPath = (pod: JsonObject): string =>
	`/api/v1/namespaces/${namespaceOf(pod)}/pods/${nameOf(pod)}`;

const ownerOf = (object: JsonObject, apiVersion: string, kind: string) => ({
	apiVersion,
	kind,
	name: nameOf(object),
	uid: uidOf(object),
	controller: true,
	blockOwnerDeletion: true,
});

const running = (pod: JsonObject, now: string): JsonObject => ({
	phase: 'Running',
	startTime: now,
	conditions: ['PodScheduled', 'Ready'].map((type) => ({
		type,
		status: 'True',
		lastTransitionTime: now,
	})),
	containerStatuses: list(pod, 'spec', 'containers').map((container) => ({
		name: text(container, 'name'),
		image: text(container, 'image'),
		imageID: '',
		ready: true,
		restartCount: 0,
		state: {running: {startedAt: now}},
	})),
});

const virtualNodeLabels = {[keys.type]: virtualNodeType};

/**
Works whenever the store that watches the clusters has news: deleted namespaces are emptied, deleted pods end, changed templates are rolled out,
missing pods are made, pods that kube-scheduler bound run (on a virtual node only where their namespace is mapped), and on clusters of v0.3 Capsule
gives twins their role bindings.

What was like that when it started stays as it is.
*/
export const startKubernetesControllers = async ({
	home,
	providers,
	store,
	consumerId,
}: {
	readonly home: ApiServer;
	readonly providers: readonly ApiServer[];
	readonly store: Store;
	/**
	Cluster-id of the consumer.
	*/
	readonly consumerId: string;
}): Promise<KubernetesControllers> => {
	const {consumer} = store.world;
	const isFirst = consumer.generation?.id === 'v0.3';
	const offloadingApi = isFirst ? 'v1alpha1' : 'v1beta1';
	const clusters = [home, ...providers];
	const offloadings = (namespace: string): string =>
		`/apis/offloading.liqo.io/${offloadingApi}/namespaces/${namespace}/namespaceoffloadings`;
	const left = new Set<string>();
	const templates = new Map<string, string>();
	const templateOf = (object: JsonObject): string =>
		JSON.stringify(at(object, 'spec', 'template'));
	for (const cluster of clusters) {
		for (const namespace of await read(cluster, '/api/v1/namespaces')) {
			if (isEnding(namespace)) {
				left.add(uidOf(namespace));
			}
		}
	}

	for (const pod of await read(home, '/api/v1/pods')) {
		if (isEnding(pod) || text(pod, 'spec', 'nodeName') !== '') {
			left.add(uidOf(pod));
		}
	}

	for (const set of await read(home, '/apis/apps/v1/daemonsets')) {
		templates.set(uidOf(set), templateOf(set));
	}

	const bury = async (
		cluster: ApiServer,
		namespace: JsonObject,
	): Promise<void> => {
		const name = nameOf(namespace);
		for (const collection of [
			`/apis/rbac.authorization.k8s.io/v1/namespaces/${name}/rolebindings`,
			`/api/v1/namespaces/${name}/pods?gracePeriodSeconds=0`,
			offloadings(name),
		]) {
			await ask(cluster, collection, {method: 'DELETE'});
		}

		const remaining = await read(cluster, offloadings(name));
		if (remaining.length === 0) {
			await ask(cluster, `/api/v1/namespaces/${name}/finalize`, {
				method: 'PUT',
				body: {...namespace, spec: {finalizers: []}},
			});
		}
	};

	const hasTendedNamespaces = async (): Promise<boolean> => {
		let hasActed = false;
		for (const cluster of clusters) {
			for (const namespace of await read(cluster, '/api/v1/namespaces')) {
				if (isEnding(namespace) && !left.has(uidOf(namespace))) {
					await bury(cluster, namespace);
					hasActed = true;
				}

				const isCapsuleDue =
					isFirst &&
					!isEnding(namespace) &&
					at(
						namespace,
						'metadata',
						'annotations',
						'liqo.io/remote-namespace',
					) === consumerId;
				if (isCapsuleDue) {
					hasActed = (await hasActedAsCapsule(cluster, namespace)) || hasActed;
				}
			}
		}

		return hasActed;
	};

	const hasActedAsCapsule = async (
		cluster: ApiServer,
		namespace: JsonObject,
	): Promise<boolean> => {
		const collection = `/apis/rbac.authorization.k8s.io/v1/namespaces/${nameOf(namespace)}/rolebindings`;
		const bindings = await read(cluster, collection);
		if (bindings.length > 0) {
			return false;
		}

		for (const name of [
			'namespace-deleter',
			'namespace:admin',
			'liqo-virtual-kubelet-remote',
		]) {
			await ask(cluster, collection, {
				body: {
					apiVersion: 'rbac.authorization.k8s.io/v1',
					kind: 'RoleBinding',
					metadata: {
						name,
						labels: {[keys.capsuleTenant]: `tenant-${consumerId}`},
					},
					subjects: [
						{
							kind: 'User',
							apiGroup: 'rbac.authorization.k8s.io',
							name: consumerId,
						},
					],
					roleRef: {
						apiGroup: 'rbac.authorization.k8s.io',
						kind: 'ClusterRole',
						name,
					},
				},
			});
		}

		return true;
	};

	/**
	Node lifecycle: the taint of a cordoned node goes with the mark.
	*/
	const tendNodes = async (): Promise<void> => {
		for (const node of await read(home, '/api/v1/nodes')) {
			const taints = list(node, 'spec', 'taints');
			const rest = taints.filter(
				({key}) => key !== 'node.kubernetes.io/unschedulable',
			);
			if (
				at(node, 'spec', 'unschedulable') !== true &&
				rest.length < taints.length
			) {
				await ask(home, `/api/v1/nodes/${nameOf(node)}`, {
					method: 'PATCH',
					contentType: patchTypes.merge,
					body: {spec: {taints: rest}},
				});
			}
		}
	};

	const hasPlace = (pod: JsonObject): boolean => {
		const node = consumer.get('Node', '', text(pod, 'spec', 'nodeName'));
		if (node?.metadata.labels[keys.type] !== virtualNodeLabels[keys.type]) {
			return node !== undefined;
		}

		const cluster = node.metadata.labels[keys.remoteClusterId] ?? '';
		return Iterator.from(consumer.mapsOfCluster(cluster)).some(
			({status}) =>
				status.currentMapping[namespaceOf(pod)]?.phase === 'Accepted',
		);
	};

	const tendPods = async (pods: readonly JsonObject[]): Promise<void> => {
		for (const pod of pods) {
			const reason = text(pod, 'status', 'reason');
			if (left.has(uidOf(pod)) && !isEnding(pod) && reason === '') {
				continue;
			}

			if (isEnding(pod)) {
				await ask(home, `${podPath(pod)}?gracePeriodSeconds=0`, {
					method: 'DELETE',
				});
			} else if (
				text(pod, 'status', 'phase') === 'Pending' &&
				text(pod, 'spec', 'nodeName') !== '' &&
				hasPlace(pod)
			) {
				await ask(home, `${podPath(pod)}/status`, {
					method: 'PATCH',
					contentType: patchTypes.strategic,
					body: {
						status: {reason: '', ...running(pod, new Date().toISOString())},
					},
				});
			}
		}
	};

	/**
	The offloading as admission sees it must be the one the server holds: the pod is made for what was just changed.
	*/
	const isAdmissionUpToDate = async (namespace: string): Promise<boolean> => {
		const answer = await ask(home, `${offloadings(namespace)}/offloading`);
		const held = consumer.get('NamespaceOffloading', namespace, 'offloading');
		return answer.status === 200
			? text(JSON.parse(answer.text), 'metadata', 'resourceVersion') ===
					held?.metadata.resourceVersion
			: held === undefined;
	};

	/**
	Whether a pod went past admission although its namespace asks for it: the server may learn of the label a moment later.
	*/
	const isUnadmitted = async (pod: JsonObject): Promise<boolean> => {
		const namespace = namespaceOf(pod);
		const held = consumer.get('NamespaceOffloading', namespace, 'offloading');
		const answer = await ask(home, `/api/v1/namespaces/${namespace}`);
		return (
			held !== undefined &&
			held.spec.podOffloadingStrategy !== 'Local' &&
			text(
				JSON.parse(answer.text),
				'metadata',
				'labels',
				keys.schedulingEnabled,
			) === 'true' &&
			list(pod, 'spec', 'tolerations').every(({key}) => key !== keys.notAllowed)
		);
	};

	/**
	False: not yet.
	*/
	const hasMadePod = async (
		namespace: string,
		body: JsonObject,
	): Promise<boolean> => {
		if (!(await isAdmissionUpToDate(namespace))) {
			return false;
		}

		const answer = await ask(home, `/api/v1/namespaces/${namespace}/pods`, {
			body: {apiVersion: 'v1', kind: 'Pod', ...body},
		});
		if (answer.status !== 201) {
			return false;
		}

		const pod = JSON.parse(answer.text) as JsonObject;
		if (await isUnadmitted(pod)) {
			await ask(home, `${podPath(pod)}?gracePeriodSeconds=0`, {
				method: 'DELETE',
			});
			return false;
		}

		return true;
	};

	const deletePods = async (pods: readonly JsonObject[]): Promise<void> => {
		for (const pod of pods) {
			await ask(home, `${podPath(pod)}?gracePeriodSeconds=0`, {
				method: 'DELETE',
			});
		}
	};

	const hasTendedDeployments = async (
		pods: readonly JsonObject[],
	): Promise<boolean> => {
		let hasActed = false;
		const sets = await read(home, '/apis/apps/v1/replicasets');
		for (const deployment of await read(home, '/apis/apps/v1/deployments')) {
			const set = sets.find((one) => isOwnedBy(one, deployment));
			if (set === undefined) {
				continue;
			}

			const own = pods.filter((pod) => isOwnedBy(pod, set));
			if (templateOf(set) !== templateOf(deployment)) {
				// First: cut off in between, the next round still sees that they are due.
				await deletePods(own);
				await ask(
					home,
					`/apis/apps/v1/namespaces/${namespaceOf(set)}/replicasets/${nameOf(set)}`,
					{
						method: 'PUT',
						body: {
							...set,
							spec: {
								...(set.spec as JsonObject),
								template: at(deployment, 'spec', 'template') as JsonObject,
							},
						},
					},
				);
				hasActed = true;
				continue;
			}

			const missing =
				Number(at(set, 'spec', 'replicas') ?? 0) -
				own.filter((pod) => !isEnding(pod)).length;
			for (let count = 0; count < missing; count++) {
				hasActed = true;
				const template = at(set, 'spec', 'template') as JsonObject;
				const isMade = await hasMadePod(namespaceOf(set), {
					metadata: {
						...(template.metadata as JsonObject),
						generateName: `${nameOf(set)}-`,
						ownerReferences: [ownerOf(set, 'apps/v1', 'ReplicaSet')],
					},
					spec: template.spec,
				});
				if (!isMade) {
					break;
				}
			}
		}

		return hasActed;
	};

	const hasTendedDaemonSets = async (
		pods: readonly JsonObject[],
	): Promise<boolean> => {
		let hasActed = false;
		for (const set of await read(home, '/apis/apps/v1/daemonsets')) {
			if (templates.get(uidOf(set)) === templateOf(set)) {
				continue;
			}

			hasActed = true;
			await deletePods(pods.filter((pod) => isOwnedBy(pod, set)));
			const template = at(set, 'spec', 'template') as JsonObject;
			const {nodes} = judgePod(
				{spec: template.spec as unknown as PodSpec},
				consumer,
			);
			for (const {name, isFeasible} of nodes) {
				if (!isFeasible) {
					continue;
				}

				const required = {
					nodeSelectorTerms: [
						{
							matchFields: [
								{key: 'metadata.name', operator: 'In', values: [name]},
							],
						},
					],
				};
				await hasMadePod(namespaceOf(set), {
					metadata: {
						...(template.metadata as JsonObject),
						generateName: `${nameOf(set)}-`,
						ownerReferences: [ownerOf(set, 'apps/v1', 'DaemonSet')],
					},
					spec: {
						...(template.spec as JsonObject),
						affinity: {
							nodeAffinity: {
								requiredDuringSchedulingIgnoredDuringExecution: required,
							},
						},
					},
				});
			}

			templates.set(uidOf(set), templateOf(set));
		}

		return hasActed;
	};

	const hasTended = async (): Promise<boolean> => {
		const hasBuried = await hasTendedNamespaces();
		await tendNodes();
		const pods = await read(home, '/api/v1/pods');
		await tendPods(pods);
		const hasRolledOut = await hasTendedDeployments(pods);
		const hasPlaced = await hasTendedDaemonSets(pods);
		return hasBuried || hasRolledOut || hasPlaced;
	};

	let isBusy = false;
	let isDirty = false;
	const ending = new AbortController();
	const {promise: ended, resolve: end} = Promise.withResolvers<void>();
	const work = async (): Promise<void> => {
		isBusy = true;
		while (isDirty && !ending.signal.aborted) {
			isDirty = false;
			try {
				isDirty = (await hasTended()) || isDirty;
			} catch {
				// A connection that ended while it was used: no news may come any more, so it is tried again.
				isDirty = true;
				await setTimeout(50);
			}
		}

		isBusy = false;
		if (ending.signal.aborted) {
			end();
		}
	};

	const unsubscribe = store.subscribe(() => {
		isDirty = true;
		if (!isBusy && !ending.signal.aborted) {
			void work();
		}
	});
	return {
		isIdle: () => !isBusy && !isDirty,
		async stop() {
			ending.abort();
			unsubscribe();
			if (isBusy) {
				await ended;
			}
		},
	};
};
