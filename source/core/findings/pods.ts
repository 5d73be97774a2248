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
import {type ClusterView} from '../world.js';
import {type NamespaceScope, refOf} from './facts.js';
import {count} from './words.js';

export type Owner = {
	readonly kind:
		'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job';
	readonly reference: ObjectReference;
	readonly template?: PodSpec;
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
