import {type PodExplanation} from './explain-pod.js';
import {type Finding} from './findings/finding.js';
import {keys} from './keys.js';
import {type Pod} from './model.js';
import {type PodRequirement, type PodTerm} from './pod-terms.js';
import {safetyText} from './remedies/safety-text.js';
import {type Level} from './rows/row.js';
import {formatAge} from './time.js';
import {requirementText} from './requirement-text.js';

/**
One demand of a pod: as its owner wrote it (or not), as it is in the pod, and who it is from.
*/
export type Demand = {
	readonly written: string | undefined;
	readonly admitted: string;
	readonly from: string;
	/**
	Whether it is one of those that exclude each other.
	*/
	readonly isGuilty: boolean;
};

/**
Why a pod runs where it does, or nowhere, in the order in which it is told. The text is that of the cluster: not yet sanitised.
*/
export type PodStory = {
	readonly facts: ReadonlyArray<{
		readonly label: string;
		readonly text: string;
		readonly level?: Level;
	}>;
	/**
	Any of these has to hold on the node; inside one, all demands have to. Without any, every node will do.
	*/
	readonly terms: ReadonlyArray<{
		/**
		Absent where there is only one, and it can be satisfied.
		*/
		readonly title?: string;
		readonly isSatisfiable: boolean;
		readonly demands: readonly Demand[];
	}>;
	/**
	What admission added beside the terms.
	*/
	readonly added: readonly Demand[];
	/**
	What the template asks for by now, and the pod does not.
	*/
	readonly missing: readonly string[];
	readonly choices: ReadonlyArray<{
		readonly title: string;
		readonly safety: string;
		readonly effect?: string;
	}>;
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		/**
		Its cluster, or that it is local.
		*/
		readonly place: string;
		readonly isFeasible: boolean;
		readonly whyNot: string;
	}>;
	/**
	What of the pod was not judged.
	*/
	readonly unmodelled: readonly string[];
};

type Fact = PodStory['facts'][number];

const originOf = (
	{origin, key, operator}: PodRequirement,
	isWritten: boolean,
): string => {
	switch (origin) {
		case 'offloading': {
			return key === keys.type && (operator === 'In' || operator === 'NotIn')
				? 'offloading: pod strategy'
				: 'offloading: selector';
		}

		case 'nodeSelector': {
			return isWritten ? 'pod: nodeSelector' : 'added later';
		}

		case 'pod': {
			return isWritten ? 'pod: affinity' : 'earlier, or added later';
		}
	}
};

const textsOf = (terms: readonly PodTerm[]): ReadonlySet<string> =>
	new Set(
		terms.flatMap(({requirements}) =>
			requirements.map((one) => requirementText(one)),
		),
	);

const demandOf = (
	requirement: PodRequirement,
	written: ReadonlySet<string> | undefined,
	isGuilty: boolean,
): Demand => {
	const text = requirementText(requirement);
	// Without its template, what is not the offloading's is taken for the owner's.
	const isWritten = written
		? written.has(text)
		: requirement.origin !== 'offloading';
	return {
		written: isWritten ? text : undefined,
		admitted: text,
		from: originOf(requirement, isWritten),
		isGuilty,
	};
};

const toleration = 'tolerates virtual nodes';

const demandsOf = ({
	terms,
	owner,
	isMutated,
}: PodExplanation): Pick<PodStory, 'terms' | 'added' | 'missing'> => {
	const written = owner?.terms && textsOf(owner.terms);
	const isOwn = owner?.isTolerating === true;
	return {
		terms: terms.map(({requirements, conflict, isSatisfiable}, index) => ({
			...((terms.length > 1 || !isSatisfiable) && {
				title: `${index === 0 ? 'term 1' : `or term ${index + 1}`}${isSatisfiable ? '' : ': contradicts itself, no node can satisfy it'}`,
			}),
			isSatisfiable,
			demands: requirements.map((requirement, place) =>
				demandOf(requirement, written, conflict.includes(place)),
			),
		})),
		added: isMutated
			? [
					{
						written: isOwn ? toleration : undefined,
						admitted: toleration,
						from: isOwn ? 'pod: tolerations' : "Liqo's admission",
						isGuilty: false,
					},
				]
			: [],
		missing: written
			? [...written.difference(textsOf(terms))].map(
					(text) =>
						`The template asks for ${text} now; this pod was made before that.`,
				)
			: [],
	};
};

const saidOf = ({status}: Pod): string | undefined =>
	status.conditions.find(({type}) => type === 'PodScheduled')?.message;

/**
The sentence on the nodes; what would help by evicting others is left to describe.
*/
const firstSentence = (message: string): string =>
	`${message.split('. ', 1)[0]!.replace(/\.$/v, '')}.`;

/**
What kube-scheduler says, and whether we come to the same.
*/
const schedulerFacts = (
	pod: Pod,
	{verdict, message}: PodExplanation,
): readonly Fact[] => {
	if (verdict === 'bound') {
		return [];
	}

	const said = saidOf(pod);
	if (said === undefined) {
		return [
			{label: 'We say', text: firstSentence(message)},
			{
				label: 'kube-scheduler',
				text: 'has not said anything yet',
				level: 'none',
			},
		];
	}

	return said === message
		? [{label: 'kube-scheduler', text: `${firstSentence(said)} We agree.`}]
		: [
				{label: 'kube-scheduler', text: firstSentence(said)},
				{label: 'We say', text: firstSentence(message), level: 'warning'},
			];
};

const admissionText = ({isMutated, isOlder}: PodExplanation): string => {
	const age =
		isOlder === undefined
			? 'its namespace is not offloaded'
			: isOlder
				? 'created before the offloading'
				: 'created after the offloading';
	return isMutated
		? `let onto virtual nodes by Liqo; ${age}`
		: `not let onto virtual nodes by Liqo; ${age}`;
};

/**
Why a pod runs where it does, or nowhere: what is wrong, its demands with who made them, the contradiction if there is one, what can be done, and each node
with what it refuses.

@param pod
@param explanation
@param finding - The worst that is known about the pod.
@param now - Epoch milliseconds.
*/
export const podStory = (
	pod: Pod,
	explanation: PodExplanation,
	finding: Finding | undefined,
	now: number,
): PodStory => {
	const {owner, unmodelled, verdict, message, nodes} = explanation;
	const created = formatAge(pod.metadata.creationTimestamp, now);
	return {
		facts: [
			{
				label: 'Pod',
				text: `${pod.status.phase ?? '-'}, created ${created} ago${owner ? ` by ${owner.kind} ${owner.name}` : ', by nobody who would make it anew'}`,
			},
			...(verdict === 'bound' ? [{label: 'Node', text: message}] : []),
			...(finding
				? [
						{label: 'Why', text: finding.message, level: finding.severity},
						{label: 'What follows', text: finding.consequence},
					]
				: []),
			{label: 'Admission', text: admissionText(explanation)},
			...schedulerFacts(pod, explanation),
		],
		...demandsOf(explanation),
		choices: (finding?.offers ?? []).map((offer) => ({
			title: offer.title,
			safety: safetyText(offer),
			...(offer.effect !== undefined && {effect: offer.effect}),
		})),
		nodes: nodes.map(({name, isVirtual, cluster, isFeasible, reasons}) => ({
			name,
			place: isVirtual ? (cluster ?? 'virtual') : 'local',
			isFeasible,
			whyNot: reasons.map(({detail}) => detail).join('; '),
		})),
		unmodelled,
	};
};
