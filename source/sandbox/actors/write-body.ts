import {type Change} from '../../core/change.js';
import {clone, isTree, type Tree} from '../value.js';

/**
The object that a change creates or replaces, with its type.
*/
export const wholeObject = ({object, body}: Change): Tree => ({
	apiVersion: object.apiVersion,
	kind: object.kind,
	...(isTree(body) && clone(body as Tree)),
});

/**
The patch of a change as a server takes it. What must still hold is written into the object as it is now: the server then refuses it as it does
any stale object.
*/
export const patchText = ({
	body = {},
	precondition = {},
	patchType = 'merge',
}: Change): string => {
	const conditions = Object.entries(precondition);
	if (Array.isArray(body)) {
		return JSON.stringify([
			...conditions.map(([key, value]) => ({
				op: 'replace',
				path: `/metadata/${key}`,
				value,
			})),
			...(body as readonly unknown[]),
		]);
	}

	const patch = body as Tree;
	return JSON.stringify(
		patchType === 'json' || conditions.length === 0
			? patch
			: {
					...patch,
					metadata: {
						...(isTree(patch.metadata) && patch.metadata),
						...precondition,
					},
				},
	);
};
