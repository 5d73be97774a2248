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
