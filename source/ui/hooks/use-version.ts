import {useSyncExternalStore} from 'react';

/**
Paints again when the version of a source grew.
*/
export const useVersion = (source: {
	version(): number;
	subscribe(listener: () => void): () => void;
}): number => useSyncExternalStore(source.subscribe, source.version);
