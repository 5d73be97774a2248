import {type Pod} from './model.js';
import {
	countPod,
	isNeedingAttention,
	type MutablePodCounts,
} from './pod-counts.js';
import {type NodeUse, useOf} from './pod-resources.js';
import {type ClusterSummaries, noPods} from './summaries.js';

type Group = {
	readonly counts: MutablePodCounts;
	readonly attention: Set<Pod>;
};

/**
The pods of a cluster by node, and their counts by namespace and node. Pods come and go one by one; each costs the same
however many there are.
*/
export type PodIndex = {
	readonly summaries: ClusterSummaries;
	/**
	Puts a pod in the place of its former self.
	*/
	replace(before: Pod | undefined, after: Pod | undefined): void;
	onNode(node: string): Iterable<Pod>;
};

const nothing: readonly never[] = [];

const createGroup = (): Group => ({counts: {...noPods}, attention: new Set()});

/**
Adds to (or takes out of) the group under a key; groups that become empty are dropped.
*/
const move = (
	groups: Map<string, Group>,
	key: string,
	pod: Pod,
	step: 1 | -1,
): void => {
	let group = groups.get(key);
	if (group === undefined) {
		group = createGroup();
		groups.set(key, group);
	}

	countPod(group.counts, pod, step);
	if (isNeedingAttention(pod)) {
		if (step === 1) {
			group.attention.add(pod);
		} else {
			group.attention.delete(pod);
		}
	}

	if (group.counts.total === 0) {
		groups.delete(key);
	}
};

export const createPodIndex = (): PodIndex => {
	const byNode = new Map<string, Set<Pod>>();
	const nodeGroups = new Map<string, Group>();
	const namespaceGroups = new Map<string, Group>();
	const all = new Map<string, Group>();
	const uses = new Map<string, NodeUse>();

	const add = (pod: Pod): void => {
		move(namespaceGroups, pod.metadata.namespace, pod, 1);
		move(all, '', pod, 1);
		const node = pod.spec.nodeName;
		if (node === undefined) {
			return;
		}

		uses.delete(node);
		move(nodeGroups, node, pod, 1);
		const pods = byNode.get(node);
		if (pods === undefined) {
			byNode.set(node, new Set([pod]));
		} else {
			pods.add(pod);
		}
	};

	const remove = (pod: Pod): void => {
		move(namespaceGroups, pod.metadata.namespace, pod, -1);
		move(all, '', pod, -1);
		const node = pod.spec.nodeName;
		if (node === undefined) {
			return;
		}

		uses.delete(node);
		move(nodeGroups, node, pod, -1);
		const pods = byNode.get(node);
		pods?.delete(pod);
		if (pods?.size === 0) {
			byNode.delete(node);
		}
	};

	return {
		summaries: {
			pods: (namespace) =>
				(namespace === undefined ? all.get('') : namespaceGroups.get(namespace))
					?.counts ?? noPods,
			podsOnNode: (node) => nodeGroups.get(node)?.counts ?? noPods,
			useOfNode(node) {
				const known = uses.get(node);
				if (known !== undefined) {
					return known;
				}

				const use = useOf(byNode.get(node) ?? nothing);
				uses.set(node, use);
				return use;
			},
			podsNeedingAttention: (namespace) =>
				(namespace === undefined ? all.get('') : namespaceGroups.get(namespace))
					?.attention ?? nothing,
		},
		replace(before, after) {
			if (before !== undefined) {
				remove(before);
			}

			if (after !== undefined) {
				add(after);
			}
		},
		onNode: (node) => byNode.get(node) ?? nothing,
	};
};
