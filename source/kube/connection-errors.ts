import {type Problem, ProblemError, type RequestContext} from './errors.js';
import {describeTarget, readTarget} from './request-target.js';

const certificateAdvice: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: 'its certificate has expired: renew it on the server',
	CERT_NOT_YET_VALID:
		"its certificate is not valid yet: check this machine's clock",
	DEPTH_ZERO_SELF_SIGNED_CERT:
		'its certificate is self-signed: give the authority with --certificate-authority',
	SELF_SIGNED_CERT_IN_CHAIN:
		'its certificate comes from an authority that is not trusted here: check certificate-authority-data of the cluster',
	UNABLE_TO_GET_ISSUER_CERT:
		'its certificate comes from an authority that is not trusted here: check certificate-authority-data of the cluster',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
		'its certificate comes from an authority that is not trusted here: check certificate-authority-data of the cluster',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		'its certificate comes from an authority that is not trusted here: check certificate-authority-data of the cluster',
	CERT_SIGNATURE_FAILURE:
		'its certificate was not signed by the authority given for the cluster: check certificate-authority-data',
	ERR_TLS_CERT_ALTNAME_INVALID:
		'its certificate is for another name: set tls-server-name to a name in it (--tls-server-name)',
	HOSTNAME_MISMATCH:
		'its certificate is for another name: set tls-server-name to a name in it (--tls-server-name)',
	CERT_REVOKED: 'its certificate was revoked',
};

/**
What is wrong with the client certificate or its key, found before anything is sent.
*/
const keyAdvice: Readonly<Record<string, string>> = {
	ERR_OSSL_PEM_NO_START_LINE: 'they are not in the PEM form',
	ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'they do not belong together',
	ERR_OSSL_BAD_DECRYPT: 'the key is protected by a passphrase',
	ERR_OSSL_UNSUPPORTED: 'the key is of no kind known here',
	ERR_OSSL_ASN1_WRONG_TAG: 'they are damaged',
};

const networkAdvice: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the connection is refused: no API server is running there',
	ECONNRESET: 'the connection was cut',
	UND_ERR_SOCKET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ENOTFOUND:
		'the host name is not known: check the address, the DNS and the VPN',
	EAI_AGAIN: 'the host name could not be looked up: check the DNS and the VPN',
	EHOSTUNREACH: 'there is no way to the host: check the network and the VPN',
	ENETUNREACH: 'there is no way to the network: check the network and the VPN',
	EADDRNOTAVAIL: 'the address cannot be reached from here',
	EHOSTDOWN: 'the host is down',
};

const timeoutCodes: ReadonlySet<string> = new Set([
	'ETIMEDOUT',
	'ETIME',
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
]);

const clientCertificateAlerts =
	/alert (?<name>certificate expired|certificate required|bad certificate|unknown ca|certificate unknown|certificate revoked|unsupported certificate)/v;

const proxyRefusal = /Proxy response \((?<code>\d+)\)/v;

type ErrorLike = {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly message?: unknown;
	readonly cause?: unknown;
	readonly errors?: unknown;
};

// An error may wrap the telling one (fetch's cause, happy eyeballs' aggregate).
const listCauses = (error: unknown): ErrorLike[] => {
	const found: ErrorLike[] = [];
	const waiting: unknown[] = [error];
	while (waiting.length > 0 && found.length < 10) {
		const next = waiting.shift();
		if (typeof next !== 'object' || !next) {
			continue;
		}

		const one: ErrorLike = next;
		found.push(one);
		waiting.push(one.cause);
		if (Array.isArray(one.errors)) {
			waiting.push(...(one.errors as unknown[]).slice(0, 4));
		}
	}

	return found;
};

/**
Anything thrown on the way to the server or back -> a problem. Never quotes headers or bodies.
*/
export const problemOfError = (
	error: unknown,
	context: RequestContext,
): Problem => {
	const causes = listCauses(error);
	for (const cause of causes) {
		if (cause instanceof ProblemError) {
			return cause.problem;
		}
	}

	const refusal = causes
		.map((cause) => proxyRefusal.exec(String(cause.message))?.groups?.code)
		.find((code) => code !== undefined);
	if (refusal !== undefined) {
		return {
			kind: 'unreachable',
			message: `${context.server} cannot be reached: the proxy refuses the way there (${refusal}): check proxy-url or HTTPS_PROXY and its credentials.`,
		};
	}

	if (causes.some((cause) => cause.name === 'AbortError')) {
		return {kind: 'aborted', message: 'The request was given up.'};
	}

	const {server} = context;
	const target = readTarget(context.method, context.path);
	const codes = causes.map((cause) =>
		typeof cause.code === 'string' ? cause.code : '',
	);
	const messages = causes.map((cause) =>
		typeof cause.message === 'string' ? cause.message : '',
	);

	const alert = messages
		.map((message) => clientCertificateAlerts.exec(message)?.groups?.name)
		.find((name) => name !== undefined);
	if (alert !== undefined) {
		return {
			kind: 'certificate',
			message: `${server} does not accept the client certificate of ${context.title} (${alert}): renew it, or choose another --user.`,
		};
	}

	for (const code of codes) {
		const advice = certificateAdvice[code];
		if (advice !== undefined) {
			return {
				kind: 'certificate',
				message: `${server} cannot be trusted: ${advice}.`,
			};
		}
	}

	for (const code of codes) {
		const advice = keyAdvice[code];
		if (advice !== undefined) {
			return {
				kind: 'certificate',
				message: `The client certificate and key of ${context.title} cannot be used: ${advice}.`,
			};
		}
	}

	if (
		codes.some(
			(code) => code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_'),
		) ||
		messages.some((message) => message.includes('SSL routines'))
	) {
		const isPlain = [...codes, ...messages].some((text) =>
			/wrong.version.number|packet.length.too.long/iv.test(text),
		);
		return {
			kind: 'certificate',
			message: isPlain
				? `${server} does not speak TLS there: is it an http:// address?`
				: `No secure connection to ${server}: ${messages[0] ?? ''}.`,
		};
	}

	if (
		codes.some((code) => timeoutCodes.has(code)) ||
		causes.some((cause) => cause.name === 'TimeoutError')
	) {
		return {
			kind: 'timeout',
			message: `${server} did not answer in time (${target.verb} ${describeTarget(target)}): check the network, or allow more with --request-timeout.`,
		};
	}

	for (const code of codes) {
		const advice = networkAdvice[code];
		if (advice !== undefined) {
			return {
				kind: 'unreachable',
				message: `${server} cannot be reached: ${advice}.`,
			};
		}
	}

	if (causes.some((cause) => cause.name === 'HTTPParserError')) {
		return {
			kind: 'garbage',
			message: `${server} does not answer as an API server: check the address of ${context.title}.`,
		};
	}

	const first = messages.find((message) => message !== '') ?? 'unknown error';
	return {
		kind: 'unreachable',
		message: `${server} cannot be reached: ${first}.`,
	};
};
