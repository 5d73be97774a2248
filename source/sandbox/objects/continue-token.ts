import {Buffer} from 'node:buffer';
import {describeBrokenJson} from '../http/go-json.js';

/**
`seen` objects came on the pages before: what remains is counted from it.
*/
export type Continue = {
	readonly rv: number;
	readonly start: string;
	readonly seen: number;
};

const version = 'meta.k8s.io/v1';

export const encodeContinue = (token: Continue): string =>
	Buffer.from(JSON.stringify({v: version, ...token})).toString('base64url');

const parse = (text: string): Partial<Continue & {v: string}> | undefined => {
	try {
		return JSON.parse(text) as Partial<Continue & {v: string}>;
	} catch {
		return undefined;
	}
};

/**
Reads a token; a text says what is wrong with it, as Go says it.
*/
export const decodeContinue = (text: string): Continue | string => {
	const stranger = /[^\w\-]/v.exec(text)?.index;
	const rest = text.length % 4 === 1 ? text.length - 1 : undefined;
	const illegal = stranger ?? rest;
	if (illegal !== undefined) {
		return `illegal base64 data at input byte ${illegal}`;
	}

	const bytes = Buffer.from(text, 'base64url');
	const token = parse(bytes.toString());
	if (!token) {
		return describeBrokenJson(bytes.toString('latin1'));
	}

	if (token.v !== version) {
		return `server does not recognize this encoded version ${token.v ?? ''}`;
	}

	if (typeof token.rv !== 'number' || token.rv === 0) {
		return `incorrect encoded start resourceVersion (version ${version})`;
	}

	return token.start === undefined || token.start === ''
		? `encoded start key empty (version ${version})`
		: {rv: token.rv, start: token.start, seen: token.seen ?? 0};
};
