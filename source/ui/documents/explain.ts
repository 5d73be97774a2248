import {explainPod} from '../../core/explain-pod.js';
import {type Pod} from '../../core/model.js';
import {isAntithetical, type PodTerm} from '../../core/pod-terms.js';
import {sanitize} from '../../core/sanitize.js';
import {formatAge} from '../../core/time.js';
import {fit} from '../display-width.js';
import {type Explorer} from '../explorer.js';
import {field, type Line, line} from '../line.js';
import {rulesOf} from '../rules.js';

const origins: Readonly<
	Record<PodTerm['requirements'][number]['origin'], string>
> = {
	pod: "from the pod's own affinity",
	nodeSelector: "from the pod's nodeSelector",
	offloading: 'from the offloading',
};

const requirementText = ({
	key,
	operator,
	values = [],
}: PodTerm['requirements'][number]): string =>
	`${key} ${operator}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`;

const termLines = (terms: readonly PodTerm[]): readonly Line[] => {
	const widest = Math.max(
		...terms.flatMap(({requirements}) =>
			requirements.map((one) => requirementText(one).length),
		),
		0,
	);
	return terms.flatMap((term, index) => [
		line(
			`${index === 0 ? 'Term 1' : `or term ${index + 1}`}${term.isSatisfiable ? '' : ': contradicts itself, no node can satisfy it'}`,
			term.isSatisfiable ? 'strong' : 'error',
		),
		...term.requirements.map((requirement, place): Line => {
			const isGuilty = term.conflict.includes(place);
			return [
				{text: isGuilty ? '  x ' : ' '.repeat(4), tone: 'error'},
				{
					text: fit(sanitize(requirementText(requirement)), widest + 3),
					tone: isGuilty ? 'error' : undefined,
				},
				{text: origins[requirement.origin], tone: 'dim'},
			];
		}),
	]);
};

const conditionMessage = ({status}: Pod): string | undefined =>
	status.conditions.find(({type}) => type === 'PodScheduled')?.message;

/**
Why a pod runs where it does, or nowhere: its demands with who made them, the contradiction if there is one, and each node with what it refuses.
*/
export const explainPodLines = (
	pod: Pod,
	{world, ports, session}: Explorer,
): readonly Line[] => {
	const explanation = explainPod(pod, world.consumer, rulesOf(session));
	const said = conditionMessage(pod);
	const created = formatAge(pod.metadata.creationTimestamp, ports.now());
	const nodeWidth =
		Math.max(4, ...explanation.nodes.map(({name}) => name.length)) + 2;
	const clusterWidth =
		Math.max(7, ...explanation.nodes.map(({cluster}) => cluster?.length ?? 0)) +
		2;
	return [
		field(
			'Pod',
			sanitize(`${pod.status.phase ?? '-'}, created ${created} ago`),
		),
		field(
			'Changed by Liqo',
			explanation.isMutated
				? 'yes: it may run on virtual nodes'
				: 'no: its webhook has not touched it',
			{tone: explanation.isMutated ? undefined : 'warning'},
		),
		field('We say', sanitize(explanation.message)),
		...(said === undefined || explanation.verdict === 'bound'
			? []
			: [field('kube-scheduler', sanitize(said))]),
		line(''),
		...(explanation.terms.length === 0
			? [line('It makes no demands on labels.', 'dim')]
			: termLines(explanation.terms)),
		...(isAntithetical(explanation.terms)
			? [
					line(''),
					line(
						'Every way to satisfy it contradicts itself: change the pod, the selector or the strategy, then create the pod again.',
						'error',
					),
				]
			: []),
		line(''),
		[
			{
				text: `${fit('NODE', nodeWidth)}${fit('CLUSTER', clusterWidth)}${fit('RUNS', 6)}WHY NOT`,
				tone: 'dim',
			},
		],
		...explanation.nodes.map((node): Line => [
			{text: fit(sanitize(node.name), nodeWidth)},
			{
				text: fit(
					sanitize(node.isVirtual ? (node.cluster ?? 'virtual') : 'local'),
					clusterWidth,
				),
			},
			{
				text: fit(node.isFeasible ? '+ yes' : 'x no', 6),
				tone: node.isFeasible ? 'fine' : 'error',
			},
			{text: sanitize(node.reasons.map(({detail}) => detail).join('; '))},
		]),
		...(explanation.unmodelled.length === 0
			? []
			: [
					line(''),
					line(
						sanitize(`Not judged here: ${explanation.unmodelled.join(', ')}.`),
						'dim',
					),
				]),
	];
};
