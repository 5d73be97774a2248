import {
	type Node,
	type Pod,
	type PodSpec,
	type Taint,
	type Toleration,
} from './model.js';
import {
	type Amounts,
	type HostPort,
	hostPorts,
	isPortClash,
	nodeAmounts,
	type NodeUse,
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

const checkPorts = (
	wanted: readonly HostPort[],
	pods: readonly Pod[],
): NodeReason | undefined => {
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

const resourceOrder = ['cpu', 'memory', 'ephemeral-storage'];

type WantedAmounts = ReadonlyArray<readonly [string, bigint]>;

const inOrder = (requests: Amounts): WantedAmounts => [
	...resourceOrder.map((name) => [name, requests.get(name) ?? 0n] as const),
	...[...requests].filter(([name]) => !resourceOrder.includes(name)),
];

const checkResources = (
	wanted: WantedAmounts,
	node: Node,
	use: NodeUse,
): NodeReason | undefined => {
	const offered = nodeAmounts(node.status.allocatable);
	const messages: string[] = [];
	const details: string[] = [];
	let isFinal = false;
	if (BigInt(use.pods) + 1n > (offered.get('pods') ?? 0n)) {
		messages.push('Too many pods');
		details.push(`${use.pods} of ${offered.get('pods') ?? 0n} pods run there`);
	}

	for (const [name, amount] of wanted) {
		const total = offered.get(name) ?? 0n;
		const free = total - (use.requests.get(name) ?? 0n);
		if (amount === 0n || amount <= free) {
			continue;
		}

		const unit = name === 'cpu' ? 'm' : '';
		messages.push(`Insufficient ${name}`);
		details.push(
			`wants ${amount}${unit} ${name}, free ${free}${unit} of ${total}${unit}`,
		);
		isFinal ||= amount > total;
	}

	return messages.length === 0
		? undefined
		: {check: 'resources', messages, detail: details.join('; '), isFinal};
};

/**
What runs on a node: its pods, and what they occupy together. Asked for only where a filter needs it.
*/
export type Occupants = {
	pods(): readonly Pod[];
	use(): NodeUse;
};

/**
Runs the filters for one pod on a node with what runs there; stops at the first that fails unless all are wanted.
*/
export const createNodeFilter = (
	spec: PodSpec,
	isExhaustive: boolean,
): ((node: Node, occupants: Occupants) => readonly NodeReason[]) => {
	const wanted = inOrder(podRequests(spec));
	const ports = hostPorts(spec);
	const checks: ReadonlyArray<
		(node: Node, occupants: Occupants) => NodeReason | undefined
	> = [
		(node) => checkUnschedulable(spec, node),
		(node) => checkTaints(spec, node),
		(node) => checkAffinity(spec, node),
		(_, {pods}) => (ports.length === 0 ? undefined : checkPorts(ports, pods())),
		(node, {use}) => checkResources(wanted, node, use()),
	];
	return (node, occupants) => {
		const reasons: NodeReason[] = [];
		for (const check of checks) {
			const found = check(node, occupants);
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
};
