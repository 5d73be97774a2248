import {
	explainSelector,
	type SelectorExplanation,
	selectorExplanationDocument,
} from '../../core/explain-selector.js';
import {offloadingName} from '../../core/keys.js';
import {type NamespaceOffloading} from '../../core/model.js';
import {sanitize} from '../../core/sanitize.js';
import {type CommandContext} from '../command.js';
import {type ExitCode, exitCodes} from '../exit-code.js';
import {documentVersion, formatTable, printDocument} from '../output.js';
import {requirementText} from '../../core/requirement-text.js';
import {rulesOf} from '../rules.js';
import {withWorld} from '../with-world.js';
import {notFound} from './not-found.js';

const requirementRows = ({
	nodes,
}: SelectorExplanation): ReadonlyArray<readonly string[]> =>
	nodes.flatMap(({candidate, result}) => [
		[
			candidate.name,
			candidate.clusterId,
			result.matches ? 'selected' : 'not selected',
			'',
			'',
		],
		...result.terms.flatMap((term, index) =>
			term.isEmpty
				? [['', '', 'no', `term ${index + 1}: empty, matches nothing`, '']]
				: term.requirements.map((requirement) => [
						'',
						'',
						requirement.matches ? 'yes' : 'no',
						`term ${index + 1}: ${requirementText(requirement)}`,
						requirement.actual ?? 'absent',
					]),
		),
	]);

const textOf = (
	namespace: string,
	explanation: SelectorExplanation,
): readonly string[] => [
	sanitize(`Selector of namespace ${namespace}`),
	...(explanation.error === undefined
		? []
		: [sanitize(`Invalid: ${explanation.error}`)]),
	...formatTable(
		['NODE', 'CLUSTER', 'VERDICT', 'REQUIREMENT', 'ACTUAL'],
		requirementRows(explanation),
	),
	...(explanation.suggestions.length === 0
		? []
		: [
				'What would select more:',
				...explanation.suggestions.map(({edits, selects, drops}) =>
					sanitize(
						`  ${edits.join('; ')}: selects ${selects.join(', ')}${drops.length === 0 ? '' : `, drops ${drops.join(', ')}`}`,
					),
				),
			]),
];

/**
`explain selector [NAMESPACE]`: per virtual node and requirement, what it has and whether that is enough.
*/
export const explainSelectors = async (
	context: CommandContext,
	form: 'text' | 'json' | 'yaml',
): Promise<ExitCode> => {
	const {args, flags, stdout} = context;
	return withWorld(
		context,
		['NamespaceOffloading', 'VirtualNode', 'Node'],
		(open) => {
			const view = open.world.consumer;
			const wanted = args[1] ?? flags.namespace;
			const objects = [...view.list('NamespaceOffloading', wanted)].filter(
				({metadata}: NamespaceOffloading) => metadata.name === offloadingName,
			);
			if (objects.length === 0) {
				return notFound(
					context,
					wanted === undefined
						? 'There is no NamespaceOffloading called "offloading".'
						: `Namespace "${wanted}" has no NamespaceOffloading called "offloading".`,
				);
			}

			const all = objects.map((object) => ({
				namespace: object.metadata.namespace,
				explanation: explainSelector(object, view, rulesOf(context)),
			}));
			if (form === 'text') {
				const blocks = all.map(({namespace, explanation}) =>
					textOf(namespace, explanation).join('\n'),
				);
				stdout.write(`${blocks.join('\n\n')}\n`);
				return exitCodes.fine;
			}

			const documents = all.map(({namespace, explanation}) => ({
				apiVersion: documentVersion,
				kind: 'SelectorExplanation',
				...selectorExplanationDocument(namespace, explanation),
			}));
			const [first] = documents;
			printDocument(
				stdout,
				form,
				documents.length === 1 && first !== undefined
					? first
					: {
							apiVersion: documentVersion,
							kind: 'SelectorExplanationList',
							items: documents,
						},
			);
			return exitCodes.fine;
		},
	);
};
