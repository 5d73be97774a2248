/**
Tells the passing of every second, while somebody listens.
*/
export type Ticker = {subscribe(listener: () => void): () => void};

const second = 1000;

export const createTicker = (): Ticker => {
	const listeners = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	return {
		subscribe(listener) {
			listeners.add(listener);
			timer ??= setInterval(() => {
				for (const tell of listeners) {
					tell();
				}
			}, second);
			return () => {
				listeners.delete(listener);
				if (listeners.size > 0) {
					return;
				}

				clearInterval(timer);
				timer = undefined;
			};
		},
	};
};
