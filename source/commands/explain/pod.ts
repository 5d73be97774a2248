import {
	explainPod,
	type PodExplanation,
	podExplanationDocument,
} from '../../core/explain-pod.js';
import {diagnose} from '../../core/findings/diagnose.js';
import {type Finding} from '../../core/findings/finding.js';
import {findingsOfObject} from '../../core/findings/is-about.js';
import {kindsRead} from '../../core/findings/kinds-read.js';
import {type KindName, type Pod} from '../../core/model.js';
import {type Demand, podStory, type PodStory} from '../../core/pod-story.js';
import {sanitize} from '../../core/sanitize.js';
import {type World} from '../../core/world.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {documentVersion, formatTable, printDocument} from '../output.js';
import {rulesOf} from '../rules.js';
import {withWorld} from '../with-world.js';
import {notFound} from './not-found.js';

const findPods = (
	world: World,
	name: string,
	namespace?: string,
): readonly Pod[] =>
	[...world.consumer.list('Pod', namespace)].filter(
		({metadata}) => metadata.name === name,
	);

const demandRow = ({
	written = '-',
	admitted,
	from,
	isGuilty,
}: Demand): readonly string[] => [
	isGuilty ? 'x' : ' ',
	written,
	admitted,
	from,
];

/**
The demands as one table; the titles of terms stand between its lines.
*/
const demandLines = ({terms, added, missing}: PodStory): readonly string[] => {
	const rows = [...terms.flatMap(({demands}) => demands), ...added];
	const [head = '', ...lines] = formatTable(
		[' ', 'AS WRITTEN', 'AS ADMITTED', 'FROM'],
		rows.map((one) => demandRow(one)),
	);
	const shown: string[] = [head];
	let next = 0;
	for (const {title, demands} of terms) {
		shown.push(
			...(title === undefined ? [] : [title]),
			...lines.slice(next, next + demands.length),
		);
		next += demands.length;
	}

	return [
		...shown,
		...(terms.length === 0 ? ['No demands on labels: any node will do.'] : []),
		...lines.slice(next),
		...missing,
	];
};

const labelWidth = 16;

const textOf = (
	pod: Pod,
	{verdict}: PodExplanation,
	story: PodStory,
	finding: Finding | undefined,
): readonly string[] => {
	const {namespace, name} = pod.metadata;
	return [
		`Pod ${namespace}/${name}: ${verdict}`,
		'',
		...story.facts.map(
			({label, text}) => `${label.padEnd(labelWidth)} ${text}`,
		),
		'',
		...demandLines(story),
		...(finding === undefined || story.choices.length === 0
			? []
			: [
					'',
					`What can be done (fix ${finding.id} -n ${namespace} does it):`,
					...story.choices.map(
						({title, safety, effect}, index) =>
							`  ${index + 1}  ${title}  (${safety})${effect === undefined ? '' : `   ${effect}`}`,
					),
				]),
		'',
		...formatTable(
			['NODE', 'CLUSTER', 'FITS', 'WHY NOT'],
			story.nodes.map(({name: node, place, isFeasible, whyNot}) => [
				node,
				place,
				isFeasible ? 'yes' : 'no',
				whyNot,
			]),
		),
		...(story.unmodelled.length === 0
			? []
			: ['', `Not judged here: ${story.unmodelled.join(', ')}.`]),
	].map((line) => sanitize(line));
};

const pick = (
	context: CommandContext,
	pods: readonly Pod[],
	name: string,
): Pod | undefined => {
	if (pods.length > 1) {
		context.stderr.write(
			`${sanitize(`Several pods are called ${name}; the one in namespace ${pods[0]?.metadata.namespace ?? ''} is explained. Choose with -n.`)}\n`,
		);
	}

	return pods[0];
};

/**
What the document is made from: where the pod fits beside the others, and what the offloading demands of it. The text has a diagnosis as well.
*/
const kindsOfDocument: readonly KindName[] = [
	'Pod',
	'Node',
	'NamespaceOffloading',
];

/**
`explain pod NAME`: what is wrong, its demands with who made them, what can be done, and per node, whether the pod could run there and why not.
*/
export const explainOnePod = async (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
): Promise<ExitCode> => {
	const {args, flags, stdout} = context;
	const [space, own] = (args[1] ?? '').split('/', 2);
	const name = own ?? space ?? '';
	const kinds = form === 'text' ? kindsRead.consumer : kindsOfDocument;
	return withWorld(context, kinds, (open) => {
		const {world} = open;
		const namespace =
			own === undefined
				? (flags.namespace ??
					(flags.allNamespaces ? undefined : open.namespace))
				: space;
		const pod = pick(context, findPods(world, name, namespace), name);
		if (pod === undefined) {
			return notFound(
				context,
				`There is no pod "${name}"${namespace === undefined ? '' : ` in namespace ${namespace}`}.`,
			);
		}

		const explanation = explainPod(pod, world.consumer, rulesOf(context));
		if (form === 'text') {
			const [finding] = findingsOfObject(
				diagnose(world, {
					now: open.now(),
					namespaces: [pod.metadata.namespace],
				}).findings,
				pod,
				world.consumer,
			);
			const story = podStory(pod, explanation, finding, open.now());
			stdout.write(`${textOf(pod, explanation, story, finding).join('\n')}\n`);
		} else {
			printDocument(stdout, form, {
				apiVersion: documentVersion,
				kind: 'PodExplanation',
				...podExplanationDocument(pod, explanation, world.consumer),
			});
		}

		return exitCodes.fine;
	});
};
