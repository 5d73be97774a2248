import {Buffer} from 'node:buffer';

/**
Most terminals take no more than about 74,000 bytes of base64 in one OSC 52.
*/
const mostBytes = 74_000;

/**
The OSC 52 sequence that hands text to the terminal's clipboard, wrapped so that tmux and screen pass it on; absent when the text is too long.
*/
export const clipboardSequence = (
	text: string,
	environment: Readonly<Record<string, string | undefined>>,
): string | undefined => {
	const data = Buffer.from(text, 'utf8').toString('base64');
	if (data.length > mostBytes) {
		return undefined;
	}

	const sequence = `\u{1B}]52;c;${data}\u{7}`;
	if (environment.TMUX !== undefined) {
		return `\u{1B}Ptmux;\u{1B}${sequence}\u{1B}\\`;
	}

	return environment.TERM?.startsWith('screen') === true
		? `\u{1B}P${sequence}\u{1B}\\`
		: sequence;
};
