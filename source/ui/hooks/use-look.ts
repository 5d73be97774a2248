import {useCallback, useRef, useSyncExternalStore} from 'react';

type Source = {subscribe(listener: () => void): () => void};

/**
What a part of the screen shows, computed again whenever a source says so, and painted again only when it would look different: every frame that is not needed is a few milliseconds of a core.

`compute` gives the value and a text that tells one look from another.
*/
export const useLook = <T>(
	sources: readonly Source[],
	compute: () => {readonly value: T; readonly text: string},
): T => {
	const last = useRef<{readonly value: T; readonly text: string}>(undefined);
	const subscribe = useCallback(
		(listener: () => void) => {
			const stops = sources.map((source) => source.subscribe(listener));
			return () => {
				for (const stop of stops) {
					stop();
				}
			};
		},
		// Sources are few, and the same in every render of a component.

		sources,
	);
	const getSnapshot = (): T => {
		const next = compute();
		if (last.current?.text !== next.text) {
			last.current = next;
		}

		return last.current.value;
	};

	return useSyncExternalStore(subscribe, getSnapshot);
};
