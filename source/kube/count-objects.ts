import {type Resource} from '../core/generations/generation.js';
import {fetchJson} from './discovery.js';
import {type Selection, selectionPath} from './resource-path.js';
import {type Clock} from './clock.js';
import {type Transport} from './transport.js';

const metadataOnly = [
	'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
	'application/json',
].join(',');

/**
How many objects there are, from the first of them and what the server says remains. Absent when it does not say: with selectors, or
without the right to list.
*/
export const countObjects = async (
	transport: Transport,
	resource: Resource,
	selection: Selection,
): Promise<number | undefined> => {
	const list = await fetchJson(
		transport,
		selectionPath(resource, selection, {limit: '1'}),
		metadataOnly,
	);
	if (!list.ok) {
		return undefined;
	}

	const {items, metadata} = list.value;
	const remaining =
		typeof metadata === 'object' && metadata && 'remainingItemCount' in metadata
			? metadata.remainingItemCount
			: undefined;
	return typeof remaining === 'number' && Array.isArray(items)
		? items.length + remaining
		: undefined;
};

/**
Counts after a while, unless stopped before; says nothing when the count is not to be had.
*/
export const countLater = (
	place: Readonly<{
		transport: Transport;
		resource: Resource;
		selection: Selection;
		clock: Clock;
	}>,
	wait: number,
	tell: (total: number) => void,
): {stop(): void} => {
	let isStopped = false;
	const count = async (): Promise<void> => {
		const total = await countObjects(
			place.transport,
			place.resource,
			place.selection,
		);
		if (!isStopped && total !== undefined) {
			tell(total);
		}
	};

	const timer = place.clock.startTimer(wait, () => {
		void count();
	});
	return {
		stop() {
			isStopped = true;
			timer.stop();
		},
	};
};
