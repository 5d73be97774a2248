/**
A line of text being typed and where the next character goes.
*/
export type TextField = {readonly text: string; readonly at: number};

export const emptyField: TextField = {text: '', at: 0};

export const fieldWith = (text: string): TextField => ({text, at: text.length});

const insert = ({text, at}: TextField, added: string): TextField => ({
	text: text.slice(0, at) + added + text.slice(at),
	at: at + added.length,
});

/**
Pasted text as one line: it triggers no key, and line breaks in it are spaces.
*/
export const paste = (field: TextField, text: string): TextField =>
	insert(field, text.replaceAll(/[\s\p{Control}]+/gv, ' ').trim());

const wordStart = (text: string, at: number): number =>
	text.slice(0, at).trimEnd().lastIndexOf(' ') + 1;

/**
The field after a key press, or `undefined` when the key is none of its own.
*/
export const editField = (
	field: TextField,
	key: string,
	typed: string,
): TextField | undefined => {
	const {text, at} = field;
	switch (key) {
		case 'left':
		case 'ctrl-b': {
			return {text, at: Math.max(0, at - 1)};
		}

		case 'right':
		case 'ctrl-f': {
			return {text, at: Math.min(text.length, at + 1)};
		}

		case 'home':
		case 'ctrl-a': {
			return {text, at: 0};
		}

		case 'end':
		case 'ctrl-e': {
			return {text, at: text.length};
		}

		case 'backspace': {
			return at === 0
				? field
				: {text: text.slice(0, at - 1) + text.slice(at), at: at - 1};
		}

		case 'delete':
		case 'ctrl-d': {
			return {text: text.slice(0, at) + text.slice(at + 1), at};
		}

		case 'ctrl-u': {
			return {text: text.slice(at), at: 0};
		}

		case 'ctrl-w': {
			const start = wordStart(text, at);
			return {text: text.slice(0, start) + text.slice(at), at: start};
		}

		default: {
			return typed === '' ? undefined : insert(field, typed);
		}
	}
};
