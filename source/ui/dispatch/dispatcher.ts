import {type CommandId} from '../commands.js';
import {sanitize} from '../../core/sanitize.js';
import {type Explorer} from '../explorer.js';
import {type KeyPress} from '../key-name.js';
import {findBinding, type Place} from '../keymap.js';
import {isTooSmall} from '../layout.js';
import {startOfList} from '../reducer/state.js';
import {
	fixCommands,
	isPastedIntoFix,
	isTakenByFix,
} from '../fix/fix-commands.js';
import {openView} from '../views/view.js';
import {
	canOpenSelector,
	isPastedIntoSelector,
	isTakenBySelector,
	selectorCommands,
} from '../selector/selector-commands.js';
import {setPaused} from '../views/queue-commands.js';
import {viewCommands} from '../views/view-commands.js';
import {documentCommands} from './document-commands.js';
import {globalCommands} from './global-commands.js';
import {type Handlers, say} from './handlers.js';
import {parsePalette} from './palette.js';
import {paneCommands} from './pane-commands.js';
import {placesOf} from './places.js';
import {pasteIntoPrompt, pressInPrompt} from './prompt-keys.js';
import {whyNot} from './unavailable.js';

/**
Turns key presses into what they mean where one is: prompt, screen, pane, everywhere are asked in this order.
*/
export type Dispatcher = {
	press(press: KeyPress): void;
	paste(text: string): void;
	/**
	Does what a line of the palette says.
	*/
	obey(line: string): void;
};

const handlersAt = (places: readonly Place[]): readonly Handlers[] => {
	if (places.includes('panes')) {
		return [paneCommands, globalCommands];
	}

	if (places.includes('document')) {
		return [documentCommands, globalCommands];
	}

	if (places.includes('selector')) {
		return [selectorCommands, globalCommands];
	}

	return places.includes('list')
		? [viewCommands, globalCommands]
		: [fixCommands, globalCommands];
};

const run = (explorer: Explorer, command: CommandId) => {
	const reason = whyNot(command, explorer);
	if (reason !== undefined) {
		say(explorer, reason, 'warning');
		return;
	}

	const handlers = handlersAt(placesOf(explorer.ui.state()));
	const handle =
		handlers.find((candidate) => candidate[command])?.[command] ??
		paneCommands[command];
	handle?.(explorer);
};

const obey = (explorer: Explorer, typed: string) => {
	if (typed.trim() === '') {
		return;
	}

	const {ui, ports} = explorer;
	const order = parsePalette(typed, explorer);
	switch (order.type) {
		case 'command': {
			run(explorer, order.command);
			break;
		}

		case 'pane': {
			ui.dispatch({type: 'home'});
			ui.dispatch({type: 'focus', pane: order.pane});
			if (order.filter !== undefined) {
				const change = {filter: order.filter, cursor: startOfList};
				ui.dispatch({type: 'pane', pane: order.pane, change});
			}

			break;
		}

		case 'view': {
			ui.dispatch({type: 'push', screen: openView(order.view)});
			break;
		}

		case 'namespace': {
			const {namespace} = order;
			ui.dispatch({type: 'home'});
			ui.dispatch({type: 'scope', scope: {kind: 'namespace', namespace}});
			break;
		}

		case 'edit': {
			const {namespace} = order;
			if (!canOpenSelector(explorer, namespace)) {
				say(explorer, `${sanitize(namespace)} is not offloaded.`, 'warning');
			}

			break;
		}

		case 'pause': {
			setPaused(explorer, order.namespace, order.isPaused);
			break;
		}

		case 'context': {
			ports.switchContext(order.context);
			break;
		}

		case 'unknown': {
			say(explorer, order.problem, 'warning');
			break;
		}
	}
};

export const createDispatcher = (explorer: Explorer): Dispatcher => {
	const {ui, ports} = explorer;

	const press = ({name, text}: KeyPress) => {
		if (name === 'ctrl-c') {
			ports.quit(true);
			return;
		}

		const state = ui.state();
		if (isTooSmall(state.size)) {
			// Nobody sees what a key would do.
			return;
		}

		if (state.prompt) {
			pressInPrompt(explorer, {name, text}, (line) => {
				obey(explorer, line);
			});
			return;
		}

		if (state.message) {
			ui.dispatch({type: 'message', message: undefined});
		}

		if (
			isTakenByFix(explorer, {name, text}) ||
			isTakenBySelector(explorer, {name, text})
		) {
			return;
		}

		const binding = findBinding(name, placesOf(state));
		if (binding) {
			run(explorer, binding.command);
		} else if (name.startsWith('alt-')) {
			// A key pressed right after esc arrives as one with alt.
			press({name: 'escape', text: ''});
			press({name: name.slice(4), text: name.slice(4)});
		}
	};

	return {
		press,
		paste(text) {
			if (isTooSmall(ui.state().size)) {
				return;
			}

			const isTaken =
				ui.state().prompt === undefined &&
				(isPastedIntoFix(explorer, text) ||
					isPastedIntoSelector(explorer, text));
			if (!isTaken) {
				pasteIntoPrompt(explorer, text);
			}
		},
		obey(line) {
			obey(explorer, line);
		},
	};
};
