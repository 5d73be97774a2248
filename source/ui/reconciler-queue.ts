/**
One object as the queue of the controllers sees it.

`queued`: as soon as there is a hand free. `waiting`: at `nextTry`. `paused`: would run, but is held. `idle`: nothing to do until somebody changes
something; listed because the last attempt failed.
*/
export type QueuedObject = {
	readonly key: string;
	readonly reconciler: string;
	/**
	Key of the cluster that holds the object.
	*/
	readonly cluster: string;
	/**
	Empty for cluster-scoped objects.
	*/
	readonly namespace: string;
	readonly name: string;
	readonly state: 'running' | 'queued' | 'waiting' | 'paused' | 'idle';
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

export type QueueStatus = {
	/**
	Whether writes are made at the moment.
	*/
	readonly isActing: boolean;
	/**
	How it stands as a whole, or why it does not act: a sentence.
	*/
	readonly story: string;
	readonly objects: readonly QueuedObject[];
	/**
	Clusters that are not written to for a while.
	*/
	readonly blocked: ReadonlyArray<{
		readonly cluster: string;
		/**
		Epoch milliseconds.
		*/
		readonly until: number;
		readonly reason: string;
	}>;
	readonly isAllPaused: boolean;
	readonly pausedNamespaces: readonly string[];
};

/**
The controllers that work in this process, as far as people have a hand in them.
*/
export type ReconcilerQueue = {
	status(): QueueStatus;
	/**
	Whether a controller leaves the objects of a cluster to that cluster's own.

	@default never
	*/
	isLeft?(reconciler: string, cluster: string): boolean;
	/**
	Holds the objects of one namespace, or all; what runs is finished.
	*/
	pause(namespace?: string): void;
	/**
	Undoes `pause` with the same argument.
	*/
	resume(namespace?: string): void;
};
