import {displayWidth, truncate} from '../display-width.js';
import {type Theme, type Tone} from '../theme.js';

type Title = {
	/**
	Key that leads here; empty for what has none.
	*/
	readonly digit: string;
	readonly name: string;
	/**
	Counts, filter, order: what is special about what is shown.
	*/
	readonly notes: readonly string[];
	/**
	At the right end.
	*/
	readonly end: {readonly text: string; readonly tone: Tone} | undefined;
	readonly isFocused: boolean;
};

/**
The line above a pane: who it is, what is special about it, and how fresh it is. Exactly `width` columns.
*/
export const titleLine = (
	{digit, name, notes, end, isFocused}: Title,
	width: number,
	{paint, symbols}: Theme,
): string => {
	const head = `${digit === '' ? '' : `${digit} `}${name}`;
	const tail = end === undefined ? '' : ` ${end.text} `;
	const room = width - displayWidth(tail) - 3;
	const headShown = truncate(head, room, symbols.ellipsis);
	const left = room - displayWidth(headShown);
	const noteText = notes.length === 0 ? '' : `  ${notes.join('  ')}`;
	const noteShown =
		left < 6 ? '' : truncate(noteText, left - 1, symbols.ellipsis);
	const used = displayWidth(headShown) + displayWidth(noteShown) + 2;
	const rule = symbols.horizontal.repeat(
		Math.max(0, width - used - displayWidth(tail) - 1),
	);
	return [
		` ${paint(isFocused ? 'title' : 'dim', headShown)}`,
		isFocused ? noteShown : paint('dim', noteShown),
		` ${paint('dim', rule)}`,
		end === undefined ? '' : paint(end.tone, tail),
		paint('dim', symbols.horizontal),
	].join('');
};
