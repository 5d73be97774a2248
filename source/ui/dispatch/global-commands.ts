import {type Explorer} from '../explorer.js';
import {type Screen} from '../reducer/state.js';
import {currentFilter} from '../reducer/reducer.js';
import {undoCommands} from '../fix/undo-commands.js';
import {openView} from '../views/view.js';
import {type Handlers, say} from './handlers.js';
import {placesOf} from './places.js';

/**
Whether going back changes anything: at the root there is nothing left to leave but the program.
*/
export const isAtRoot = ({ui}: Explorer): boolean => {
	const state = ui.state();
	return (
		state.screens.length === 0 &&
		state.scope === undefined &&
		state.zoom === 0 &&
		!state.panes[state.focus].isFaultsOnly &&
		currentFilter(state) === ''
	);
};

const isHelp = (screen: Screen | undefined): boolean =>
	screen?.kind === 'document' && screen.document.type === 'help';

/**
What commands do everywhere.
*/
export const globalCommands: Handlers = {
	quit({ports}) {
		ports.quit(false);
	},
	back({ui}) {
		ui.dispatch({type: 'back'});
	},
	leave(explorer) {
		if (isAtRoot(explorer)) {
			explorer.ui.dispatch({type: 'ask', kind: 'quit'});
		} else {
			explorer.ui.dispatch({type: 'back'});
		}
	},
	palette({ui}) {
		ui.dispatch({type: 'ask', kind: 'palette'});
	},
	help({ui}) {
		const state = ui.state();
		if (isHelp(state.screens.at(-1))) {
			ui.dispatch({type: 'pop'});
			return;
		}

		const places = placesOf(state);
		ui.dispatch({
			type: 'push',
			screen: {
				kind: 'document',
				document: {type: 'help', places},
				top: 0,
				search: '',
			},
		});
	},
	'last-view'(explorer) {
		const {screens, lastScreen} = explorer.ui.state();
		if (screens.length > 0) {
			explorer.ui.dispatch({type: 'pop'});
		} else if (lastScreen) {
			explorer.ui.dispatch({type: 'push', screen: lastScreen});
		} else {
			say(explorer, 'There was no view before this one.');
		}
	},
	...undoCommands,
	'command-log'({ui}) {
		ui.dispatch({
			type: 'push',
			screen: openView('command-log'),
		});
	},
	reload({ports}) {
		ports.repaint();
	},
	'save-screen'(explorer) {
		say(explorer, explorer.ports.saveScreen());
	},
	suspend({ports}) {
		void ports.suspend();
	},
};
