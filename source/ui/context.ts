import {createContext, useContext, useSyncExternalStore} from 'react';
import {type Explorer} from './explorer.js';
import {type UiState} from './reducer/state.js';
import {type Theme} from './theme.js';

export type UiContext = {
	readonly explorer: Explorer;
	readonly theme: Theme;
	readonly isAscii: boolean;
};

export const ExplorerContext = createContext<UiContext | undefined>(undefined);

/**
The explorer and its look, for any component of its tree.
*/
export const useExplorer = (): UiContext => {
	const context = useContext(ExplorerContext);
	if (!context) {
		throw new Error('useExplorer outside of the explorer');
	}

	return context;
};

/**
The state of the screen.
*/
export const useUi = (): UiState => {
	const {ui} = useExplorer().explorer;
	return useSyncExternalStore(ui.subscribe, ui.state);
};
