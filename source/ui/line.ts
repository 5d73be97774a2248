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

const sliceLine = (spans: Line, start: number, end: number): Line => {
	let at = 0;
	return spans.flatMap(({text, tone}): Line => {
		const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
		at += text.length;
		return part === '' ? [] : [{text: part, tone}];
	});
};

/**
The line broken at spaces, wherever in it they are, into at most `count` lines that all keep their tones; `head` stands before the first, and as much room before the others. What has no room is
left in the last, to be cut.
*/
export const flowLine = (
	head: Line,
	spans: Line,
	{width, count}: {readonly width: number; readonly count: number},
): readonly Line[] => {
	const text = lineText(spans);
	const indent = displayWidth(lineText(head));
	const lines: Line[] = [];
	let at = 0;
	for (const part of wrap(text, Math.max(10, width - indent))) {
		if (part.trim() === '') {
			continue;
		}

		const start = text.indexOf(part, at);
		at = start + part.length;
		const isFirst = lines.length === 0;
		const isLast = lines.length === count - 1;
		lines.push([
			...(isFirst ? head : [{text: ' '.repeat(indent)}]),
			...sliceLine(spans, start, isLast ? text.length : at),
		]);
		if (isLast) {
			break;
		}
	}

	return lines.length === 0 ? [head] : lines;
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
