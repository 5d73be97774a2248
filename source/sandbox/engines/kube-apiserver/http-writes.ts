import {type Change} from '../../../core/change.js';
import {patchText, wholeObject} from '../../actors/write-body.js';
import {type ApiObject, textAt, treeAt, type Tree} from '../../value.js';
import {type Request} from './ask.js';

const patchTypes = {
	merge: 'application/merge-patch+json',
	json: 'application/json-patch+json',
	strategic: 'application/strategic-merge-patch+json',
	apply: 'application/apply-patch+yaml',
} as const;

/**
The request that makes a change.
*/
export const requestOf = (change: Change): Request => {
	switch (change.verb) {
		case 'event':
		case 'create': {
			return {method: 'POST', body: wholeObject(change)};
		}

		case 'update': {
			return {method: 'PUT', body: wholeObject(change)};
		}

		case 'patch': {
			return {
				method: 'PATCH',
				body: patchText(change),
				contentType: patchTypes[change.patchType ?? 'merge'],
			};
		}

		case 'delete': {
			return {
				method: 'DELETE',
				body: {
					apiVersion: 'v1',
					kind: 'DeleteOptions',
					...(change.gracePeriodSeconds !== undefined && {
						gracePeriodSeconds: change.gracePeriodSeconds,
					}),
					...(change.precondition && {preconditions: change.precondition}),
				},
			};
		}
	}
};

/**
Whether a write has been heard of, by the object as it is now and the version of the last news; -1 without any.
*/
export type HasCome = (
	object: ApiObject | undefined,
	version: number,
) => boolean;

/**
What shows that a write, answered with `answer`, has arrived.
*/
export const arrivalOf = (change: Change, answer: Tree): HasCome => {
	const metadata = treeAt(answer, 'metadata');
	const version = Number(metadata?.resourceVersion ?? Infinity);
	if (change.verb === 'delete') {
		const uid = textAt(metadata, 'uid') || textAt(answer, 'details', 'uid');
		return (object, latest) =>
			object?.metadata.uid !== uid ||
			(object.metadata.deletionTimestamp !== undefined && latest >= version);
	}

	switch (change.subresource) {
		case 'binding': {
			return (object, latest) =>
				object ? textAt(object, 'spec', 'nodeName') !== '' : latest >= 0;
		}

		case 'eviction': {
			return () => true;
		}

		default: {
			return (_object, latest) => latest >= version;
		}
	}
};
