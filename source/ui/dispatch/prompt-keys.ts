import {type CommandId} from '../commands.js';
import {type Explorer} from '../explorer.js';
import {parseFilter} from '../filter.js';
import {type KeyPress} from '../key-name.js';
import {findBinding} from '../keymap.js';
import {type Prompt} from '../reducer/state.js';
import {editField, paste} from '../reducer/text-field.js';
import {showMatch} from './document-commands.js';
import {say} from './handlers.js';
import {complete} from './palette.js';

const completeNext = (explorer: Explorer, prompt: Prompt) => {
	const stem = prompt.stem ?? prompt.field.text;
	const candidates = complete(stem, explorer);
	if (candidates.length === 0) {
		return;
	}

	const completion =
		prompt.completion === undefined
			? 0
			: (prompt.completion + 1) % candidates.length;
	explorer.ui.dispatch({
		type: 'complete',
		text: candidates[completion]!,
		completion,
		stem,
	});
};

const answerQuit = ({ui, ports}: Explorer, {name}: KeyPress) => {
	ui.dispatch({type: 'close', isAccepted: false});
	if (['y', 'enter', 'q'].includes(name)) {
		ports.quit(false);
	}
};

const isSearch = ({kind}: Prompt): boolean => kind === 'search';

const editPrompt = (
	explorer: Explorer,
	prompt: Prompt,
	{name, text}: KeyPress,
) => {
	const {ui} = explorer;
	if (name === 'backspace' && prompt.field.text === '') {
		ui.dispatch({type: 'close', isAccepted: false});
		return;
	}

	const field = editField(prompt.field, name, text);
	if (!field) {
		return;
	}

	ui.dispatch({type: 'edit', field});
	if (isSearch(prompt)) {
		showMatch(explorer);
	}
};

const promptCommands: Partial<
	Record<CommandId, (explorer: Explorer, prompt: Prompt) => void>
> = {
	accept(explorer, {kind, field}) {
		explorer.ui.dispatch({type: 'close', isAccepted: true});
		const filter = parseFilter(field.text);
		if (kind === 'filter' && !filter.isValid) {
			say(explorer, filter.problem, 'warning');
		}
	},
	cancel({ui}) {
		ui.dispatch({type: 'close', isAccepted: false});
	},
	complete(explorer, prompt) {
		if (prompt.kind === 'palette') {
			completeNext(explorer, prompt);
		}
	},
	'history-back'({ui}) {
		ui.dispatch({type: 'history', by: 1});
	},
	'history-forward'({ui}) {
		ui.dispatch({type: 'history', by: -1});
	},
};

/**
A key while something is typed. `accept` gets the line of the palette once it is complete.
*/
export const pressInPrompt = (
	explorer: Explorer,
	press: KeyPress,
	accept: (line: string) => void,
): void => {
	const prompt = explorer.ui.state().prompt!;
	if (prompt.kind === 'quit') {
		answerQuit(explorer, press);
		return;
	}

	const command = findBinding(press.name, ['prompt'])?.command;
	const handle = command === undefined ? undefined : promptCommands[command];
	if (!handle) {
		editPrompt(explorer, prompt, press);
		return;
	}

	handle(explorer, prompt);
	if (command === 'accept' && prompt.kind === 'palette') {
		accept(prompt.field.text);
	}
};

/**
Pasted text goes where text is typed, and nowhere else.
*/
export const pasteIntoPrompt = (explorer: Explorer, text: string): void => {
	const {prompt} = explorer.ui.state();
	if (!prompt || prompt.kind === 'quit') {
		return;
	}

	explorer.ui.dispatch({type: 'edit', field: paste(prompt.field, text)});
	if (isSearch(prompt)) {
		showMatch(explorer);
	}
};
