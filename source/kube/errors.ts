import {isJsonObject, type JsonObject} from '../core/json.js';
import {describeRule, describeTarget, readTarget} from './request-target.js';

/**
What went wrong, by what can be done about it.

- `unauthorized`: the server does not know who is asking. `credentials`: no credentials could be had (exec plugin, token file).
- `conflict`: somebody else wrote first. `already-exists`: a create found the name taken.
- `gone`: a resourceVersion or continue token is too old. `unsupported`: the server does not speak the asked encoding or method.
- `unreachable`, `certificate`, `timeout`: no answer. `garbage`: an answer that is none. `aborted`: we hung up.
- `refused-readonly`: the gate of `--readonly` did not let the request out. `config`: the kubeconfig or a flag is wrong.
*/
export type ProblemKind =
	| 'unauthorized'
	| 'credentials'
	| 'forbidden'
	| 'not-found'
	| 'conflict'
	| 'already-exists'
	| 'invalid'
	| 'gone'
	| 'too-many-requests'
	| 'too-large'
	| 'unsupported'
	| 'unreachable'
	| 'certificate'
	| 'timeout'
	| 'refused-readonly'
	| 'config'
	| 'garbage'
	| 'aborted'
	| 'server';

/**
An expected failure as a value. `message` says what happened, to which object, and what to do.
*/
export type Problem = {
	readonly kind: ProblemKind;
	readonly message: string;
	/**
	HTTP status code, when the server answered.
	*/
	readonly code?: number;
	/**
	Kubernetes' `Status` object, when the server sent one.
	*/
	readonly status?: JsonObject;
	/**
	Milliseconds the server asks to wait.
	*/
	readonly retryAfter?: number;
	/**
	The RBAC rule that is missing (`forbidden`).
	*/
	readonly rule?: string;
};

export type Outcome<T> =
	| {readonly ok: true; readonly value: T}
	| {readonly ok: false; readonly problem: Problem};

export const succeed = <T>(value: T): Outcome<T> => ({ok: true, value});

export const fail = (
	kind: ProblemKind,
	message: string,
): {readonly ok: false; readonly problem: Problem} => ({
	ok: false,
	problem: {kind, message},
});

/**
Carries a problem through code that can only throw (streams, callbacks of packages); never leaves this folder.
*/
export class ProblemError extends Error {
	override readonly name = 'ProblemError';
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.message);
		this.problem = problem;
	}
}

/**
Where a request went, for the wording.
*/
export type RequestContext = {
	readonly method: string;
	readonly path: string;
	/**
	Base address, e.g. `https://10.0.0.1:6443`.
	*/
	readonly server: string;
	/**
	Name of the connection shown to people (the context).
	*/
	readonly title: string;
};

const textOf = (status: JsonObject | undefined, key: string): string => {
	const value = status?.[key];
	return typeof value === 'string' ? value : '';
};

/**
Seconds or an HTTP date -> milliseconds from `now`.
*/
export const readRetryAfter = (
	header: string | undefined,
	now: number,
): number | undefined => {
	if (header === undefined || header.trim() === '') {
		return undefined;
	}

	const seconds = Number(header);
	if (Number.isFinite(seconds)) {
		return Math.max(0, seconds * 1000);
	}

	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

const kindOfCode = (code: number, reason: string): ProblemKind => {
	switch (code) {
		case 401: {
			return 'unauthorized';
		}

		case 403: {
			return 'forbidden';
		}

		case 404: {
			return 'not-found';
		}

		case 405:
		case 406:
		case 415: {
			return 'unsupported';
		}

		case 409: {
			return reason === 'AlreadyExists' ? 'already-exists' : 'conflict';
		}

		case 410: {
			return 'gone';
		}

		case 400:
		case 422: {
			return 'invalid';
		}

		case 413: {
			return 'too-large';
		}

		case 429: {
			return 'too-many-requests';
		}

		case 408:
		case 504: {
			return 'timeout';
		}

		default: {
			return 'server';
		}
	}
};

/**
What the server said, with the causes behind a message that says nothing, and without whole objects quoted in it.
*/
const saidBy = (status: JsonObject | undefined): string => {
	const message = textOf(status, 'message');
	const details = status?.details;
	const causes =
		isJsonObject(details) && Array.isArray(details.causes)
			? details.causes
					.filter((cause) => isJsonObject(cause))
					.map((cause) => textOf(cause, 'message'))
					.filter((text) => text !== '' && !message.includes(text))
			: [];
	const full = message.startsWith('the server rejected our request')
		? [message, ...causes.slice(0, 5)].join(': ')
		: message;
	return full.replaceAll(
		/Invalid value: "(?:[^"\\]|\\.){200,}"/gv,
		'Invalid value',
	);
};

// A 403 by an admission plugin or by Liqo's webhook is no lack of rights; only the authorizer says "cannot".
const isRefusedByAuthorizer = (said: string): boolean =>
	said === '' || said.includes(' cannot ');

const messageOf = (
	kind: ProblemKind,
	code: number,
	context: RequestContext,
	said: string,
): string => {
	const target = readTarget(context.method, context.path);
	const what = describeTarget(target);
	const quoted = said === '' ? '' : `: ${said}`;
	const texts: Partial<Record<ProblemKind, string>> = {
		unauthorized: `${context.server} does not accept the credentials of ${context.title} (401): log in again or choose another --context or --user.`,
		forbidden: isRefusedByAuthorizer(said)
			? `No permission to ${target.verb} ${what}${quoted}.`
			: `Refused to ${target.verb} ${what}${quoted}`,
		'not-found':
			target.resource === '' || said.startsWith('the server could not')
				? `${context.server} does not serve ${what}.`
				: `Not there: ${said === '' ? what : said}.`,
		conflict: `Somebody else changed ${what} meanwhile${quoted}. Look at it again, then retry.`,
		'already-exists': `Already there: ${said === '' ? what : said}.`,
		invalid: `The API server does not accept this ${target.verb} of ${what}${quoted}`,
		gone: `The version asked for of ${what} is too old${quoted}.`,
		'too-many-requests': `${context.server} is overloaded and asks to wait (429)${quoted}.`,
		unsupported: `${context.server} does not support this form of ${target.verb} for ${what} (${code})${quoted}.`,
		'too-large': `${context.server} finds the request for ${what} too large (413)${quoted}.`,
		timeout: `${context.server} took too long to ${target.verb} ${what} (${code})${quoted}.`,
	};
	if (code >= 300 && code < 400) {
		return `${context.server} answers with a redirect (${code}) as no API server does: check the address of ${context.title}, and whether a login page is in front of it.`;
	}

	return (
		texts[kind] ??
		`${context.server} failed to ${target.verb} ${what} (${code})${quoted}.`
	);
};

/**
An answer that is no success -> a problem. `body` is whatever came (a `Status`, a proxy's page, nothing).
*/
export const problemOfResponse = (
	code: number,
	body: string,
	context: RequestContext,
	retryAfter?: number,
): Problem => {
	let status: JsonObject | undefined;
	try {
		const parsed: unknown = JSON.parse(body);
		status =
			isJsonObject(parsed) && parsed.kind === 'Status' ? parsed : undefined;
	} catch {}

	return problemOfStatus(code, status, context, {
		retryAfter,
		text: status === undefined && !body.trimStart().startsWith('<') ? body : '',
	});
};

/**
A `Status` object (also the one inside a watch's ERROR event) -> a problem.
*/
export const problemOfStatus = (
	code: number,
	status: JsonObject | undefined,
	context: RequestContext,
	more: {readonly retryAfter?: number | undefined; readonly text?: string} = {},
): Problem => {
	const target = readTarget(context.method, context.path);
	const kind =
		textOf(status, 'reason') === 'Expired'
			? 'gone'
			: kindOfCode(code, textOf(status, 'reason'));
	const text = saidBy(status);
	const said = (text === '' ? (more.text ?? '') : text).trim().slice(0, 2000);
	const details = status?.details;
	const seconds = isJsonObject(details) ? details.retryAfterSeconds : undefined;
	const retryAfter =
		more.retryAfter ??
		(typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined);
	return {
		kind,
		code,
		message: messageOf(kind, code, context, said.replace(/\.$/v, '')),
		...(status !== undefined && {status}),
		...(retryAfter !== undefined && {retryAfter}),
		...(kind === 'forbidden' &&
			target.resource !== '' &&
			isRefusedByAuthorizer(said) && {
				rule: describeRule(target, [target.verb]),
			}),
	};
};
