import {sanitize} from '../../core/sanitize.js';
import {say} from '../dispatch/handlers.js';
import {type Explorer} from '../explorer.js';
import {nobodyReconciles} from './queue-view.js';

/**
Pauses or resumes one namespace, or all of it, and says so. Without a wish it is turned over.
*/
export const setPaused = (
	explorer: Explorer,
	namespace: string | undefined,
	shouldPause?: boolean,
): void => {
	const {queue} = explorer.ports;
	if (queue === undefined) {
		say(explorer, nobodyReconciles(explorer), 'warning');
		return;
	}

	const {isAllPaused, pausedNamespaces} = queue.status();
	const isPaused =
		namespace === undefined
			? isAllPaused
			: pausedNamespaces.includes(namespace);
	const isWanted = shouldPause ?? !isPaused;
	const what = namespace === undefined ? 'Everything' : sanitize(namespace);
	if (isWanted) {
		queue.pause(namespace);
		say(
			explorer,
			`${what} is paused: what runs is finished, nothing new is begun.`,
			'warning',
		);
		return;
	}

	queue.resume(namespace);
	const isStillHeld = namespace !== undefined && isAllPaused;
	say(
		explorer,
		isStillHeld
			? `${what} is resumed, but everything is paused.`
			: `${what} is resumed.`,
		isStillHeld ? 'warning' : 'fine',
	);
};
