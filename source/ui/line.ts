import {displayWidth, fit, truncate} from './display-width.js';
import {type Theme, type Tone} from './theme.js';

/**
A stretch of text in one tone.
*/
export type Span = {readonly text: string; readonly tone?: Tone};

/**
One line of text on its way to the screen: sanitised, not yet cut.
*/
export type Line = readonly Span[];

export const line = (text: string, tone?: Tone): Line => [{text, tone}];

export const lineText = (spans: Line): string =>
	spans.map((span) => span.text).join('');

/**
The line as exactly `width` columns.
*/
export const paintLine = (spans: Line, width: number, theme: Theme): string => {
	let left = width;
	let result = '';
	for (const {text, tone} of spans) {
		if (left <= 0) {
			break;
		}

		const cut = truncate(text, left, theme.symbols.ellipsis);
		left -= displayWidth(cut);
		result += tone === undefined ? cut : theme.paint(tone, cut);
	}

	return result + ' '.repeat(Math.max(0, left));
};

/**
A label in a fixed width, then its value: `Phase     Ready`.
*/
export const field = (
	label: string,
	value: string,
	{width = 16, tone}: {readonly width?: number; readonly tone?: Tone} = {},
): Line => [
	{text: `${fit(label, width)} `, tone: 'dim'},
	{text: value, tone},
];
