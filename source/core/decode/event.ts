import {type Event} from '../kubernetes.js';
import {assemble} from './metadata.js';
import {
	child,
	childOrEmpty,
	defined,
	filledText,
	type Place,
	text,
	whole,
} from './place.js';

const decodeInvolved = (object: Place): Event['involvedObject'] =>
	defined({
		apiVersion: text(object, 'apiVersion'),
		kind: text(object, 'kind') ?? '',
		namespace: text(object, 'namespace'),
		name: text(object, 'name') ?? '',
		uid: text(object, 'uid'),
	});

/**
Reads events of both APIs: core/v1 and events.k8s.io/v1, which names the same things differently.
*/
export const decodeEvent = (root: Place): Event => {
	const object =
		child(root, 'involvedObject') ?? childOrEmpty(root, 'regarding');
	const series = childOrEmpty(root, 'series');
	const source =
		child(root, 'source') ?? childOrEmpty(root, 'deprecatedSource');
	const body: Omit<Event, 'kind' | 'apiVersion' | 'metadata'> = {
		involvedObject: decodeInvolved(object),
		reason: text(root, 'reason') ?? '',
		message: text(root, 'message') ?? text(root, 'note') ?? '',
		type: text(root, 'type') ?? 'Normal',
		count:
			whole(series, 'count') ??
			whole(root, 'count') ??
			whole(root, 'deprecatedCount') ??
			1,
		firstTimestamp:
			text(root, 'firstTimestamp') ??
			text(root, 'deprecatedFirstTimestamp') ??
			text(root, 'eventTime'),
		lastTimestamp:
			text(series, 'lastObservedTime') ??
			text(root, 'lastTimestamp') ??
			text(root, 'deprecatedLastTimestamp') ??
			text(root, 'eventTime'),
		source:
			filledText(root, 'reportingComponent') ??
			filledText(root, 'reportingController') ??
			text(source, 'component'),
	};
	return assemble(root, {kind: 'Event', apiVersion: 'v1'}, defined(body));
};
