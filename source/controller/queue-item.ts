import {type Clock} from './clock.js';

/**
How the processing of one item ended.

- `done`: forget its failures; look again after `requeueAfter` milliseconds when given.
- `failed`: try again with exponential backoff, but not before `retryAfter` milliseconds.
- `waiting`: nothing was tried; look again after `requeueAfter` milliseconds. Does not count as a failure.
*/
export type ItemOutcome =
	| {readonly state: 'done'; readonly requeueAfter?: number}
	| {
			readonly state: 'failed';
			readonly error: string;
			readonly retryAfter?: number;
			/**
			Nothing was changed and nothing refused that may go away by itself: only somebody else can help.
			*/
			readonly isStuck?: boolean;
	  }
	| {readonly state: 'waiting'; readonly requeueAfter: number};

/**
What waits in the queue. Items with the same `key` are one and the same.
*/
export type QueueItem = {
	readonly key: string;
	/**
	The namespace it belongs to, for pausing.
	*/
	readonly namespace: string;
};

/**
How long to wait for more of the same news, in milliseconds: until none came for `quiet`, and `longest` at most.
*/
export type Crowd = {
	readonly quiet: number;
	readonly longest: number;
};

/**
One object as the queue sees it.

`queued`: will run as soon as a worker is free. `waiting`: will run at `nextTry`. `paused`: would run, but is held. `idle`: nothing to do,
kept because the last attempt failed.
*/
export type ItemStatus<Item extends QueueItem> = {
	readonly item: Item;
	readonly state: 'queued' | 'running' | 'waiting' | 'paused' | 'idle';
	/**
	Failures in a row.
	*/
	readonly retries: number;
	readonly lastError?: string;
	/**
	Epoch milliseconds.
	*/
	readonly nextTry?: number;
};

export type QueueOptions<Item extends QueueItem> = {
	readonly clock: Clock;
	process(item: Item): Promise<ItemOutcome>;
	/**
	Asked before an item is started; when false nothing starts until \`kick\`.

	@default always
	*/
	canStart?(): boolean;
	/**
	Items processed at the same time.

	@default 256
	*/
	readonly workers?: number;
	/**
	Milliseconds before the first retry; doubles with every failure.

	@default 5
	*/
	readonly firstDelay?: number;
	/**
	Upper limit of the delay between retries, in milliseconds.

	@default 1_000_000
	*/
	readonly longestDelay?: number;
	/**
	Called after every change of an item's state.
	*/
	onChange?(): void;
};

/**
A work queue of names. An item is never processed twice at the same time; one that is added while it runs, runs once more.
*/
export type Queue<Item extends QueueItem> = {
	/**
	Processes it as soon as possible, also when it was waiting for a retry.
	*/
	add(item: Item): void;
	/**
	Processes it after so many milliseconds, or earlier when it was due earlier.
	*/
	addAfter(item: Item, milliseconds: number): void;
	/**
	Processes it once it has not been added this way for a while: for news that come in crowds.
	*/
	addWhenQuiet(item: Item, crowd: Crowd): void;
	/**
	Holds the items of one namespace, or all. What runs is finished.
	*/
	pause(namespace?: string): void;
	/**
	Undoes `pause` with the same argument.
	*/
	resume(namespace?: string): void;
	isPaused(namespace?: string): boolean;
	/**
	The namespaces paused one by one.
	*/
	pausedNamespaces(): readonly string[];
	status(): ReadonlyArray<ItemStatus<Item>>;
	/**
	Counts by state, without building the list.
	*/
	counts(): {
		readonly queued: number;
		readonly running: number;
		readonly waiting: number;
		readonly failing: number;
	};
	/**
	Nothing queued or running, and nothing failing but what has been stuck for several attempts: only periodic looks may be left.
	*/
	isSettled(): boolean;
	/**
	Starts what is queued, when \`canStart\` has changed its mind.
	*/
	kick(): void;
	/**
	Drops everything that does not run; what runs may finish.
	*/
	clear(): void;
	/**
	Starts nothing any more; resolves when what runs has finished.
	*/
	stop(): Promise<void>;
};
