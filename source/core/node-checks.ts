import {
	type Node,
	type Pod,
	type PodSpec,
	type Taint,
	type Toleration,
} from './model.js';
import {
	type Amounts,
	hostPorts,
	isPortClash,
	nodeAmounts,
	podRequests,
} from './pod-resources.js';
import {evaluateTerm} from './selector.js';

/**
The scheduler's filters that are modelled, in the order in which it runs them.
*/
export type NodeCheck =
	'unschedulable' | 'node-name' | 'taints' | 'affinity' | 'ports' | 'resources';

export type NodeReason = {
	readonly check: NodeCheck;
	/**
	Kube-scheduler's words; several for resources.
	*/
	readonly messages: readonly string[];
	/**
	What exactly, for people.
	*/
	readonly detail: string;
	/**
	Whether evicting other pods could not help.
	*/
	readonly isFinal: boolean;
};

export const isTolerating = (
	toleration: Toleration,
	taint: Pick<Taint, 'key' | 'value' | 'effect'>,
): boolean => {
	const {key = '', operator = '', value = '', effect = ''} = toleration;
	if (
		(effect !== '' && effect !== taint.effect) ||
		(key !== '' && key !== taint.key)
	) {
		return false;
	}

	return operator === 'Exists'
		? true
		: ['', 'Equal'].includes(operator) &&
				key !== '' &&
				value === (taint.value ?? '');
};

const isTolerated = (
	taint: Pick<Taint, 'key' | 'value' | 'effect'>,
	spec: PodSpec,
): boolean =>
	(spec.tolerations ?? []).some((toleration) =>
		isTolerating(toleration, taint),
	);

const printTaint = ({key, value, effect}: Taint): string =>
	`${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;

/**
The taints that keep a pod off a node.
*/
export const untoleratedTaints = (
	spec: PodSpec,
	node: Node,
): readonly Taint[] =>
	node.spec.taints.filter(
		(taint) =>
			['NoSchedule', 'NoExecute'].includes(taint.effect) &&
			!isTolerated(taint, spec),
	);

const reason = (
	check: NodeCheck,
	message: string,
	detail: string,
	isFinal = true,
): NodeReason => ({check, messages: [message], detail, isFinal});

const checkUnschedulable = (
	spec: PodSpec,
	node: Node,
): NodeReason | undefined =>
	node.spec.unschedulable === true &&
	!isTolerated(
		{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'},
		spec,
	)
		? reason('unschedulable', 'node(s) were unschedulable', 'cordoned')
		: undefined;

const checkTaints = (spec: PodSpec, node: Node): NodeReason | undefined => {
	const taints = untoleratedTaints(spec, node);
	return taints.length === 0
		? undefined
		: reason(
				'taints',
				'node(s) had untolerated taint(s)',
				`does not tolerate ${taints.map((taint) => printTaint(taint)).join(', ')}`,
			);
};

/**
The first label of the pod's node selector that the node does not have.
*/
const missedLabel = (spec: PodSpec, node: Node): string | undefined => {
	const {labels} = node.metadata;
	const missed = Object.entries(spec.nodeSelector ?? {}).find(
		([key, value]) => !Object.hasOwn(labels, key) || labels[key] !== value,
	);
	return missed && `${missed[0]}=${missed[1]}`;
};

/**
Whether a node satisfies the pod's node selector and required node affinity.
*/
export const isAffinityMet = (spec: PodSpec, node: Node): boolean =>
	checkAffinity(spec, node) === undefined;

const checkAffinity = (spec: PodSpec, node: Node): NodeReason | undefined => {
	const message = "node(s) didn't match Pod's node affinity/selector";
	const missed = missedLabel(spec, node);
	if (missed !== undefined) {
		return reason('affinity', message, `node selector wants ${missed}`);
	}

	const terms =
		spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
			?.nodeSelectorTerms;
	const target = {name: node.metadata.name, labels: node.metadata.labels};
	return terms === undefined ||
		terms.some((term, index) => evaluateTerm(term, target, index, 'v1').matches)
		? undefined
		: reason(
				'affinity',
				message,
				`none of ${terms.length} required term${terms.length === 1 ? '' : 's'} matches`,
			);
};

export const isRunning = (pod: Pod): boolean =>
	pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';

const checkPorts = (
	spec: PodSpec,
	pods: readonly Pod[],
): NodeReason | undefined => {
	const wanted = hostPorts(spec);
	if (wanted.length === 0) {
		return undefined;
	}

	const taken = pods.flatMap((pod) => hostPorts(pod.spec));
	const clash = wanted.find((port) =>
		taken.some((other) => isPortClash(port, other)),
	);
	return (
		clash &&
		reason(
			'ports',
			"node(s) didn't have free ports for the requested pod ports",
			`host port ${clash.protocol} ${clash.port} is taken`,
			false,
		)
	);
};

const sumRequests = (pods: readonly Pod[]): Amounts => {
	const used = new Map<string, bigint>();
	for (const pod of pods) {
		for (const [name, value] of podRequests(pod.spec)) {
			used.set(name, (used.get(name) ?? 0n) + value);
		}
	}

	return used;
};

const resourceOrder = ['cpu', 'memory', 'ephemeral-storage'];

const inOrder = (
	requests: Amounts,
): ReadonlyArray<readonly [string, bigint]> => [
	...resourceOrder.map((name) => [name, requests.get(name) ?? 0n] as const),
	...[...requests].filter(([name]) => !resourceOrder.includes(name)),
];

const checkResources = (
	spec: PodSpec,
	node: Node,
	pods: readonly Pod[],
): NodeReason | undefined => {
	const offered = nodeAmounts(node.status.allocatable);
	const used = sumRequests(pods);
	const messages: string[] = [];
	const details: string[] = [];
	let isFinal = false;
	if (BigInt(pods.length) + 1n > (offered.get('pods') ?? 0n)) {
		messages.push('Too many pods');
		details.push(
			`${pods.length} of ${offered.get('pods') ?? 0n} pods run there`,
		);
	}

	for (const [name, wanted] of inOrder(podRequests(spec))) {
		const total = offered.get(name) ?? 0n;
		const free = total - (used.get(name) ?? 0n);
		if (wanted === 0n || wanted <= free) {
			continue;
		}

		const unit = name === 'cpu' ? 'm' : '';
		messages.push(`Insufficient ${name}`);
		details.push(
			`wants ${wanted}${unit} ${name}, free ${free}${unit} of ${total}${unit}`,
		);
		isFinal ||= wanted > total;
	}

	return messages.length === 0
		? undefined
		: {check: 'resources', messages, detail: details.join('; '), isFinal};
};

/**
Runs the filters on one node with the given pods on it; stops at the first that fails unless all are wanted.
*/
export const findReasons = (
	spec: PodSpec,
	node: Node,
	pods: () => readonly Pod[],
	isExhaustive: boolean,
): readonly NodeReason[] => {
	const checks: ReadonlyArray<() => NodeReason | undefined> = [
		() => checkUnschedulable(spec, node),
		() => checkTaints(spec, node),
		() => checkAffinity(spec, node),
		() => checkPorts(spec, pods()),
		() => checkResources(spec, node, pods()),
	];
	const reasons: NodeReason[] = [];
	for (const check of checks) {
		const found = check();
		if (found === undefined) {
			continue;
		}

		reasons.push(found);
		if (!isExhaustive) {
			break;
		}
	}

	return reasons;
};
