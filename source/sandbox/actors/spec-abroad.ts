import {type Tree} from '../value.js';

/**
A pod's spec as its provider gets it: without what only means something at home.
*/
export const specAbroad = ({
	nodeName: _nodeName,
	affinity: _affinity,
	nodeSelector: _nodeSelector,
	tolerations: _tolerations,
	priority: _priority,
	...spec
}: Tree): Tree => structuredClone(spec);
