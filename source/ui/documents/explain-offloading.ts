import {explainSelector} from '../../core/explain-selector.js';
import {type NamespaceOffloading} from '../../core/model.js';
import {mappingsOf} from '../../core/remote-clusters.js';
import {safetyText} from '../../core/remedies/safety-text.js';
import {sanitize} from '../../core/sanitize.js';
import {
	type RequirementResult,
	type SelectorResult,
} from '../../core/selector.js';
import {fit} from '../display-width.js';
import {type Explorer} from '../explorer.js';
import {findingsOfRow} from '../findings/row-findings.js';
import {shortIds} from '../findings/short-ids.js';
import {field, type Line, line} from '../line.js';
import {rulesOf} from '../rules.js';
import {levelSymbol, levelTone} from '../theme.js';
import {askedText} from '../../core/requirement-text.js';
import {choiceLines} from './choice-lines.js';

const missedText = ({key, actual, ...asked}: RequirementResult): string =>
	`${key} ${actual === undefined ? 'absent' : `is ${actual}`}, asked for: ${askedText(asked)}`;

/**
What a cluster lacks, for each term.
*/
const whyNotSelected = ({terms}: SelectorResult): string =>
	terms
		.map(({isEmpty, requirements}) =>
			isEmpty
				? 'an empty term selects nothing'
				: requirements
						.filter(({matches}) => !matches)
						.map((one) => missedText(one))
						.join(', '),
		)
		.filter((text) => text !== '')
		.join('; or ');

const outcomes: Readonly<Record<string, string>> = {
	Accepted: '+ exists',
	CreationLoopBackOff: 'x refused',
};

type ClusterRow = {
	readonly cluster: string;
	readonly isSelected: boolean;
	readonly outcome: string;
	readonly why: string;
};

const rowsOf = (
	object: NamespaceOffloading,
	explorer: Explorer,
): readonly ClusterRow[] => {
	const {world, session} = explorer;
	const view = world.consumer;
	const mappings = mappingsOf(view, object.metadata.namespace);
	const {nodes, error} = explainSelector(object, view, rulesOf(session));
	return nodes.map(({candidate, result}) => {
		const mapping = mappings.find(
			({clusterId}) => clusterId === candidate.clusterId,
		);
		const phase = mapping?.current?.phase;
		return {
			cluster: candidate.clusterId,
			isSelected: result.matches,
			outcome:
				mapping?.desired === undefined
					? '-'
					: phase === undefined
						? '~ awaited'
						: (outcomes[phase] ?? phase),
			why: result.matches
				? mapping?.desired === undefined
					? 'not asked for yet'
					: `as ${mapping.desired}`
				: (error ?? whyNotSelected(result)),
		};
	});
};

const clusterLines = (rows: readonly ClusterRow[]): readonly Line[] => {
	const width =
		Math.max(7, ...rows.map(({cluster}) => shortIds(cluster).length)) + 2;
	return rows.length === 0
		? [line('There is no virtual node to select.', 'dim')]
		: [
				line(
					`${fit('CLUSTER', width)}${fit('SELECTED', 10)}${fit('NAMESPACE', 11)}WHY`,
					'dim',
				),
				...rows.map(({cluster, isSelected, outcome, why}): Line => [
					{text: fit(sanitize(shortIds(cluster)), width)},
					{
						text: fit(isSelected ? '+ yes' : '- no', 10),
						tone: isSelected ? 'fine' : 'dim',
					},
					{
						text: fit(sanitize(outcome), 11),
						tone: outcome.startsWith('x')
							? 'error'
							: outcome.startsWith('+')
								? 'fine'
								: undefined,
					},
					{text: sanitize(shortIds(why))},
				]),
			];
};

/**
Without a finding: a selector may leave out every cluster, and mean it.
*/
const verdictLine = (rows: readonly ClusterRow[]): Line =>
	rows.some(({isSelected}) => isSelected)
		? field('Why', 'Nothing is known to be wrong.', {tone: 'fine'})
		: field(
				'Why',
				'No cluster satisfies the selector; e on the row of the namespace edits it.',
				{tone: 'warning'},
			);

/**
Why a namespace is offloaded where it is, and why not elsewhere: what is wrong and what follows, for each cluster whether it is selected and what came of it, what
can be done, and what else is wrong.
*/
export const explainOffloadingLines = (
	object: NamespaceOffloading,
	explorer: Explorer,
): readonly Line[] => {
	const {spec, status} = object;
	const [worst, ...others] = findingsOfRow(explorer, object);
	const rows = rowsOf(object, explorer);
	return [
		field('Phase', sanitize(status.offloadingPhase ?? '-')),
		field('Pods may run', spec.podOffloadingStrategy),
		...(worst
			? [
					field('Why', sanitize(shortIds(worst.message)), {
						tone: worst.severity,
					}),
					field('What follows', sanitize(shortIds(worst.consequence))),
				]
			: [verdictLine(rows)]),
		...others.map((other, index) =>
			field(
				index === 0 ? 'Also' : '',
				sanitize(`${levelSymbol[other.severity]} ${shortIds(other.message)}`),
				{tone: levelTone[other.severity]},
			),
		),
		line(''),
		...clusterLines(rows),
		...choiceLines(
			(worst?.offers ?? []).map((offer) => ({
				...offer,
				safety: safetyText(offer),
			})),
		),
	];
};
