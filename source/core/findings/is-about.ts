import {controllerOf} from '../controller-of.js';
import {type AnyObject} from '../model.js';
import {type ClusterView} from '../world.js';
import {type Finding} from './finding.js';

/**
Whether a finding that names one pod means another one as well: of the same owner, and waiting like it (or placed like it).
*/
const isOfSameOwner = (
	{object}: Finding,
	other: AnyObject,
	view: ClusterView,
): boolean => {
	if (other.kind !== 'Pod' || object.kind !== 'Pod') {
		return false;
	}

	const named = view.get('Pod', object.namespace ?? '', object.name);
	const owner = controllerOf(other)?.uid;
	return (
		named !== undefined &&
		owner !== undefined &&
		owner === controllerOf(named)?.uid &&
		(other.spec.nodeName === undefined) === (named.spec.nodeName === undefined)
	);
};

/**
Whether a finding is about an object itself, and not only about its namespace or cluster. What is found of one pod holds for those that its owner made beside it.
*/
export const isAbout = (
	finding: Finding,
	object: AnyObject,
	view: ClusterView,
): boolean =>
	(finding.object.kind === object.kind &&
		finding.object.name === object.metadata.name &&
		(finding.object.namespace ?? '') === object.metadata.namespace) ||
	isOfSameOwner(finding, object, view);

/**
What concerns an object among the findings of its namespace, that about itself first. Of a pod that runs, only that.
*/
export const findingsOfObject = (
	related: readonly Finding[],
	object: AnyObject,
	view: ClusterView,
): readonly Finding[] => {
	const own: Finding[] = [];
	const rest: Finding[] = [];
	for (const finding of related) {
		(isAbout(finding, object, view) ? own : rest).push(finding);
	}

	return object.kind === 'Pod' && object.status.phase === 'Running'
		? own
		: [...own, ...rest];
};
