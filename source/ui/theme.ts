import {type Level} from '../core/rows/row.js';

/**
What a piece of text means; how it looks is the theme's affair. Colour is never the only signal: every tone that matters is doubled by a symbol or a word.
*/
export type Tone =
	| 'plain'
	| 'dim'
	| 'strong'
	| 'error'
	| 'warning'
	| 'info'
	| 'fine'
	| 'progress'
	| 'key'
	| 'title'
	| 'glow'
	| 'selected'
	| 'marked';

export type Symbols = {
	readonly horizontal: string;
	readonly vertical: string;
	readonly ellipsis: string;
	readonly cursor: string;
	/**
	The row that the other panes are narrowed to.
	*/
	readonly pin: string;
	readonly up: string;
	readonly down: string;
	readonly bullet: string;
	readonly full: string;
	readonly empty: string;
	/**
	Absence of a value.
	*/
	readonly nothing: string;
};

export type Theme = {
	readonly symbols: Symbols;
	/**
	Read aloud rather than looked at: nothing may change by the passing of time alone, or it would be read again and again.
	*/
	readonly isRead: boolean;
	/**
	What stands before a row or a message of this severity, so that it is known without colour.
	*/
	sign(level: Level): string;
	/**
	The text in the look of a tone; its width does not change.
	*/
	paint(tone: Tone, text: string): string;
};

const unicode: Symbols = {
	horizontal: '─',
	vertical: '│',
	ellipsis: '…',
	cursor: '>',
	pin: '»',
	up: '↑',
	down: '↓',
	bullet: '·',
	full: '█',
	empty: '░',
	nothing: '-',
};

const ascii: Symbols = {
	horizontal: '-',
	vertical: '|',
	ellipsis: '~',
	cursor: '>',
	pin: '=',
	up: '^',
	down: 'v',
	bullet: '*',
	full: '#',
	empty: '.',
	nothing: '-',
};

/**
SGR parameters: how a tone starts and how it ends. Only the 16 colours of the terminal's own palette, so that light and dark themes both stay readable.
*/
type Look = readonly [start: string, end: string];

const coloured: Readonly<Record<Exclude<Tone, 'plain'>, Look>> = {
	dim: ['2', '22'],
	strong: ['1', '22'],
	error: ['31', '39'],
	warning: ['33', '39'],
	info: ['36', '39'],
	fine: ['32', '39'],
	progress: ['34', '39'],
	key: ['36', '39'],
	title: ['1;36', '22;39'],
	glow: ['1;35', '22;39'],
	selected: ['7', '27'],
	marked: ['4', '24'],
};

/**
Without colour only weight and reverse video are left (NO_COLOR asks for no colour, not for no emphasis).
*/
const monochrome: Readonly<Partial<Record<Tone, Look>>> = {
	strong: ['1', '22'],
	title: ['1', '22'],
	glow: ['1', '22'],
	selected: ['7', '27'],
	marked: ['4', '24'],
};

/**
The sign that stands before a row, so that severity is seen without colour.
*/
export const levelSymbol: Readonly<Record<Level, string>> = {
	error: 'x',
	warning: '!',
	info: 'i',
	fine: '+',
	progress: '~',
	none: ' ',
};

/**
The same for those who listen.
*/
const levelWord: Readonly<Record<Level, string>> = {
	error: 'error:',
	warning: 'warning:',
	info: 'note:',
	fine: 'fine:',
	progress: 'in progress:',
	none: '',
};

export const createTheme = ({
	hasColour,
	isAscii,
	isScreenReader = false,
}: {
	readonly hasColour: boolean;
	readonly isAscii: boolean;
	readonly isScreenReader?: boolean;
}): Theme => {
	const looks: Readonly<Partial<Record<Tone, Look>>> = hasColour
		? coloured
		: monochrome;
	const symbols = isAscii ? ascii : unicode;
	return {
		symbols: isScreenReader
			? {...symbols, horizontal: ' ', vertical: ' ', cursor: 'selected: '}
			: symbols,
		isRead: isScreenReader,
		sign: (level) => (isScreenReader ? levelWord : levelSymbol)[level],
		paint(tone, text) {
			const look = looks[tone];
			return look === undefined || text === ''
				? text
				: `\u{1B}[${look[0]}m${text}\u{1B}[${look[1]}m`;
		},
	};
};

export const levelTone: Readonly<Record<Level, Tone>> = {
	error: 'error',
	warning: 'warning',
	info: 'info',
	fine: 'fine',
	progress: 'progress',
	none: 'plain',
};
