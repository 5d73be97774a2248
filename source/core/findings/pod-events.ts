import {type Event, type Pod} from '../model.js';
import {type NamespaceScope} from './facts.js';

/**
The newest event on a pod with this reason whose message fits.
*/
export const eventOf = (
	{all, name}: NamespaceScope,
	pod: Pod,
	reason: string,
	pattern = /./v,
): Event | undefined =>
	[...all.home.list('Event', name)]
		.filter(
			(event) =>
				event.involvedObject.kind === 'Pod' &&
				event.involvedObject.name === pod.metadata.name &&
				event.reason === reason &&
				pattern.test(event.message),
		)
		.toSorted((a, b) =>
			(b.lastTimestamp ?? '').localeCompare(a.lastTimestamp ?? ''),
		)[0];
