import {expect, test} from 'vitest';
import InkOutput from '../../../node_modules/ink/build/output.js';
import Output from '../../../scripts/bundle/ink-output.js';

const esc = '\u{1B}';
const bold = (text: string) => `${esc}[1m${text}${esc}[22m`;
const red = (text: string) => `${esc}[31m${text}${esc}[39m`;

type Text = Readonly<{x: number; y: number; text: string}>;

const draw = (
	Kind: typeof InkOutput,
	texts: readonly Text[],
	clip?: Readonly<{x1: number; x2: number}>,
): string => {
	const output = new Kind({width: 24, height: 4});
	if (clip) {
		output.clip({...clip, y1: undefined, y2: undefined});
	}

	for (const {x, y, text} of texts) {
		output.write(x, y, text, {
			transformers: [(line) => (line.startsWith('!') ? bold(line) : line)],
		});
	}

	if (clip) {
		output.unclip();
	}

	return output.get().output;
};

const expectSame = (
	...given: Parameters<typeof draw> extends [unknown, ...infer Rest]
		? Rest
		: never
) => {
	expect(draw(Output, ...given)).toBe(draw(InkOutput, ...given));
};

test.each<[string, readonly Text[]]>([
	['nothing', []],
	[
		'lines side by side',
		[
			{x: 0, y: 0, text: 'pods       '},
			{x: 12, y: 0, text: '│ nodes'},
		],
	],
	[
		'a gap before and between',
		[
			{x: 3, y: 1, text: 'a'},
			{x: 9, y: 1, text: 'b'},
		],
	],
	['blanks at the end', [{x: 0, y: 0, text: 'a     '}]],
	['styled blanks at the end', [{x: 0, y: 0, text: `${esc}[7ma   ${esc}[27m`}]],
	[
		'styles',
		[
			{x: 0, y: 2, text: `${red('a')} ${bold('b')}  `},
			{x: 8, y: 2, text: bold('c')},
		],
	],
	[
		'a style that a text leaves open',
		[
			{x: 0, y: 0, text: `${esc}[31ma`},
			{x: 4, y: 0, text: 'b'},
		],
	],
	['what transforms a text', [{x: 0, y: 0, text: '!a'}]],
	[
		'texts out of order',
		[
			{x: 9, y: 0, text: 'b'},
			{x: 0, y: 0, text: 'a'},
		],
	],
	[
		'a text over another',
		[
			{x: 0, y: 0, text: 'abcdef'},
			{x: 2, y: 0, text: 'XY'},
		],
	],
	[
		'several lines in one text',
		[
			{x: 0, y: 0, text: 'ab\ncd'},
			{x: 4, y: 1, text: 'e'},
		],
	],
	[
		'wide characters beside narrow ones',
		[
			{x: 0, y: 0, text: '集群 a'},
			{x: 8, y: 0, text: 'b'},
			{x: 0, y: 1, text: 'c'},
		],
	],
	['a text beyond the right edge', [{x: 20, y: 0, text: 'abcdefgh'}]],
	[
		'rows outside',
		[
			{x: 0, y: 9, text: 'a'},
			{x: 0, y: -1, text: 'b'},
			{x: 0, y: 9, text: '集'},
		],
	],
	[
		'an invisible character',
		[
			{x: 0, y: 0, text: 'a\u{200B}b'},
			{x: 4, y: 0, text: 'c'},
		],
	],
])('%s: as Ink draws it', (_name, texts) => {
	expectSame(texts);
});

test('a clipped frame: as Ink draws it', () => {
	expectSame([{x: 0, y: 0, text: 'abcdefgh'}], {x1: 2, x2: 5});
});

test.each([
	['styles', `${red('a')}${red('b')}`],
	['two styles at once', `${esc}[1;31ma${esc}[22;39m${red('b')}`],
])('a frame of lines with %s is not taken apart', (_name, line) => {
	expect(draw(Output, [{x: 0, y: 0, text: line}]).split('\n', 1)[0]).toBe(line);
	expect(
		draw(InkOutput, [{x: 0, y: 0, text: line}]).split('\n', 1)[0],
	).not.toBe(line);
});
