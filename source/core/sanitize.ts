/* eslint-disable no-control-regex, regexp/no-control-character, regexp/no-obscure-range, no-misleading-character-class -- Control characters and ranges of them are what these patterns look for. */

/**
Everything a terminal may take for an order instead of a character: ANSI sequences (CSI, OSC, DCS and their like, complete
or cut off), C0 and C1 controls, bidirectional overrides, zero-width and other invisible formatting, line and paragraph
separators, lone surrogates.
*/
const ansiSequence =
	/(?:\u{1B}\[|\u{9B})[0-?]*[ -\/]*[@-~]?|(?:\u{1B}[PX\]^_]|[\u{90}\u{98}\u{9D}\u{9E}\u{9F}])[^\u{7}\u{1B}\u{9C}]*(?:\u{7}|\u{1B}\\|\u{9C})?|\u{1B}[ -\/]*[0-~]?/gv;

const unprintable =
	/[\p{Surrogate}\u{0}-\u{1F}\u{7F}-\u{9F}\u{AD}\u{61C}\u{115F}\u{1160}\u{180E}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{3164}\u{FE00}-\u{FE0F}\u{FEFF}\u{FFA0}\u{FFF9}-\u{FFFB}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gv;

const lineBreaks = /\r\n|[\n\r\u{85}\u{2028}\u{2029}]/gv;

/**
Most texts are plain ASCII; they are handed back as they are.
*/
const plain = /^[ -~]*$/v;

const strip = (line: string): string =>
	line
		.replaceAll('\t', ' ')
		.replaceAll(ansiSequence, '')
		.replaceAll(unprintable, '');

/**
Text from a cluster as one line that a terminal can only print: line breaks and tabs become spaces, everything that is no
printable character is taken out.
*/
export const sanitize = (text: string): string =>
	plain.test(text) ? text : strip(text.replaceAll(lineBreaks, ' '));

/**
As `sanitize`, but keeps the line breaks (as `\n`).
*/
export const sanitizeLines = (text: string): string =>
	text
		.split(lineBreaks)
		.map((line) => (plain.test(line) ? line : strip(line)))
		.join('\n');
