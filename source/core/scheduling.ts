import {keys, virtualNodeType} from './keys.js';
import {type Node, type Pod, type PodSpec} from './model.js';
import {
	createNodeFilter,
	type NodeReason,
	type Occupants,
} from './node-checks.js';
import {isRunning, useOf} from './pod-resources.js';
import {preFilterNames, schedulingMessage} from './scheduling-message.js';
import {lastOf, type Steps} from './steps.js';
import {type ClusterView} from './world.js';

export type NodeVerdict = {
	readonly name: string;
	readonly isVirtual: boolean;
	/**
	Remote cluster-id of a virtual node.
	*/
	readonly cluster?: string;
	readonly isFeasible: boolean;
	/**
	Why not. The scheduler counts the node under the first one; the others are there only when everything was asked for.
	*/
	readonly reasons: readonly NodeReason[];
};

export type PodVerdict = {
	readonly verdict: 'bound' | 'schedulable' | 'unschedulable';
	/**
	What kube-scheduler says about the pod as a whole; where it is, when it is bound.
	*/
	readonly message: string;
	readonly nodes: readonly NodeVerdict[];
	/**
	Rules that also decide about this pod and are not modelled here; the verdict leaves them out.
	*/
	readonly unmodelled: readonly string[];
};

export type SchedulablePod = {
	readonly spec: PodSpec;
	readonly uid?: string;
};

const podsOf = (
	cluster: ClusterView,
	node: string,
	own?: string,
): readonly Pod[] =>
	[...cluster.podsOnNode(node)].filter(
		(pod) => isRunning(pod) && (own === undefined || pod.metadata.uid !== own),
	);

/**
What runs on a node beside the pod itself. A pod that is bound nowhere is on no node: then the sums that the cluster keeps are right.
*/
const occupantsOf = (
	pod: SchedulablePod,
	node: string,
	cluster: ClusterView,
): Occupants => {
	const isNowhere = pod.uid === undefined || (pod.spec.nodeName ?? '') === '';
	const pods = () => podsOf(cluster, node, pod.uid);
	return {
		pods,
		use: () =>
			(isNowhere ? cluster.summaries?.useOfNode(node) : undefined) ??
			useOf(pods()),
	};
};

type NodeFilter = ReturnType<typeof createNodeFilter>;

const judge = (
	pod: SchedulablePod,
	node: Node,
	cluster: ClusterView,
	filter: NodeFilter,
): NodeVerdict => {
	const {labels, name} = node.metadata;
	const reasons = filter(node, occupantsOf(pod, name, cluster));
	const remote = labels[keys.remoteClusterId];
	const isVirtual = labels[keys.type] === virtualNodeType;
	return {
		name,
		isVirtual,
		...(isVirtual && remote !== undefined && {cluster: remote}),
		isFeasible: reasons.length === 0,
		reasons,
	};
};

/**
What would still be in the way on a node if every pod of lower priority left it; undefined when no pod would.
*/
const reasonsAfterEviction = (
	spec: PodSpec,
	node: Node,
	cluster: ClusterView,
): readonly NodeReason[] | undefined => {
	const pods = podsOf(cluster, node.metadata.name);
	const staying = pods.filter(
		(pod) => (pod.spec.priority ?? 0) >= (spec.priority ?? 0),
	);
	return staying.length === pods.length
		? undefined
		: createNodeFilter(spec, false)(node, {
				pods: () => staying,
				use: () => useOf(staying),
			});
};

const unmodelledRules = (spec: PodSpec): readonly string[] => [
	...(spec.affinity?.podAffinity === undefined ? [] : ['pod affinity']),
	...(spec.affinity?.podAntiAffinity === undefined
		? []
		: ['pod anti-affinity']),
	...(spec.topologySpreadConstraints?.some(
		(constraint) => constraint.whenUnsatisfiable === 'DoNotSchedule',
	)
		? ['topology spread']
		: []),
	...(spec.claims === undefined || spec.claims.length === 0 ? [] : ['volumes']),
	...(['', 'default-scheduler', undefined].includes(spec.schedulerName)
		? []
		: [`scheduler ${spec.schedulerName}`]),
];

/**
Whether some node would take a pod that is on none; the same as `judgePod` says, without the reasons.
*/
export const isSchedulable = (spec: PodSpec, cluster: ClusterView): boolean => {
	if ((spec.schedulingGates ?? []).length > 0) {
		return false;
	}

	const filter = createNodeFilter(spec, false);
	for (const node of cluster.list('Node')) {
		const occupants = occupantsOf({spec}, node.metadata.name, cluster);
		if (filter(node, occupants).length === 0) {
			return true;
		}
	}

	return false;
};

/**
`judgePod` in steps, one per node: what needs the time in between may take it.
*/
export function* judgePodByNode(
	pod: SchedulablePod,
	cluster: ClusterView,
	{isExhaustive = false} = {},
): Steps<PodVerdict> {
	const {spec} = pod;
	const nodes = [...cluster.list('Node')];
	const filter = createNodeFilter(spec, isExhaustive);
	const verdicts: NodeVerdict[] = [];
	for (const node of nodes) {
		verdicts.push(judge(pod, node, cluster, filter));
		yield;
	}

	const unmodelled = unmodelledRules(spec);
	if (spec.nodeName !== undefined && spec.nodeName !== '') {
		const message = `bound to ${spec.nodeName}`;
		return {verdict: 'bound', message, nodes: verdicts, unmodelled};
	}

	if (spec.schedulingGates !== undefined && spec.schedulingGates.length > 0) {
		return {
			verdict: 'unschedulable',
			message: 'Scheduling is blocked due to non-empty scheduling gates',
			nodes: verdicts,
			unmodelled,
		};
	}

	if (verdicts.some((verdict) => verdict.isFeasible)) {
		const count = verdicts.filter((verdict) => verdict.isFeasible).length;
		const message = `${count}/${nodes.length} nodes are available`;
		return {verdict: 'schedulable', message, nodes: verdicts, unmodelled};
	}

	return {
		verdict: 'unschedulable',
		message: schedulingMessage(verdicts, preFilterNames(spec), (index) => {
			const node = nodes[index];
			return node && reasonsAfterEviction(spec, node, cluster);
		}),
		nodes: verdicts,
		unmodelled,
	};
}

/**
Where a pod could run, and why not elsewhere: kube-scheduler's filters on every node, and its message for the pod as a whole (kube-scheduler 1.34,
default profile; Liqo: unschedulability analysis).

`isExhaustive`: look for every reason on every node, not only the first.
*/
export const judgePod = (
	...given: Parameters<typeof judgePodByNode>
): PodVerdict => lastOf(judgePodByNode(...given));
