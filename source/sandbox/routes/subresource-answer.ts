import {type Failure, notFound} from '../http/status.js';
import {
	currentEntry,
	groupResource,
	readEntry,
	type Target,
} from '../objects/target.js';
import {type ApiObject, type Tree} from '../value.js';

/**
Answer of a subresource: an object, or a Status that says it is done.
*/
export type SubresourceAnswer = {readonly code: number; readonly body: Tree};

/**
A Status that says that it is done.
*/
export const success = (code: number): SubresourceAnswer => ({
	code,
	body: {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Success',
		code,
	},
});

/**
The object whose subresource is asked for.
*/
export const read = (target: Target): ApiObject | Failure => {
	const entry = currentEntry(target);
	return entry
		? readEntry(target.kind, entry)
		: notFound(groupResource(target.kind), target.name);
};
