import {clusterIdOf} from '../../core/findings/facts.js';
import {isNodeReady} from '../../core/findings/remotes.js';
import {type AnyObject, type Node} from '../../core/model.js';
import {isSameContent} from '../../store/same-content.js';
import {type Touch} from '../../store/store.js';

/**
Whose findings a change of a node can alter, beside those about the node itself.

- `all`: selectors and mappings of every namespace, because it came or went, or has other labels, or is ready no more (or again).
- `waiting`: only of namespaces with pods that look for a node: taints, room, being cordoned.
- `none`: nothing that a rule about a namespace reads, such as the words of a condition.
*/
export type NodeReach = 'all' | 'waiting' | 'none';

const isNode = (object: AnyObject | undefined): object is Node =>
	object?.kind === 'Node';

const isAsSelectable = (before: Node, after: Node): boolean =>
	before.metadata.uid === after.metadata.uid &&
	before.metadata.deletionTimestamp === after.metadata.deletionTimestamp &&
	clusterIdOf(before) === clusterIdOf(after) &&
	isNodeReady(before) === isNodeReady(after) &&
	isSameContent(before.metadata.labels, after.metadata.labels);

const isAsRoomy = (before: Node, after: Node): boolean =>
	isSameContent(before.spec, after.spec) &&
	isSameContent(before.status.allocatable, after.status.allocatable);

export const nodeReach = ({before, after}: Touch): NodeReach => {
	if (!isNode(before) || !isNode(after) || !isAsSelectable(before, after)) {
		return 'all';
	}

	return isAsRoomy(before, after) ? 'none' : 'waiting';
};
