import {type Action, reduce} from './reducer.js';
import {initialState, type UiState} from './state.js';

/**
The state of the screen, outside React: several keys of one chunk each see what the one before did.
*/
export type UiStore = {
	state(): UiState;
	dispatch(action: Action): void;
	subscribe(listener: () => void): () => void;
};

export const createUiStore = (from: UiState = initialState): UiStore => {
	let state = from;
	const listeners = new Set<() => void>();
	return {
		state: () => state,
		dispatch(action) {
			const next = reduce(state, action);
			if (next === state) {
				return;
			}

			state = next;
			for (const listener of listeners) {
				listener();
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};
