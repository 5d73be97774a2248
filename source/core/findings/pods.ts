import {imposedTerms, mergeTerms, virtualNodeToleration} from '../admission.js';
import {controllerOf} from '../controller-of.js';
import {type Generation} from '../generations/generation.js';
import {isJsonObject, type Json} from '../json.js';
import {keys, virtualNodeType} from '../keys.js';
import {
	type KindMap,
	type NamespaceOffloading,
	type NodeSelector,
	type ObjectReference,
	type Pod,
	type PodSpec,
	type SelectorTerm,
} from '../model.js';
import {isTolerating} from '../node-checks.js';
import {podTerms, type PodTerm} from '../pod-terms.js';
import {
	judgePodByNode,
	type NodeVerdict,
	type PodVerdict,
} from '../scheduling.js';
import {lastOf, type Steps} from '../steps.js';
import {type ClusterView} from '../world.js';
import {type NamespaceScope, refOf, type WorldScope} from './facts.js';
import {count} from './words.js';

export type Owner = {
	readonly kind:
		'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job';
	readonly reference: ObjectReference;
	readonly template?: PodSpec;
};

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

const ownerKinds = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const;

type Template = KindMap[Owner['kind']];

const ownerFrom = (kind: Owner['kind'], object: Template): Owner => ({
	kind,
	reference: refOf(object),
	...(object.spec.template && {template: object.spec.template.spec}),
});

/**
What would create a pod again: its controller, or the Deployment behind it. A controller that cannot be seen is still named.
*/
export const ownerOf = (home: ClusterView, pod: Pod): Owner | undefined => {
	const {namespace} = pod.metadata;
	const reference = controllerOf(pod);
	const kind = ownerKinds.find((one) => one === reference?.kind);
	if (!reference || kind === undefined) {
		return undefined;
	}

	const object = home.get(kind, namespace, reference.name);
	const above = object?.metadata.ownerReferences.find(
		(one) => one.kind === 'Deployment',
	);
	const deployment = above && home.get('Deployment', namespace, above.name);
	if (deployment) {
		return ownerFrom('Deployment', deployment);
	}

	return object
		? ownerFrom(kind, object)
		: {
				kind,
				reference: {
					apiVersion: reference.apiVersion,
					kind,
					namespace,
					name: reference.name,
				},
			};
};

export const isToleratingVirtualNodes = (spec: PodSpec): boolean =>
	(spec.tolerations ?? []).some((toleration) =>
		isTolerating(toleration, {
			key: keys.notAllowed,
			value: 'true',
			effect: virtualNodeToleration.effect,
		}),
	);

const termsOf = (spec: PodSpec): readonly SelectorTerm[] =>
	spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
		?.nodeSelectorTerms ?? [];

/**
What an offloading adds to the terms of new pods; nothing when it leaves them alone.
*/
const imposedBy = (
	spec: NamespaceOffloading['spec'],
	generation: Generation,
): readonly SelectorTerm[] | undefined =>
	spec.podOffloadingStrategy === 'Local'
		? undefined
		: // Terms have the same shape as data and as raw object.
			imposedTerms(spec, {generation, rules: 'upstream'});

export const imposedOn = ({
	all,
	offloading,
}: NamespaceScope): readonly SelectorTerm[] | undefined =>
	offloading && imposedBy(offloading.spec, all.generation);

/**
An owner's template as its pods would come out of admission now, or under another strategy.
*/
export const admittedTemplate = (
	scope: NamespaceScope,
	template: PodSpec,
	strategy = scope.strategy,
): PodSpec => {
	const {offloading, all} = scope;
	if (
		!offloading ||
		strategy === undefined ||
		strategy === 'Local' ||
		(!scope.isLabelled && strategy === scope.strategy)
	) {
		return template;
	}

	const imposed = imposedBy(
		{...offloading.spec, podOffloadingStrategy: strategy},
		all.generation,
	);
	const tolerations = [...(template.tolerations ?? []), virtualNodeToleration];
	if (imposed === undefined) {
		return {...template, tolerations};
	}

	const terms = mergeTerms(
		termsOf(template),
		imposed,
		'upstream',
	) as NodeSelector['nodeSelectorTerms'];
	return {
		...template,
		tolerations,
		affinity: {
			...template.affinity,
			nodeAffinity: {
				...template.affinity?.nodeAffinity,
				requiredDuringSchedulingIgnoredDuringExecution: {
					nodeSelectorTerms: terms,
				},
			},
		},
	};
};

const ordered = (value: Json | undefined): unknown => {
	if (Array.isArray(value)) {
		return value.map((one) => ordered(one as Json));
	}

	return isJsonObject(value)
		? Object.fromEntries(
				Object.entries(value)
					.toSorted(([a], [b]) => a.localeCompare(b))
					.filter(([, one]) => one !== undefined)
					.map(([key, one]) => [key, ordered(one)]),
			)
		: value;
};

export const isSameTerms = (
	one: readonly SelectorTerm[],
	other: readonly SelectorTerm[],
): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

export const requiredTermsOf = termsOf;

/**
Whether a pod asks for a virtual node by itself.
*/
export const isWantingVirtual = (spec: PodSpec): boolean => {
	if (
		spec.nodeSelector?.[keys.type] === virtualNodeType ||
		spec.nodeSelector?.[keys.remoteClusterId] !== undefined
	) {
		return true;
	}

	const terms = termsOf(spec);
	return (
		terms.length > 0 &&
		terms.every(({matchExpressions = []}) =>
			matchExpressions.some(
				({key, operator, values = []}) =>
					(key === keys.type &&
						operator === 'In' &&
						values.every((value) => value === virtualNodeType)) ||
					(key === keys.remoteClusterId && ['In', 'Exists'].includes(operator)),
			),
		)
	);
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

/**
`2 pods of Deployment web`, `Pod tool`.
*/
export const describePods = (
	pods: readonly Pod[],
	owner: Owner | undefined,
): string =>
	owner
		? `${count(pods.length, 'pod')} of ${owner.kind} ${owner.reference.name}`
		: `Pod ${pods[0]!.metadata.name}`;

export const podNames = (pods: readonly Pod[]): string =>
	pods.map(({metadata}) => metadata.name).join(',');

/**
Owners of pods, each with its pods; bare pods stand alone.
*/
export const byOwner = (
	home: ClusterView,
	pods: readonly Pod[],
): ReadonlyArray<{
	readonly owner: Owner | undefined;
	readonly pods: readonly Pod[];
}> => {
	const groups = Map.groupBy(
		pods,
		(pod) => controllerOf(pod)?.uid ?? `pod ${pod.metadata.name}`,
	);
	return Array.from(groups.values(), (group) => ({
		owner: ownerOf(home, group[0]!),
		pods: group,
	}));
};
