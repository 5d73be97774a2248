/**
Tells those who listen that something is different; a cached value may be kept while the version stays.
*/
export type Revision = {
	version(): number;
	/**
	Returns the function that unsubscribes.
	*/
	subscribe(listener: () => void): () => void;
};

export const createRevision = (): Revision & {
	advance(): void;
	close(): void;
} => {
	const listeners = new Set<() => void>();
	let version = 0;
	return {
		version: () => version,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		advance() {
			version++;
			for (const listener of listeners) {
				listener();
			}
		},
		close() {
			listeners.clear();
		},
	};
};
