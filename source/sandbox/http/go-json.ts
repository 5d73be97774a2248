/**
Says where a text stops being JSON, as Go's decoder does.
*/
const space = /[\t\n\r ]/v;

const show = (character: string): string =>
	character === "'"
		? String.raw`'\''`
		: character === '"'
			? "'\"'"
			: character < ' '
				? String.raw`'\x${character.codePointAt(0)!.toString(16).padStart(2, '0')}'`
				: /[\u{7F}-\u{9F}]/v.test(character)
					? String.raw`'\u00${character.codePointAt(0)!.toString(16)}'`
					: `'${character}'`;

const unexpected = (character: string, where: string): string =>
	`invalid character ${show(character)} ${where}`;

const endOfInput = 'unexpected end of JSON input';

class Stop extends Error {}

const createScanner = (text: string) => {
	let position = 0;
	const skip = (): void => {
		while (position < text.length && space.test(text[position]!)) {
			position++;
		}
	};

	const peek = (
		where: string,
		wanted: (character: string) => boolean,
	): string => {
		skip();
		const character = text[position];
		if (character === undefined) {
			throw new Stop(endOfInput);
		}

		if (!wanted(character)) {
			throw new Stop(unexpected(character, where));
		}

		return character;
	};

	const string = (): void => {
		position++;
		for (;;) {
			const character = text[position];
			if (character === undefined) {
				throw new Stop(endOfInput);
			}

			if (character === '"') {
				position++;
				return;
			}

			if (character < ' ') {
				throw new Stop(unexpected(character, 'in string literal'));
			}

			if (character === '\\') {
				const escaped = text[position + 1];
				if (escaped !== undefined && !/["\/\\bfnrtu]/v.test(escaped)) {
					throw new Stop(unexpected(escaped, 'in string escape code'));
				}

				position++;
			}

			position++;
		}
	};

	const literal = (word: string): void => {
		for (const [index, letter] of [...word].entries()) {
			const character = text[position];
			if (character === undefined) {
				throw new Stop(endOfInput);
			}

			if (character !== letter) {
				throw new Stop(
					unexpected(
						character,
						`in literal ${word} (expecting '${word[index] ?? ''}')`,
					),
				);
			}

			position++;
		}
	};

	const number = (): void => {
		const [digits = ''] =
			/^-?(?:0|\d*)(?:\.\d+)?(?:e[+\-]?\d+)?/iv.exec(text.slice(position)) ??
			[];
		position += digits.length;
		if (!/\d$/v.test(digits)) {
			const character = text[position];
			throw new Stop(
				character === undefined
					? endOfInput
					: unexpected(character, 'in numeric literal'),
			);
		}
	};

	const members = (close: string, one: () => void, after: string): void => {
		position++;
		skip();
		if (text[position] === close) {
			position++;
			return;
		}

		for (;;) {
			one();
			const sign = peek(
				after,
				(character) => character === ',' || character === close,
			);
			position++;
			if (sign === close) {
				return;
			}
		}
	};

	const value = (): void => {
		const character = peek('looking for beginning of value', (candidate) =>
			/[\d"\-\[fnt\{]/v.test(candidate),
		);
		switch (character) {
			case '{': {
				members(
					'}',
					() => {
						peek(
							'looking for beginning of object key string',
							(sign) => sign === '"',
						);
						string();
						peek('after object key', (sign) => sign === ':');
						position++;
						value();
					},
					'after object key:value pair',
				);
				return;
			}

			case '[': {
				members(']', value, 'after array element');
				return;
			}

			case '"': {
				string();
				return;
			}

			case 't': {
				literal('true');
				return;
			}

			case 'f': {
				literal('false');
				return;
			}

			case 'n': {
				literal('null');
				return;
			}

			default: {
				number();
			}
		}
	};

	return {
		scan(): void {
			value();
			skip();
			const character = text[position];
			if (character !== undefined) {
				throw new Stop(unexpected(character, 'after top-level value'));
			}
		},
	};
};

const deepest = 10_000;

/**
What opens one level too many; undefined when nothing does.
*/
const tooDeep = (text: string): string | undefined => {
	let depth = 0;
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[\[\]\{\}]/gv)) {
		if (token === '{' || token === '[') {
			depth++;
			if (depth > deepest) {
				return token;
			}
		} else if (token === '}' || token === ']') {
			depth--;
		}
	}

	return undefined;
};

/**
Whether a text is nested deeper than Go reads. Short ones are not looked at.
*/
export const isTooDeep = (text: string): boolean =>
	text.length > deepest && tooDeep(text) !== undefined;

/**
What is wrong with a text that is no JSON, in Go's words.
*/
export const describeBrokenJson = (text: string): string => {
	const sign = text.length > deepest ? tooDeep(text) : undefined;
	if (sign !== undefined) {
		return `invalid character '${sign}' exceeded max depth`;
	}

	try {
		createScanner(text).scan();
		return endOfInput;
	} catch (error) {
		if (error instanceof Stop) {
			return error.message;
		}

		throw error;
	}
};
