import {displayWidth, truncate} from '../display-width.js';
import {type TextField} from '../reducer/text-field.js';
import {type Theme} from '../theme.js';

/**
Less than this of a suffix says nothing.
*/
const leastSuffix = 8;

/**
A text being typed, with its cursor, scrolled so that the cursor is visible. Exactly `width` columns.
*/
export const fieldLine = (
	{text, at}: TextField,
	{
		prefix,
		suffix,
		width,
		theme,
	}: {
		readonly prefix: string;
		/**
		Shown after the text, dim, as far as there is room.
		*/
		readonly suffix: string;
		readonly width: number;
		readonly theme: Theme;
	},
): string => {
	const room = width - displayWidth(prefix) - 2;
	const start = Math.max(0, at - room + 1);
	const before = text.slice(start, at);
	const under = text[at] ?? ' ';
	const after = text.slice(at + 1, start + room);
	const used = displayWidth(before + under + after);
	const left = Math.max(0, room - used);
	const note =
		suffix === '' || left < leastSuffix + 2
			? ''
			: `  ${truncate(suffix, left - 2, theme.symbols.ellipsis)}`;
	return [
		` ${theme.paint('key', prefix)}`,
		before,
		theme.paint('selected', under),
		after,
		theme.paint('dim', note),
		' '.repeat(Math.max(0, left - displayWidth(note) + 1)),
	].join('');
};
