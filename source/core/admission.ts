import {isCorrected, type Rules} from './divergences.js';
import {type Generation} from './generations/generation.js';
import {isJsonObject, type Json, type JsonObject} from './json.js';
import {keys, virtualNodeType} from './keys.js';
import {
	type NamespaceOffloading,
	type SelectorRequirement,
	type SelectorTerm,
} from './model.js';
import {quote} from './label-syntax.js';
import {mergeTolerations} from './merge-tolerations.js';
import {isEmptyTerm} from './selector.js';

/**
Name under which Liqo registers its own runtime class unless told otherwise.
*/
export const defaultRuntimeClass = 'liqo';

/**
Lets a pod onto virtual nodes.
*/
export const virtualNodeToleration = {
	key: keys.notAllowed,
	operator: 'Exists',
	effect: 'NoExecute',
} as const;

const virtualOnly: SelectorRequirement = {
	key: keys.type,
	operator: 'In',
	values: [virtualNodeType],
};

const localOnly: SelectorRequirement = {
	key: keys.type,
	operator: 'NotIn',
	values: [virtualNodeType],
};

export type AdmissionOptions = {
	readonly generation: Generation;
	readonly rules: Rules;
	/**
	@default 'liqo'
	*/
	readonly runtimeClass?: string;
};

/**
What becomes of a pod: itself when nothing is to be done, a new object, or a refusal as an API server words it.
*/
export type PodAdmission =
	| {
			readonly outcome: 'admitted';
			readonly pod: JsonObject;
			readonly isMutated: boolean;
	  }
	| {
			readonly outcome: 'denied';
			readonly status: number;
			readonly message: string;
	  };

const objectAt = (parent: JsonObject, key: string): JsonObject => {
	const value = parent[key];
	return isJsonObject(value) ? value : {};
};

const listAt = (parent: JsonObject, key: string): readonly Json[] => {
	const value = parent[key];
	return Array.isArray(value) ? (value as readonly Json[]) : [];
};

const encodeRequirement = ({
	key,
	operator,
	values,
}: SelectorRequirement): JsonObject =>
	values === undefined || values.length === 0
		? {key, operator}
		: {key, operator, values};

const buildTerm = (
	expressions: readonly Json[],
	fields: readonly Json[],
): JsonObject => ({
	...(expressions.length > 0 && {matchExpressions: expressions}),
	...(fields.length > 0 && {matchFields: fields}),
});

/**
A term as a typed client writes it: without lists that are empty. `extra` requirements come last.
*/
export const encodeTerm = (
	term: SelectorTerm,
	...extra: readonly SelectorRequirement[]
): JsonObject =>
	buildTerm(
		[...(term.matchExpressions ?? []), ...extra].map((requirement) =>
			encodeRequirement(requirement),
		),
		(term.matchFields ?? []).map((requirement) =>
			encodeRequirement(requirement),
		),
	);

/**
The terms that an offloading imposes on the pods of its namespace; absent when it leaves their affinity alone
(Liqo: pod mutation, imposed terms). An empty term matches no node.
*/
export const imposedTerms = (
	spec: NamespaceOffloading['spec'],
	{generation, rules}: AdmissionOptions,
): readonly JsonObject[] | undefined => {
	const given = spec.clusterSelector?.nodeSelectorTerms ?? [];
	const isRemote = spec.podOffloadingStrategy === 'Remote';
	if (given.length === 0) {
		const isDefaulted =
			generation.rules.controllers !== 'v0.3' ||
			isCorrected(rules, 'undefaulted-selector');
		if (isRemote) {
			return isDefaulted ? [encodeTerm({}, virtualOnly)] : [];
		}

		return isDefaulted ? undefined : [encodeTerm({}, localOnly)];
	}

	const terms = isCorrected(rules, 'empty-term-widens')
		? given.filter((term) => !isEmptyTerm(term))
		: given;
	if (!isRemote) {
		return [
			...terms.map((term) => encodeTerm(term)),
			encodeTerm({}, localOnly),
		];
	}

	return terms.length === 0
		? [{}]
		: terms.map((term) => encodeTerm(term, virtualOnly));
};

const isEmptyRawTerm = (term: JsonObject): boolean =>
	listAt(term, 'matchExpressions').length === 0 &&
	listAt(term, 'matchFields').length === 0;

const mergeTerm = (
	own: JsonObject,
	imposed: JsonObject,
	hasFields: boolean,
): JsonObject =>
	buildTerm(
		[
			...listAt(own, 'matchExpressions'),
			...listAt(imposed, 'matchExpressions'),
		],
		hasFields
			? [...listAt(own, 'matchFields'), ...listAt(imposed, 'matchFields')]
			: [],
	);

/**
The pod's own terms combined with the imposed ones: every pair, the pod's in the outer loop.
*/
export const mergeTerms = (
	own: readonly JsonObject[],
	imposed: readonly JsonObject[],
	rules: Rules,
): readonly JsonObject[] => {
	if (own.length === 0) {
		return imposed;
	}

	const isExact = isCorrected(rules, 'merge-drops-fields');
	const canMatch = (term: JsonObject): boolean =>
		!isExact || !isEmptyRawTerm(term);
	const merged = own
		.filter((term) => canMatch(term))
		.flatMap((term) =>
			imposed
				.filter((other) => canMatch(other))
				.map((other) => mergeTerm(term, other, isExact)),
		);
	// One term that matches nothing keeps the pod off every node; none at all would not be a legal pod.
	return isExact && merged.length === 0 ? [{}] : merged;
};

const textOf = (value: Json | undefined): string =>
	typeof value === 'string' ? value : '';

const isTolerated = (toleration: Json): boolean => {
	if (!isJsonObject(toleration)) {
		return false;
	}

	const {key, operator, value, effect, tolerationSeconds} = toleration;
	const isOfEffect = ['', 'NoExecute'].includes(textOf(effect));
	if (!isOfEffect || tolerationSeconds !== undefined) {
		return false;
	}

	return operator === 'Exists'
		? ['', keys.notAllowed].includes(textOf(key))
		: key === keys.notAllowed && value === 'true';
};

const withToleration = (spec: JsonObject, rules: Rules): readonly Json[] => {
	const tolerations = listAt(spec, 'tolerations');
	return isCorrected(rules, 'toleration-doubled') &&
		tolerations.some((toleration) => isTolerated(toleration))
		? tolerations
		: [...tolerations, virtualNodeToleration];
};

const withTerms = (
	spec: JsonObject,
	imposed: readonly JsonObject[],
	rules: Rules,
): JsonObject => {
	const affinity = objectAt(spec, 'affinity');
	const nodeAffinity = objectAt(affinity, 'nodeAffinity');
	const required = objectAt(
		nodeAffinity,
		'requiredDuringSchedulingIgnoredDuringExecution',
	);
	const own = listAt(required, 'nodeSelectorTerms').filter((term) =>
		isJsonObject(term),
	);
	return {
		...affinity,
		nodeAffinity: {
			...nodeAffinity,
			requiredDuringSchedulingIgnoredDuringExecution: {
				...required,
				nodeSelectorTerms: mergeTerms(own, imposed, rules),
			},
		},
	};
};

const untouched = (pod: JsonObject): PodAdmission => ({
	outcome: 'admitted',
	pod,
	isMutated: false,
});

const failure = (
	pod: JsonObject,
	reason: string,
	generation: Generation,
): PodAdmission =>
	generation.rules.controllers === 'v0.3'
		? untouched(pod)
		: {
				outcome: 'denied',
				status: 500,
				message: `admission webhook "pod.mutate.liqo.io" denied the request: ${reason}`,
			};

/**
What Liqo's webhook makes of a pod that is being created in a namespace it watches (Liqo: pod mutation webhook). Not idempotent under
`upstream` rules. Without an offloading v0.3 lets the pod pass as it is, later generations refuse it.
*/
export const mutatePod = (
	pod: JsonObject,
	offloading: NamespaceOffloading | undefined,
	options: AdmissionOptions,
): PodAdmission => {
	const {generation, rules, runtimeClass = defaultRuntimeClass} = options;
	if (offloading === undefined) {
		return failure(pod, 'failed retrieving NamespaceOffloading', generation);
	}

	const spec = objectAt(pod, 'spec');
	const strategy = offloading.spec.podOffloadingStrategy;
	const isExempt =
		generation.rules.controllers !== 'v0.3' &&
		spec.runtimeClassName === runtimeClass;
	if (strategy === 'Local' || isExempt) {
		return untouched(pod);
	}

	if (strategy !== 'Remote' && strategy !== 'LocalAndRemote') {
		return failure(pod, 'failed constructing pod mutation', generation);
	}

	const imposed = imposedTerms(offloading.spec, options);
	return {
		outcome: 'admitted',
		isMutated: true,
		pod: {
			...pod,
			spec: {
				...spec,
				...(imposed && {affinity: withTerms(spec, imposed, rules)}),
				tolerations: withToleration(spec, rules),
			},
		},
	};
};

/**
What the API server's RuntimeClass admission adds to a pod of Liqo's own runtime class, before any webhook sees it.
*/
export const applyRuntimeClass = (
	pod: JsonObject,
	runtimeClass: string = defaultRuntimeClass,
): JsonObject => {
	const spec = objectAt(pod, 'spec');
	if (spec.runtimeClassName !== runtimeClass) {
		return pod;
	}

	return {
		...pod,
		spec: {
			...spec,
			nodeSelector: {
				...objectAt(spec, 'nodeSelector'),
				[keys.type]: virtualNodeType,
			},
			tolerations: mergeTolerations(listAt(spec, 'tolerations'), [
				virtualNodeToleration,
			]),
		},
	};
};

/**
Why the API server would not take a pod of Liqo's own runtime class: it asks for other nodes than the class does. Absent when it would.
*/
export const runtimeClassConflict = (
	pod: JsonObject,
	runtimeClass: string = defaultRuntimeClass,
): string | undefined => {
	const spec = objectAt(pod, 'spec');
	const asked = objectAt(spec, 'nodeSelector')[keys.type];
	return spec.runtimeClassName !== runtimeClass ||
		asked === undefined ||
		asked === virtualNodeType
		? undefined
		: `pods ${quote(textOf(objectAt(pod, 'metadata').name))} is forbidden: conflict: runtimeClass.scheduling.nodeSelector[${keys.type}] = ${virtualNodeType}; pod.spec.nodeSelector[${keys.type}] = ${textOf(asked)}`;
};
