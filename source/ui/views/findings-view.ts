import {briefOf} from '../../core/findings/briefs.js';
import {type Finding, type Unseen} from '../../core/findings/finding.js';
import {unseenLines} from '../../core/findings/unseen-lines.js';
import {type Explorer} from '../explorer.js';
import {shortIds} from '../findings/short-ids.js';
import {unseenThatMatters} from '../findings/unseen.js';
import {type View, type ViewRow} from './view.js';

const rowOf = (finding: Finding): ViewRow => ({
	key: `${finding.id} ${finding.namespace ?? ''} ${finding.object.kind} ${finding.object.name}`,
	level: finding.severity,
	finding,
	text: finding.message,
	cells: [
		{text: finding.namespace ?? '(cluster)'},
		{
			text: finding.id,
			short: briefOf(finding.id),
			level: finding.severity,
		},
		{text: finding.certainty},
		{
			text: shortIds(finding.clusters.join(', ')),
			...(finding.clusters.length > 1 && {
				short: shortIds(
					`${finding.clusters[0]!} +${finding.clusters.length - 1}`,
				),
			}),
		},
		{
			text: finding.behind.length === 0 ? '' : String(finding.behind.length),
		},
		{text: shortIds(finding.message)},
	],
});

/**
What could not be looked at, below everything that was found: nothing is claimed about it.
*/
const unseenRows = (unseen: readonly Unseen[]): readonly ViewRow[] =>
	unseenLines(unseen).map((text) => ({
		key: text,
		level: 'progress',
		isAside: true,
		text,
		cells: [
			{text: '(not seen)'},
			{text: ''},
			{text: ''},
			{text: ''},
			{text: ''},
			{text: text.replace(/^not seen:? /v, '')},
		],
	}));

/**
Nothing is claimed of a world before its lists are there.
*/
const hasLooked = ({findings, world}: Explorer): boolean =>
	findings.diagnosis().generation === world.consumer.generation?.id;

/**
Everything that is wrong, causes only: what follows from them is behind them. And what could not be seen.
*/
export const findingsView: View = {
	id: 'findings',
	title: 'Findings',
	nothing: (explorer) =>
		hasLooked(explorer)
			? 'Nothing is known to be wrong.'
			: 'Nothing has been looked at yet: the lists are still arriving.',
	columns: () => [
		{id: 'namespace', title: 'NAMESPACE', priority: 0, isName: true},
		{id: 'finding', title: 'FINDING', priority: 0, isUniform: true},
		{id: 'certainty', title: 'CERTAINTY', priority: 2},
		{id: 'clusters', title: 'CLUSTERS', priority: 3},
		{id: 'behind', title: 'EXPLAINS', priority: 4, align: 'right'},
		{id: 'message', title: 'CAUSE', priority: 1, isSentence: true},
	],
	notes(explorer) {
		const found = explorer.findings.diagnosis().findings;
		const unseen = unseenThatMatters(explorer);
		return [
			...(found.length === 0
				? [
						hasLooked(explorer)
							? 'nothing is known to be wrong'
							: 'the lists are still arriving',
					]
				: []),
			...(unseen.length === 0 ? [] : ['not all could be seen']),
		];
	},
	rows: (explorer) => [
		...explorer.findings.diagnosis().findings.map((finding) => rowOf(finding)),
		...unseenRows(unseenThatMatters(explorer)),
	],
	sayOf: ({finding, text = ''}) =>
		finding
			? [
					{text: shortIds(finding.message), tone: 'strong'},
					{text: ` ${shortIds(finding.consequence)}`},
					{text: `  (${finding.id}, ${finding.certainty})`, tone: 'dim'},
				]
			: [{text}],
};
