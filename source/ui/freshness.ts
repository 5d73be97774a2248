import {sanitize} from '../core/sanitize.js';
import {formatDuration} from '../core/time.js';
import {type Access} from '../core/world.js';
import {groupDigits} from './group-digits.js';
import {type Line, line} from './line.js';
import {type Tone} from './theme.js';

/**
How far a pane can be believed, in a few words for its title.
*/
export const freshness = (
	access: Access,
	now: number,
): {readonly text: string; readonly tone: Tone} => {
	switch (access.state) {
		case 'idle': {
			return {text: 'not asked for', tone: 'dim'};
		}

		case 'syncing': {
			const total =
				access.total === undefined ? '' : ` of ${groupDigits(access.total)}`;
			return {
				text: `syncing ${groupDigits(access.seen)}${total}`,
				tone: 'progress',
			};
		}

		case 'live': {
			return {text: 'live', tone: 'dim'};
		}

		case 'stale': {
			const age = formatDuration(Math.max(0, now - access.since) / 1000);
			return {text: `STALE for ${age}`, tone: 'warning'};
		}

		case 'forbidden': {
			return {text: 'FORBIDDEN', tone: 'warning'};
		}

		case 'absent': {
			return {text: 'absent', tone: 'warning'};
		}

		case 'saved': {
			return {text: 'saved', tone: 'dim'};
		}
	}
};

/**
Why there is nothing to see, and what would change that.
*/
export const explainAccess = (
	access: Access,
	title: string,
): readonly Line[] => {
	switch (access.state) {
		case 'idle':
		case 'live':
		case 'saved': {
			return [];
		}

		case 'syncing': {
			return [line('Waiting for the first of them…', 'dim')];
		}

		case 'stale': {
			return [line(sanitize(access.reason), 'warning')];
		}

		case 'forbidden': {
			return [
				line(`You may not watch ${title.toLowerCase()}.`, 'warning'),
				line(sanitize(access.reason)),
				line('Missing RBAC rule:', 'dim'),
				line(`  ${sanitize(access.rule)}`),
			];
		}

		case 'absent': {
			return [
				line('This cluster does not serve them.', 'warning'),
				line(sanitize(access.reason)),
			];
		}
	}
};
