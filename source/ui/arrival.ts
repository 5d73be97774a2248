import {type KindName} from '../core/model.js';
import {type ClusterView} from '../core/world.js';

/**
Lists that are on their way: what is found out about a world before they are complete is found out again after them.
*/
export type Arrival = {
	/**
	Whether to wait for them. A list that takes too long is waited for no more.
	*/
	isExpected(): boolean;
};

/**
How long a list is waited for, in milliseconds; 100,000 pods take about 8,000.
*/
const patience = 15_000;

export const createArrival = (
	view: ClusterView,
	kinds: readonly KindName[],
): Arrival => {
	let since: number | undefined;
	return {
		isExpected() {
			if (kinds.every((kind) => view.access(kind).state !== 'syncing')) {
				since = undefined;
				return false;
			}

			since ??= performance.now();
			return performance.now() - since < patience;
		},
	};
};
