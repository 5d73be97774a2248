import {Buffer} from 'node:buffer';

/**
The places of the tokens in a template, found once.
*/
export type Template = Readonly<{
	bytes: Buffer;
	stamp(replacements: readonly string[]): Buffer;
}>;

/**
Prepares an encoded object for copying under other names.

@throws RangeError for a token that does not occur, or a replacement of another length.
*/
export const prepareTemplate = (
	bytes: Uint8Array,
	tokens: readonly string[],
): Template => {
	const original = Buffer.from(bytes);
	const places = tokens.map((token) => {
		const found: number[] = [];
		for (
			let at = original.indexOf(token);
			at !== -1;
			at = original.indexOf(token, at + token.length)
		) {
			found.push(at);
		}

		if (found.length === 0) {
			throw new RangeError(`The template does not contain "${token}".`);
		}

		return found;
	});

	return {
		bytes: original,
		stamp(replacements) {
			const copy = Buffer.from(original);
			for (const [index, text] of replacements.entries()) {
				if (text.length !== tokens[index]?.length) {
					throw new RangeError(
						`"${text}" is not as long as "${tokens[index]}".`,
					);
				}

				for (const at of places[index] ?? []) {
					copy.write(text, at, 'latin1');
				}
			}

			return copy;
		},
	};
};
