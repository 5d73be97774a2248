import {type Environment} from '@marcbachmann/cel-js';
import {isSame, Opaque} from './cel-value.js';

class Url extends Opaque {
	readonly url: URL;

	constructor(text: string) {
		super();
		const base = text.startsWith('/') ? 'none://' : undefined;
		if (!URL.canParse(text, base)) {
			throw new Error(
				`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
			);
		}

		this.url = new URL(text, base);
	}

	override toString(): string {
		return this.url.href;
	}
}

const isReadable = (text: string): boolean => {
	try {
		return Boolean(new Url(text));
	} catch {
		return false;
	}
};

/**
Kubernetes' URLs in rules.
*/
export const registerUrls = (environment: Environment): void => {
	const url = 'kubernetes.URL';
	environment
		.registerType(url, {ctor: Url, fields: {}})
		.registerOperator(`${url} == ${url}`, isSame)
		.registerFunction(`url(string): ${url}`, (text: string) => new Url(text))
		.registerFunction('isURL(string): bool', isReadable)
		.registerFunction(`${url}.getScheme(): string`, (value: Url) =>
			value.url.protocol.slice(0, -1).replace(/^none$/v, ''),
		)
		.registerFunction(
			`${url}.getHost(): string`,
			(value: Url) => value.url.host,
		)
		.registerFunction(`${url}.getHostname(): string`, (value: Url) =>
			value.url.hostname.replaceAll(/^\[|\]$/gv, ''),
		)
		.registerFunction(
			`${url}.getPort(): string`,
			(value: Url) => value.url.port,
		)
		.registerFunction(
			`${url}.getEscapedPath(): string`,
			(value: Url) => value.url.pathname,
		)
		.registerFunction(
			`${url}.getQuery(): map<string, list<string>>`,
			(value: Url) =>
				new Map(
					[...value.url.searchParams.keys()].map((key) => [
						key,
						value.url.searchParams.getAll(key),
					]),
				),
		);
};
