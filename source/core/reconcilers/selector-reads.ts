import {isSameJson} from '../merge-patch.js';
import {plain} from '../generations/encode.js';
import {type ObjectTouch} from './reconciler.js';

/**
Which label keys of a virtual node a touch changed, or `all` when what is chosen among changed as a whole (added, removed, another cluster).
Everything that selectors do not read counts as no change.
*/
export const readLabelKeys = ({
	before,
	after,
}: ObjectTouch): ReadonlySet<string> | 'all' => {
	if (before === undefined || after === undefined) {
		return 'all';
	}

	const old = before.metadata.labels;
	const now = after.metadata.labels;
	if (before.kind === 'VirtualNode' && after.kind === 'VirtualNode') {
		return isSameJson(plain(before.spec), plain(after.spec)) &&
			isSameJson(plain(old), plain(now))
			? new Set()
			: 'all';
	}

	const changed = new Set<string>();
	for (const key of [...Object.keys(old), ...Object.keys(now)]) {
		if (old[key] !== now[key]) {
			changed.add(key);
		}
	}

	return changed;
};
