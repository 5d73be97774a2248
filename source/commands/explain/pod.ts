import {
	explainPod,
	type PodExplanation,
	podExplanationDocument,
} from '../../core/explain-pod.js';
import {type Pod} from '../../core/model.js';
import {isAntithetical, type PodTerm} from '../../core/pod-terms.js';
import {sanitize} from '../../core/sanitize.js';
import {type World} from '../../core/world.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {documentVersion, formatTable, printDocument} from '../output.js';
import {notFound, rulesOf, withWorld} from './open.js';

const findPods = (
	world: World,
	name: string,
	namespace?: string,
): readonly Pod[] =>
	[...world.consumer.list('Pod', namespace)].filter(
		({metadata}) => metadata.name === name,
	);

const requirementText = ({
	key,
	operator,
	values = [],
}: PodTerm['requirements'][number]): string =>
	[
		key,
		operator,
		...(values.length > 0 ? [`[${values.join(', ')}]`] : []),
	].join(' ');

const termLines = (terms: readonly PodTerm[]): readonly string[] =>
	terms.flatMap((term, index) => [
		`  ${index + 1}. ${term.isSatisfiable ? 'can be satisfied' : 'contradicts itself: no node can ever satisfy it'}`,
		...term.requirements.map(
			(requirement, place) =>
				`     ${term.conflict.includes(place) ? '!' : ' '} ${requirementText(requirement)}  (${requirement.origin})`,
		),
	]);

const textOf = (pod: Pod, explanation: PodExplanation): readonly string[] => {
	const {namespace, name} = pod.metadata;
	const rows = explanation.nodes.map((node) => [
		node.name,
		node.isVirtual ? (node.cluster ?? 'virtual') : 'local',
		node.isFeasible ? 'yes' : 'no',
		node.reasons.map(({detail}) => detail).join('; '),
	]);
	return [
		sanitize(`Pod ${namespace}/${name}: ${explanation.verdict}`),
		sanitize(explanation.message),
		explanation.isMutated
			? "Liqo's webhook has let it onto virtual nodes."
			: "Liqo's webhook has not touched it.",
		'',
		...formatTable(['NODE', 'CLUSTER', 'FEASIBLE', 'WHY NOT'], rows),
		...(explanation.terms.length === 0
			? ['', 'It makes no demands on labels.']
			: [
					'',
					'Demands (one of these has to hold on the node):',
					...termLines(explanation.terms).map((line) => sanitize(line)),
				]),
		...(isAntithetical(explanation.terms)
			? [
					'Every one contradicts itself: change the pod, the selector or the strategy, then create the pod again.',
				]
			: []),
		...(explanation.unmodelled.length === 0
			? []
			: ['', `Not judged here: ${explanation.unmodelled.join(', ')}.`]),
	];
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
`explain pod NAME`: per node, whether the pod could run there and why not.
*/
export const explainOnePod = async (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
): Promise<ExitCode> => {
	const {args, flags, stdout} = context;
	const [space, own] = (args[1] ?? '').split('/', 2);
	const name = own ?? space ?? '';
	return withWorld(
		context,
		['Pod', 'Node', 'NamespaceOffloading', 'Namespace'],
		(open) => {
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
				stdout.write(`${textOf(pod, explanation).join('\n')}\n`);
			} else {
				printDocument(stdout, form, {
					apiVersion: documentVersion,
					kind: 'PodExplanation',
					...podExplanationDocument(pod, explanation, world.consumer),
				});
			}

			return exitCodes.fine;
		},
	);
};
