import {type PodSpec} from './model.js';

/**
The part of a node's verdict that the message is made of.
*/
export type Refusal = {
	readonly name: string;
	readonly reasons: ReadonlyArray<{
		readonly messages: readonly string[];
		readonly isFinal: boolean;
	}>;
};

/**
The only nodes that the scheduler looks at because every required term names nodes; undefined: all nodes. Empty: the terms contradict each
other.
*/
export const preFilterNames = (
	spec: PodSpec,
): ReadonlySet<string> | undefined => {
	const terms =
		spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
			?.nodeSelectorTerms ?? [];
	if (terms.length === 0) {
		return undefined;
	}

	const names = new Set<string>();
	for (const term of terms) {
		const lists = (term.matchFields ?? [])
			.filter(({key, operator}) => key === 'metadata.name' && operator === 'In')
			.map(({values = []}) => values);
		const [first, ...others] = lists;
		if (first === undefined) {
			return undefined;
		}

		for (const name of first) {
			if (others.every((list) => list.includes(name))) {
				names.add(name);
			}
		}
	}

	return names;
};

const histogram = (lists: ReadonlyArray<readonly string[]>): string => {
	const counts = new Map<string, number>();
	for (const message of lists.flat()) {
		counts.set(message, (counts.get(message) ?? 0) + 1);
	}

	// The scheduler sorts the finished texts, so that "10 ..." comes before "2 ...".
	return [...counts]
		.map(([message, count]) => `${count} ${message}`)

		.toSorted()
		.join(', ');
};

const sentence = (count: number, text: string): string =>
	`0/${count} nodes are available:${text === '' ? '' : ` ${text}.`}`;

const unhelpful = ['Preemption is not helpful for scheduling'];
const noVictims = ['No preemption victims found for incoming pod'];

const preemptionSentence = (
	nodes: readonly Refusal[],
	canHelp: (node: Refusal) => boolean,
	afterEviction: (index: number) => Refusal['reasons'] | undefined,
): string | undefined => {
	const lists: Array<readonly string[]> = [];
	for (const [index, node] of nodes.entries()) {
		if (!canHelp(node)) {
			lists.push(unhelpful);
			continue;
		}

		const left = afterEviction(index);
		if (left === undefined) {
			lists.push(noVictims);
			continue;
		}

		const [first] = left;
		if (first === undefined) {
			return undefined;
		}

		lists.push(first.messages);
	}

	return sentence(nodes.length, histogram(lists));
};

/**
What kube-scheduler 1.34 writes into the PodScheduled condition of a pod that fits no node: the nodes counted under their first reason, then
what preemption found. It is silent about preemption when evicting pods would make room.

`afterEviction`: reasons left on the node of that index once all pods of lower priority are gone, undefined when there are none.
*/
export const schedulingMessage = (
	nodes: readonly Refusal[],
	onlyNames: ReadonlySet<string> | undefined,
	afterEviction: (index: number) => Refusal['reasons'] | undefined,
): string => {
	if (nodes.length === 0) {
		return 'no nodes available to schedule pods';
	}

	const isLookedAt = (node: Refusal): boolean =>
		onlyNames === undefined || onlyNames.has(node.name);
	const filters =
		onlyNames?.size === 0
			? 'pod affinity terms conflict'
			: histogram(
					nodes.map((node) =>
						isLookedAt(node)
							? (node.reasons[0]?.messages ?? [])
							: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"],
					),
				);
	const preemption = preemptionSentence(
		nodes,
		(node) => isLookedAt(node) && node.reasons[0]?.isFinal === false,
		afterEviction,
	);
	const text = sentence(nodes.length, filters);
	return preemption === undefined
		? text
		: `${text} no new claims to deallocate, preemption: ${preemption}`;
};
