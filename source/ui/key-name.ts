import {type Key} from 'ink';

const special: ReadonlyArray<readonly [keyof Key, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

/**
One key press in the spelling of the keymap (`j`, `G`, `ctrl-w`, `shift-tab`, `pagedown`); `text` is what a text field would insert, empty for keys that are no text.
*/
export type KeyPress = {readonly name: string; readonly text: string};

const modified = (name: string, key: Key): string =>
	`${key.ctrl ? 'ctrl-' : ''}${key.meta ? 'alt-' : ''}${key.shift ? 'shift-' : ''}${name}`;

const nameCharacter = (character: string, key: Key): KeyPress => {
	if (character === '\r' || character === '\n') {
		return {name: 'enter', text: ''};
	}

	if (character === '\t') {
		return {name: key.shift ? 'shift-tab' : 'tab', text: ''};
	}

	const code = character.codePointAt(0)!;
	if (code === 127 || code === 8) {
		return {name: 'backspace', text: ''};
	}

	if (code < 32) {
		return {
			name: `ctrl-${String.fromCodePoint(code + 64).toLowerCase()}`,
			text: '',
		};
	}

	if (key.ctrl || key.meta) {
		return {
			name: `${key.ctrl ? 'ctrl-' : ''}${key.meta ? 'alt-' : ''}${character.toLowerCase()}`,
			text: '',
		};
	}

	return {name: character === ' ' ? 'space' : character, text: character};
};

/**
Ink's event as key presses. Keys typed faster than the terminal is read arrive as one string; each of them is a key press of its own.
*/
export const nameKeys = (input: string, key: Key): readonly KeyPress[] => {
	for (const [flag, name] of special) {
		if (key[flag] === true) {
			return [{name: modified(name, {...key, meta: false}), text: ''}];
		}
	}

	return key.tab
		? [{name: key.shift ? 'shift-tab' : 'tab', text: ''}]
		: Array.from(input, (character) => nameCharacter(character, key));
};
