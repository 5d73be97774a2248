import {type Finding} from '../../core/findings/finding.js';
import {findingsOfObject, isAbout} from '../../core/findings/is-about.js';
import {type AnyObject} from '../../core/model.js';
import {type Explorer, findTarget} from '../explorer.js';
import {type Document} from '../reducer/state.js';
import {clusterIdOf} from '../panes/pane-rules.js';
import {namespaceOfRow} from '../namespace-of.js';

/**
Findings that concern a row, those about the object itself first, then those of its namespace or cluster; worst first.
*/
export const findingsOfRow = (
	explorer: Explorer,
	row: AnyObject,
): readonly Finding[] => {
	const {findings, world} = explorer;
	const all = findings.diagnosis().findings;
	if (row.kind === 'Node') {
		const id = clusterIdOf(row);
		return all.filter(
			(finding) =>
				isAbout(finding, row, world.consumer) ||
				(id !== undefined &&
					finding.namespace === undefined &&
					finding.clusters.includes(id)),
		);
	}

	return findingsOfObject(
		findings.findingsIn(namespaceOfRow(row)),
		row,
		world.consumer,
	);
};

export const worstOfRow = (
	explorer: Explorer,
	row: AnyObject,
): Finding | undefined => findingsOfRow(explorer, row)[0];

/**
The worst finding of the object that a text is about; nothing for a text about no object.
*/
export const findingOfDocument = (
	explorer: Explorer,
	document: Document,
): Finding | undefined => {
	const object =
		'target' in document
			? findTarget(explorer.world, document.target)
			: undefined;
	return object && worstOfRow(explorer, object);
};
