import {explainPod, type PodExplanation} from '../../core/explain-pod.js';
import {type Pod} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {formatAge} from '../../core/time.js';
import {fit} from '../display-width.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {worstOfRow} from '../findings/row-findings.js';
import {safetyText} from '../fix/fix-plan.js';
import {field, type Line, line} from '../line.js';
import {rulesOf} from '../rules.js';
import {demandLines} from './explain-demands.js';

const conditionMessage = ({status}: Pod): string | undefined =>
	status.conditions.find(({type}) => type === 'PodScheduled')?.message;

/**
The sentence on the nodes; what would help by evicting others is left to describe.
*/
const firstSentence = (message: string): string =>
	`${message.split('. ', 1)[0]!.replace(/\.$/v, '')}.`;

/**
What kube-scheduler says, and whether we come to the same.
*/
const schedulerLines = (
	pod: Pod,
	{verdict, message}: PodExplanation,
): readonly Line[] => {
	if (verdict === 'bound') {
		return [];
	}

	const said = conditionMessage(pod);
	if (said === undefined) {
		return [
			field('We say', sanitize(firstSentence(message))),
			field('kube-scheduler', 'has not said anything yet', {tone: 'dim'}),
		];
	}

	return said === message
		? [field('kube-scheduler', sanitize(`${firstSentence(said)} We agree.`))]
		: [
				field('kube-scheduler', sanitize(firstSentence(said))),
				field('We say', sanitize(firstSentence(message)), {tone: 'warning'}),
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

const nodeLines = ({nodes}: PodExplanation): readonly Line[] => {
	const nodeWidth = Math.max(4, ...nodes.map(({name}) => name.length)) + 2;
	const clusterWidth =
		Math.max(7, ...nodes.map(({cluster}) => cluster?.length ?? 0)) + 2;
	return [
		[
			{
				text: `${fit('NODE', nodeWidth)}${fit('CLUSTER', clusterWidth)}${fit('RUNS', 6)}WHY NOT`,
				tone: 'dim',
			},
		],
		...nodes.map((node): Line => [
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
	];
};

/**
What can be done about it; `f` goes there.
*/
const choiceLines = (explorer: Explorer, pod: Pod): readonly Line[] => {
	const finding = worstOfRow(explorer, pod);
	return !finding || finding.offers.length === 0
		? []
		: [
				line(''),
				[
					{text: 'What can be done', tone: 'strong'},
					{text: '   f goes to these choices', tone: 'dim'},
				],
				...finding.offers.map((offer, index): Line => [
					{text: `  ${index + 1}  `},
					{
						text: sanitize(
							`${offer.title}  (${safetyText(offer)})${offer.effect === undefined ? '' : `   ${offer.effect}`}`,
						),
					},
				]),
			];
};

/**
Why a pod runs where it does, or nowhere: its demands with who made them, the contradiction if there is one, each node with what it refuses, and
what can be done.
*/
export const explainPodLines = (
	pod: Pod,
	explorer: Explorer,
): readonly Line[] => {
	const {world, ports, session, ui} = explorer;
	const explanation = explainPod(pod, world.consumer, rulesOf(session));
	const {owner, unmodelled, verdict, message} = explanation;
	const finding = worstOfRow(explorer, pod);
	const created = formatAge(pod.metadata.creationTimestamp, ports.now());
	return [
		field(
			'Pod',
			sanitize(
				`${pod.status.phase ?? '-'}, created ${created} ago${owner ? ` by ${owner.kind} ${owner.name}` : ', by nobody who would make it anew'}`,
			),
		),
		...(verdict === 'bound' ? [field('Node', sanitize(message))] : []),
		...(finding
			? [
					field('Why', sanitize(shortIds(finding.message)), {
						tone: finding.severity,
					}),
					field('What follows', sanitize(shortIds(finding.consequence))),
				]
			: []),
		field('Admission', admissionText(explanation)),
		...schedulerLines(pod, explanation),
		line(''),
		...demandLines(explanation, ui.state().size.width - 2),
		...choiceLines(explorer, pod),
		line(''),
		...nodeLines(explanation),
		...(unmodelled.length === 0
			? []
			: [
					line(''),
					line(sanitize(`Not judged here: ${unmodelled.join(', ')}.`), 'dim'),
				]),
	];
};
