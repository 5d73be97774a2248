import {imposedTerms, virtualNodeToleration} from './admission.js';
import {decode} from './decode.js';
import {ownerOf} from './findings/pods.js';
import {type JsonObject} from './json.js';
import {type Pod, type SelectorTerm} from './model.js';
import {createUnmetDemands} from './node-demands.js';
import {type PodTerm, podTerms} from './pod-terms.js';
import {type Rules} from './reconcilers/reconciler.js';
import {judgePod, type PodVerdict} from './scheduling.js';
import {evaluateTerm} from './selector.js';
import {type ClusterView, offloadingIn} from './world.js';

export type PodExplanation = PodVerdict & {
	readonly terms: readonly PodTerm[];
	/**
	Whether Liqo's webhook touched the pod.
	*/
	readonly isMutated: boolean;
	/**
	What creates it anew: with the demands that it wrote down itself, where its template can be seen.
	*/
	readonly owner?: {
		readonly kind: string;
		readonly name: string;
		readonly terms?: readonly PodTerm[];
		readonly isTolerating?: boolean;
	};
	/**
	Whether the pod was created before the offloading of its namespace; absent where there is none, or no time.
	*/
	readonly isOlder: boolean | undefined;
};

const isOlderThanOffloading = (
	{metadata: {namespace, creationTimestamp}}: Pod,
	view: ClusterView,
): boolean | undefined => {
	const begin = offloadingIn(view, namespace)?.metadata.creationTimestamp;
	return begin === undefined || creationTimestamp === undefined
		? undefined
		: creationTimestamp < begin;
};

/**
The terms that the offloading of a namespace imposes on its pods now.
*/
const imposedOn = (
	view: ClusterView,
	namespace: string,
	rules: Rules,
): readonly SelectorTerm[] => {
	const offloading = offloadingIn(view, namespace);
	const {generation} = view;
	if (
		offloading === undefined ||
		generation === undefined ||
		offloading.spec.podOffloadingStrategy === 'Local'
	) {
		return [];
	}

	const nodeSelectorTerms = imposedTerms(offloading.spec, {generation, rules});
	const {affinity} = decode('Pod', {
		spec: {
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms},
				},
			},
		},
	}).spec;
	return (
		affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
			?.nodeSelectorTerms ?? []
	);
};

const hasLiqoToleration = ({spec}: Pick<Pod, 'spec'>): boolean =>
	(spec.tolerations ?? []).some(
		({key, operator, effect, value, tolerationSeconds}) =>
			key === virtualNodeToleration.key &&
			operator === virtualNodeToleration.operator &&
			effect === virtualNodeToleration.effect &&
			value === undefined &&
			tolerationSeconds === undefined,
	);

/**
Where a pod may run and why not elsewhere, with every demand it makes and who made it.
*/
export const explainPod = (
	pod: Pod,
	view: ClusterView,
	rules: Rules,
): PodExplanation => {
	const imposed = imposedOn(view, pod.metadata.namespace, rules);
	const terms = podTerms(pod.spec, imposed);
	const verdict = judgePod(
		{
			spec: pod.spec,
			...(pod.metadata.uid !== '' && {uid: pod.metadata.uid}),
		},
		view,
		{isExhaustive: true},
	);
	const owner = ownerOf(view, pod);
	const unmetDemands = createUnmetDemands(terms);
	return {
		...verdict,
		nodes: verdict.nodes.map((node) => ({
			...node,
			reasons: node.reasons.map((reason) => {
				const object =
					reason.check === 'affinity'
						? view.get('Node', '', node.name)
						: undefined;
				const detail = object && unmetDemands(object);
				return detail === undefined ? reason : {...reason, detail};
			}),
		})),
		terms,
		isMutated: hasLiqoToleration(pod),
		...(owner && {
			owner: {
				kind: owner.kind,
				name: owner.reference.name,
				...(owner.template && {
					terms: podTerms(owner.template),
					isTolerating: hasLiqoToleration({spec: owner.template}),
				}),
			},
		}),
		isOlder: isOlderThanOffloading(pod, view),
	};
};

/**
Nodes on which a term holds, by name.
*/
const nodesMeeting = (
	{requirements}: PodTerm,
	view: ClusterView,
): readonly string[] => {
	const bare = (source: string) =>
		requirements
			.filter((requirement) => requirement.source === source)
			.map(({key, operator, values}) => ({
				key,
				operator,
				...(values !== undefined && {values}),
			}));
	const term: SelectorTerm = {
		matchExpressions: bare('matchExpressions'),
		matchFields: bare('matchFields'),
	};
	return [...view.list('Node')]
		.filter(
			({metadata: {name, labels}}) =>
				evaluateTerm(term, {name, labels}, 0, 'v1').matches,
		)
		.map(({metadata}) => metadata.name);
};

/**
The explanation as a document for programs.
*/
export const podExplanationDocument = (
	pod: Pod,
	explanation: PodExplanation,
	view: ClusterView,
): JsonObject => ({
	pod: {namespace: pod.metadata.namespace, name: pod.metadata.name},
	verdict: explanation.verdict,
	message: explanation.message,
	nodes: explanation.nodes.map(
		({name, isVirtual, cluster, isFeasible, reasons}) => ({
			name,
			virtual: isVirtual,
			cluster,
			feasible: isFeasible,
			reasons: reasons.map(
				({messages, detail}) => `${messages.join(', ')}: ${detail}`,
			),
		}),
	),
	terms: explanation.terms.map((term) => ({
		requirements: term.requirements.map(
			({source, key, operator, values, origin}) => ({
				source,
				key,
				operator,
				values,
				origin,
			}),
		),
		satisfiable: term.isSatisfiable,
		conflict: term.conflict,
		nodes: nodesMeeting(term, view),
	})),
	mutated: explanation.isMutated,
	unmodelled:
		explanation.unmodelled.length === 0 ? undefined : explanation.unmodelled,
});
