import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {
	type createServer,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {type AddressInfo} from 'node:net';
import {createCertificateAuthority} from '../../sandbox/certificates.js';
import {
	answerReview,
	type ReviewAnswer,
	type ReviewOptions,
} from './admission-review.js';
import {type ListenAddress} from './listen-address.js';

/**
A server that runs until it is closed.
*/
export type RunningServer = {
	readonly address: ListenAddress;
	/**
	Answers what has arrived, then ends.
	*/
	close(): Promise<void>;
};

// The API server's own limit of a request is 3 MiB, and a review holds an object twice.
const largestReview = 8 * 1024 * 1024;
const longestRequest = 10_000;

const readBody = async (
	request: IncomingMessage,
): Promise<string | undefined> => {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > largestReview) {
			return undefined;
		}

		parts.push(part);
	}

	return Buffer.concat(parts).toString('utf8');
};

const review = async (
	request: IncomingMessage,
	options: ReviewOptions,
): Promise<ReviewAnswer> => {
	if (request.method !== 'POST') {
		return {status: 405, body: 'Reviews are posted.'};
	}

	const body = await readBody(request);
	return body === undefined
		? {status: 413, body: 'The review is larger than 8 MiB.'}
		: answerReview(
				new URL(request.url ?? '/', 'https://localhost').pathname,
				body,
				options,
			);
};

const respond = (response: ServerResponse, {status, body}: ReviewAnswer) => {
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
		...(status >= 400 && {connection: 'close'}),
	});
	response.end(isText ? `${body}\n` : JSON.stringify(body));
};

/**
Listens, and closes so that nothing that has arrived stays unanswered.
*/
export const listen = async (
	server: ReturnType<typeof createServer>,
	{host, port}: ListenAddress,
): Promise<RunningServer> => {
	server.requestTimeout = longestRequest;
	server.headersTimeout = longestRequest;
	server.listen(port, host);
	await once(server, 'listening');
	const bound = server.address() as AddressInfo;
	return {
		address: {host, port: bound.port},
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeIdleConnections();
			await closed;
		},
	};
};

/**
Serves the admission webhooks over HTTPS, with a certificate of an authority made for this run.

`hosts` are the names and addresses under which the API server reaches it. Rejects when the address cannot be listened on.
*/
export const startWebhookServer = async (options: {
	readonly listen: ListenAddress;
	readonly hosts: readonly string[];
	readonly review: ReviewOptions;
	onReview?(path: string, status: number, milliseconds: number): void;
}): Promise<
	RunningServer & {
		/**
		PEM, for `caBundle`.
		*/
		readonly authority: string;
	}
> => {
	const authority = await createCertificateAuthority('liqoscope webhooks');
	const {certificate, key} = await authority.issue({
		commonName: options.hosts[0] ?? 'liqoscope',
		hosts: options.hosts,
	});
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const startedAt = performance.now();
		let answer: ReviewAnswer;
		try {
			answer = await review(request, options.review);
		} catch (error) {
			// A review that breaks us must not take the server with it; the failurePolicy decides.
			answer = {status: 500, body: String(error)};
		}

		respond(response, answer);
		options.onReview?.(
			request.url ?? '',
			answer.status,
			performance.now() - startedAt,
		);
	};

	const server = createSecureServer(
		{cert: certificate, key, minVersion: 'TLSv1.2'},
		(request, response) => {
			void handle(request, response);
		},
	);
	const running = await listen(server, options.listen);
	return {...running, authority: authority.certificate};
};
