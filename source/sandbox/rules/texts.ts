import {Buffer} from 'node:buffer';
import {type Environment} from '@marcbachmann/cel-js';

/**
A pattern of RE2 as one of JavaScript's; undefined when RE2 would refuse it.
*/
export const compilePattern = (pattern: string): RegExp | undefined => {
	// Lookaround and backreferences are what RE2 leaves out.
	if (/\(\?(?:[!=]|<[!=])|\\[1-9]/v.test(pattern)) {
		return undefined;
	}

	const flags = /^\(\?(?<flags>[ims]+)\)/v.exec(pattern)?.groups?.flags ?? '';
	const rest = flags === '' ? pattern : pattern.slice(flags.length + 3);
	try {
		return new RegExp(
			rest
				.replaceAll('(?P<', '(?<')
				.replace(/^\\A/v, '^')
				.replace(/\\z$/v, () => '$'),
			flags,
		);
	} catch {
		return undefined;
	}
};

const readPattern = (pattern: string, flags = ''): RegExp => {
	const compiled = compilePattern(pattern);
	if (!compiled) {
		throw new Error(`Illegal regex: error parsing regexp: ${pattern}`);
	}

	return new RegExp(compiled.source, compiled.flags + flags);
};

const findAll = (text: string, pattern: string, limit = -1n): string[] => {
	const found = [...text.matchAll(readPattern(pattern, 'g'))].map(
		([match]) => match,
	);
	return limit < 0n ? found : found.slice(0, Number(limit));
};

const charAt = (text: string, index: bigint): string => {
	const letters = [...text];
	if (index < 0n || index > BigInt(letters.length)) {
		throw new Error(`index out of range: ${index}`);
	}

	return letters[Number(index)] ?? '';
};

const replace = (
	text: string,
	old: string,
	next: string,
	limit = -1n,
): string => {
	const parts = text.split(old);
	const count = limit < 0n ? parts.length - 1 : Number(limit);
	const head = parts.slice(0, count + 1).join(next);
	const tail = parts.slice(count + 1);
	return tail.length === 0 ? head : [head, ...tail].join(old);
};

const shown = (value: unknown): string => {
	if (Array.isArray(value)) {
		return `[${value.map((item) => shown(item)).join(', ')}]`;
	}

	if (value instanceof Map) {
		return `{${[...value].map(([key, item]) => `${shown(key)}: ${shown(item)}`).join(', ')}}`;
	}

	if (value instanceof Date) {
		return value.toISOString().replace('.000Z', 'Z');
	}

	return value === undefined || typeof value === 'object'
		? String(value ?? 'null')
		: String(value);
};

const formatOne = (
	verb: string,
	precision: string | undefined,
	value: unknown,
): string => {
	const number = value as number | bigint;
	const digits = Number(precision ?? 6);
	switch (verb) {
		case 'f': {
			return Number(number).toFixed(digits);
		}

		case 'e': {
			return Number(number)
				.toExponential(digits)
				.replace(/(?<=e[+\-])\d$/v, '0$&');
		}

		case 'b': {
			return typeof value === 'boolean'
				? String(Number(value))
				: number.toString(2);
		}

		case 'o': {
			return number.toString(8);
		}

		case 'x':
		case 'X': {
			const hex =
				typeof value === 'string'
					? Buffer.from(value).toString('hex')
					: number.toString(16);
			return verb === 'X' ? hex.toUpperCase() : hex;
		}

		default: {
			return shown(value);
		}
	}
};

const format = (text: string, values: readonly unknown[]): string => {
	let next = 0;
	return text.replaceAll(
		/%(?:\.(?<precision>\d+))?(?<verb>[%Xbdefosx])/gv,
		(_match, precision: string | undefined, verb: string) => {
			if (verb === '%') {
				return '%';
			}

			if (next >= values.length) {
				throw new Error(`index ${next} out of range`);
			}

			return formatOne(verb, precision, values[next++]);
		},
	);
};

class Strings {
	get name(): string {
		return 'strings';
	}
}

/**
The strings extension as far as the library lacks it, and Kubernetes' regular expressions. `re2test` is what rules call `matches`.
*/
export const registerTexts = (environment: Environment): void => {
	environment
		.registerFunction('string.re2test(string): bool', (text: string, pattern) =>
			readPattern(pattern as string).test(text),
		)
		.registerFunction(
			'string.find(string): string',
			(text: string, pattern: string) =>
				readPattern(pattern).exec(text)?.[0] ?? '',
		)
		.registerFunction('string.findAll(string): list<string>', (text, pattern) =>
			findAll(text as string, pattern as string),
		)
		.registerFunction(
			'string.findAll(string, int): list<string>',
			(text: string, pattern: string, limit: bigint) =>
				findAll(text, pattern, limit),
		)
		.registerFunction('string.charAt(int): string', charAt)
		.registerFunction(
			'string.replace(string, string): string',
			(text: string, old: string, next: string) => replace(text, old, next),
		)
		.registerFunction('string.replace(string, string, int): string', replace)
		.registerFunction('string.format(list<dyn>): string', format)
		.registerType('Strings', Strings)
		.registerConstant('strings', 'Strings', new Strings())
		.registerFunction(
			'Strings.quote(string): string',
			(_strings, text: string) => JSON.stringify(text),
		)
		.registerFunction(
			'string(google.protobuf.Timestamp): string',
			(time: Date) => shown(time),
		)
		.registerFunction('string(google.protobuf.Duration): string', String)
		.registerFunction('int(google.protobuf.Timestamp): int', (time: Date) =>
			BigInt(Math.floor(time.getTime() / 1000)),
		)
		.registerFunction('int(uint): int', (value: {valueOf(): bigint}) =>
			value.valueOf(),
		);
};
