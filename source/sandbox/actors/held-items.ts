import {type QueueItem} from '../../controller/queue.js';

/**
Items that wait because somebody paused their namespace, or everything.
*/
export type HeldItems<Item extends QueueItem> = {
	/**
	Takes an item when its namespace is paused; false: it may run.
	*/
	isTaken(item: Item): boolean;
	items(): Iterable<Item>;
	pause(namespace?: string): void;
	/**
	Undoes `pause` with the same argument, and hands out what is no longer held.
	*/
	resume(namespace?: string): void;
	isAllPaused(): boolean;
	pausedNamespaces(): readonly string[];
};

export const createHeldItems = <Item extends QueueItem>(
	onRelease: (item: Item) => void,
): HeldItems<Item> => {
	const held = new Map<string, Item>();
	const paused = new Set<string>();
	let isAllPaused = false;

	const isHeld = ({namespace}: Item): boolean =>
		isAllPaused || paused.has(namespace);

	return {
		isTaken(item) {
			if (!isHeld(item)) {
				return false;
			}

			held.set(item.key, item);
			return true;
		},
		items: () => held.values(),
		pause(namespace) {
			if (namespace === undefined) {
				isAllPaused = true;
			} else {
				paused.add(namespace);
			}
		},
		resume(namespace) {
			if (namespace === undefined) {
				isAllPaused = false;
			} else {
				paused.delete(namespace);
			}

			const released = [...held.values()].filter((item) => !isHeld(item));
			for (const item of released) {
				held.delete(item.key);
				onRelease(item);
			}
		},
		isAllPaused: () => isAllPaused,
		pausedNamespaces: () => [...paused],
	};
};
