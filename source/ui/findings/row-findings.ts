import {type Finding} from '../../core/findings/finding.js';
import {type AnyObject, type Pod} from '../../core/model.js';
import {type Explorer, findTarget} from '../explorer.js';
import {type Document} from '../reducer/state.js';
import {clusterIdOf} from '../panes/pane-rules.js';
import {namespaceOfRow} from '../namespace-of.js';

const controllerOf = (pod: Pod | undefined): string | undefined =>
	pod?.metadata.ownerReferences.find(({controller}) => controller)?.uid;

/**
Whether a finding that names one pod means another one as well: of the same owner, and waiting like it (or placed like it).
*/
const isOfSameOwner = (
	{world}: Explorer,
	{object}: Finding,
	row: AnyObject,
): boolean => {
	if (row.kind !== 'Pod' || object.kind !== 'Pod') {
		return false;
	}

	const named = world.consumer.get('Pod', object.namespace ?? '', object.name);
	const owner = controllerOf(row);
	return (
		owner !== undefined &&
		owner === controllerOf(named) &&
		(row.spec.nodeName === undefined) === (named?.spec.nodeName === undefined)
	);
};

const isAbout = (
	explorer: Explorer,
	finding: Finding,
	row: AnyObject,
): boolean =>
	(finding.object.kind === row.kind &&
		finding.object.name === row.metadata.name &&
		(finding.object.namespace ?? '') === row.metadata.namespace) ||
	isOfSameOwner(explorer, finding, row);

/**
Findings that concern a row, those about the object itself first, then those of its namespace or cluster; worst first.
*/
export const findingsOfRow = (
	explorer: Explorer,
	row: AnyObject,
): readonly Finding[] => {
	const {findings} = explorer;
	const all = findings.diagnosis().findings;
	if (row.kind === 'Node') {
		const id = clusterIdOf(row);
		return all.filter(
			(finding) =>
				isAbout(explorer, finding, row) ||
				(id !== undefined &&
					finding.namespace === undefined &&
					finding.clusters.includes(id)),
		);
	}

	const namespace = namespaceOfRow(row);
	const related = findings.findingsIn(namespace);
	const own = related.filter((finding) => isAbout(explorer, finding, row));
	const rest = related.filter((finding) => !isAbout(explorer, finding, row));
	return row.kind === 'Pod' && row.status.phase === 'Running'
		? own
		: [...own, ...rest];
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
