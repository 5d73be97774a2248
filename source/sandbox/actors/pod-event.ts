import {type Change} from '../../core/change.js';
import {type Pod} from '../../core/model.js';

export const podReference = (namespace: string, name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	namespace,
	name,
});

/**
An event about a pod, to be recorded.
*/
export const podEvent = (
	{metadata: {namespace, name, uid}}: Pod,
	{
		cluster,
		type,
		reason,
		message,
	}: {
		readonly cluster: string;
		readonly type: 'Normal' | 'Warning';
		readonly reason: string;
		readonly message: string;
	},
): Change => ({
	cluster,
	verb: 'event',
	object: {apiVersion: 'v1', kind: 'Event', namespace, name},
	body: {
		type,
		reason,
		message,
		involvedObject: {...podReference(namespace, name), uid},
	},
	reason: message,
});
