import {controllerOf} from '../controller-of.js';
import {type Pod, type PodSpec} from '../model.js';
import {podTerms, type PodTerm} from '../pod-terms.js';
import {
	judgePodByNode,
	type NodeVerdict,
	type PodVerdict,
} from '../scheduling.js';
import {lastOf, type Steps} from '../steps.js';
import {type NamespaceScope, type WorldScope} from './facts.js';
import {
	imposedOn,
	isToleratingVirtualNodes,
	type Owner,
	ownerOf,
} from './pods.js';

/**
Unbound pods of one owner with the same constraints: judged once.
*/
export type PendingPods = {
	readonly pods: readonly Pod[];
	readonly owner: Owner | undefined;
	readonly verdict: PodVerdict;
	readonly terms: readonly PodTerm[];
	readonly isTolerating: boolean;
};

const isPending = ({metadata, spec, status}: Pod): boolean =>
	(spec.nodeName === undefined || spec.nodeName === '') &&
	metadata.deletionTimestamp === undefined &&
	(status.phase === undefined || status.phase === 'Pending') &&
	(spec.schedulingGates ?? []).length === 0;

const constraintsOf = ({spec}: Pod): string =>
	JSON.stringify([
		spec.affinity,
		spec.nodeSelector,
		spec.tolerations,
		spec.containers.map(({resources}) => resources),
		spec.runtimeClassName,
	]);

/**
Everything of a spec that decides where the pod may run.
*/
export const placementOf = (spec: PodSpec): string =>
	JSON.stringify([
		spec.affinity,
		spec.nodeSelector,
		spec.tolerations,
		[spec.containers, spec.initContainers].map((containers) =>
			containers?.map(({resources, ports, restartPolicy}) => [
				resources,
				ports,
				restartPolicy,
			]),
		),
		spec.overhead,
		spec.priority,
		spec.topologySpreadConstraints,
		spec.claims,
		spec.schedulerName,
	]);

const verdicts = new WeakMap<WorldScope, Map<string, PodVerdict>>();

const verdictsOf = (all: WorldScope): Map<string, PodVerdict> => {
	const known = verdicts.get(all) ?? new Map<string, PodVerdict>();
	verdicts.set(all, known);
	return known;
};

/**
The verdict about a pod that is on no node, found once in a pass for all pods that ask for the same.
*/
function* judgeOnce(all: WorldScope, {spec}: Pod): Steps<PodVerdict> {
	const known = verdictsOf(all);
	const placement = placementOf(spec);
	const verdict =
		known.get(placement) ??
		(yield* judgePodByNode({spec}, all.home, {isExhaustive: true}));
	known.set(placement, verdict);
	return verdict;
}

const held = new WeakMap<NamespaceScope, readonly PendingPods[]>();

/**
`pendingPods` in steps.
*/
export function* findPendingPods(
	scope: NamespaceScope,
): Steps<readonly PendingPods[]> {
	const known = held.get(scope);
	if (known) {
		return known;
	}

	const {home} = scope.all;
	const groups = Map.groupBy(
		scope.pods.filter((pod) => isPending(pod)),
		(pod) =>
			`${controllerOf(pod)?.uid ?? pod.metadata.name} ${constraintsOf(pod)}`,
	);
	const imposed = imposedOn(scope) ?? [];
	const result: PendingPods[] = [];
	for (const pods of groups.values()) {
		const first = pods[0]!;
		const verdict = yield* judgeOnce(scope.all, first);
		if (verdict.verdict === 'unschedulable') {
			result.push({
				pods,
				owner: ownerOf(home, first),
				verdict,
				terms: podTerms(first.spec, imposed),
				isTolerating: isToleratingVirtualNodes(first.spec),
			});
		}
	}

	held.set(scope, result);
	return result;
}

/**
The pods of a namespace that no node takes, grouped by owner and constraints.
*/
export const pendingPods = (scope: NamespaceScope): readonly PendingPods[] =>
	lastOf(findPendingPods(scope));

/**
Nodes on which nothing but these checks is in the way.
*/
export const blockedOnlyBy = (
	{verdict}: PendingPods,
	...checks: ReadonlyArray<NodeVerdict['reasons'][number]['check']>
): readonly NodeVerdict[] =>
	verdict.nodes.filter(
		({reasons}) =>
			reasons.length > 0 && reasons.every(({check}) => checks.includes(check)),
	);
