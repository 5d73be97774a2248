/* eslint-disable-next-line no-control-regex, regexp/no-control-character -- Styling is what is taken away. */
const styling = /\u{1B}\[[\d;]*m/gv;

/**
What is said in the rest of the line, before the gap behind it.
*/
const label = /^(?<label>[A-Z][a-z]+(?: [a-z]+){0,2}) {2,}(?=\S)/v;

/**
A padded and painted line as a screen reader should speak it: without styling, and with a pause where columns are set apart. Nothing when there is nothing to say.
*/
export const readable = (line: string): string | undefined => {
	const text = line.replaceAll(styling, '').trimEnd();
	if (text.trim() === '') {
		return undefined;
	}

	const indent = text.length - text.trimStart().length;
	return (
		text.slice(0, indent) +
		text
			.slice(indent)
			.replace(label, '$<label>: ')
			// Sentences and labels end where they end; only what stands bare needs a pause.
			.replaceAll(/(?<=[!,.:;?]) {2,}/gv, ' ')
			.replaceAll(/ {2,}/gv, ', ')
	);
};
