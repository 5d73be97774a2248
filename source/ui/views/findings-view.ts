import {shortIds} from '../findings/short-ids.js';
import {type View} from './view.js';

/**
Everything that is wrong, causes only: what follows from them is behind them.
*/
export const findingsView: View = {
	id: 'findings',
	title: 'Findings',
	nothing: 'Nothing is known to be wrong.',
	columns: () => [
		{id: 'namespace', title: 'NAMESPACE', priority: 0},
		{id: 'finding', title: 'FINDING', priority: 0},
		{id: 'certainty', title: 'CERTAINTY', priority: 2},
		{id: 'clusters', title: 'CLUSTERS', priority: 3},
		{id: 'behind', title: 'HIDES', priority: 4, align: 'right'},
		{id: 'message', title: 'CAUSE', priority: 1},
	],
	rows: ({findings}) =>
		findings.diagnosis().findings.map((finding) => ({
			key: `${finding.id} ${finding.namespace ?? ''} ${finding.object.kind} ${finding.object.name}`,
			level: finding.severity,
			finding,
			text: finding.message,
			cells: [
				{text: finding.namespace ?? '(cluster)'},
				{text: finding.id, level: finding.severity},
				{text: finding.certainty},
				{text: shortIds(finding.clusters.join(' '))},
				{
					text:
						finding.behind.length === 0 ? '' : String(finding.behind.length),
				},
				{text: shortIds(finding.message)},
			],
		})),
	sayOf: ({finding}) =>
		finding ? shortIds(`${finding.message} ${finding.consequence}`) : '',
};
