import {type Finding} from '../../core/findings/finding.js';
import {type AnyRow, type Explorer} from '../explorer.js';
import {clusterIdOf} from '../panes/pane-rules.js';

const isAbout = (finding: Finding, row: AnyRow): boolean =>
	finding.object.kind === row.kind &&
	finding.object.name === row.metadata.name &&
	(finding.object.namespace ?? '') === row.metadata.namespace;

/**
Findings that concern a row, those about the object itself first, then those of its namespace or cluster; worst first.
*/
export const findingsOfRow = (
	{findings}: Explorer,
	row: AnyRow,
): readonly Finding[] => {
	const all = findings.diagnosis().findings;
	if (row.kind === 'Node') {
		const id = clusterIdOf(row);
		return all.filter(
			(finding) =>
				isAbout(finding, row) ||
				(id !== undefined &&
					finding.namespace === undefined &&
					finding.clusters.includes(id)),
		);
	}

	const namespace =
		row.kind === 'Namespace' ? row.metadata.name : row.metadata.namespace;
	const related = findings.findingsIn(namespace);
	const own = related.filter((finding) => isAbout(finding, row));
	const rest = related.filter((finding) => !isAbout(finding, row));
	return row.kind === 'Pod' && row.status.phase === 'Running'
		? own
		: [...own, ...rest];
};

export const worstOfRow = (
	explorer: Explorer,
	row: AnyRow,
): Finding | undefined => findingsOfRow(explorer, row)[0];
