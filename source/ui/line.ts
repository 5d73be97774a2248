import {displayWidth, fit, truncate, wrap} from './display-width.js';
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

		const {ellipsis} = theme.symbols;
		const said = ellipsis === '…' ? text : text.split('…').join(ellipsis);
		const cut = truncate(said, left, ellipsis);
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

/**
The line in as many lines as it needs: its last stretch is broken, and goes on below where it began.
*/
export const wrapLine = (spans: Line, width: number): readonly Line[] => {
	const last = spans.at(-1);
	if (last === undefined || displayWidth(lineText(spans)) <= width) {
		return [spans];
	}

	const head = spans.slice(0, -1);
	const [lead = ''] = /^\s*/v.exec(last.text) ?? [];
	const start = displayWidth(lineText(head)) + lead.length;
	const texts = (indent: number) =>
		wrap(last.text.trimStart(), Math.max(10, width - indent));
	if (start > width * 0.6) {
		const below = texts(4).map((text) => [{...last, text: `    ${text}`}]);
		return head.length === 0 ? below : [head, ...below];
	}

	const [first = '', ...more] = texts(start);
	return [
		[...head, {...last, text: lead + first}],
		...more.map((text) => [{...last, text: ' '.repeat(start) + text}]),
	];
};
