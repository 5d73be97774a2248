import {type Change} from '../../core/change.js';
import {type Pod} from '../../core/model.js';

export const podReference = (namespace: string, name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	namespace,
	name,
});

type Words = {
	readonly cluster: string;
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
};

/**
An event about an object, to be recorded.
*/
export const objectEvent = (
	involvedObject: {
		readonly apiVersion: string;
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
		readonly uid: string;
	},
	{cluster, type, reason, message}: Words,
): Change => {
	const {namespace, name} = involvedObject;
	return {
		cluster,
		verb: 'event',
		object: {apiVersion: 'v1', kind: 'Event', namespace, name},
		body: {type, reason, message, involvedObject},
		reason: message,
	};
};

/**
An event about a pod, to be recorded.
*/
export const podEvent = (
	{metadata: {namespace, name, uid}}: Pod,
	words: Words,
): Change => objectEvent({...podReference(namespace, name), uid}, words);
