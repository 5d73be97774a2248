import {type Change} from './change.js';
import {type JsonObject} from './json.js';
import {plain} from './generations/encode.js';
import {type PlannedChange} from './plan.js';

/**
A change as documents for programs show it.
*/
export const changeDocument = (change: Change | PlannedChange): JsonObject => ({
	cluster: change.cluster,
	verb: change.verb,
	object: plain(change.object),
	subresource: change.subresource,
	patchType: change.patchType,
	body: change.body,
	precondition:
		change.precondition === undefined ? undefined : plain(change.precondition),
	reason: change.reason,
});
