import {type Buffer} from 'node:buffer';
import {type Clock} from './clock.js';
import {type Connection} from './connection.js';
import {problemOfError} from './connection-errors.js';
import {type CredentialSource} from './credentials.js';
import {
	fail,
	type Outcome,
	type Problem,
	ProblemError,
	problemOfResponse,
	readRetryAfter,
	type RequestContext,
	succeed,
} from './errors.js';
import {createGate} from './gate.js';
import {readStatusAnswer} from './protobuf/status.js';
import {
	headerOf,
	type RawResponse,
	readBody,
	warningsOf,
} from './raw-response.js';
import {createRequestLimit, type RequestLimit} from './request-limit.js';
import {createSender, type PlainRequest} from './sender.js';

export type TransportRequest = PlainRequest & {
	readonly signal?: AbortSignal;
	/**
	Milliseconds until the whole answer (of a stream: its first byte) must be there; 0: no limit.

	@default the connection's
	*/
	readonly timeout?: number;
	/**
	@default 64 MiB
	*/
	readonly maxBytes?: number;
	/**
	How often a 429 is waited out.

	@default 3
	*/
	readonly retries?: number;
};

export type TransportResponse = {
	readonly code: number;
	readonly contentType: string;
	readonly warnings: readonly string[];
	readonly body: Buffer;
};

export type TransportStream = {
	readonly contentType: string;
	/**
	What has arrived since it was last asked. Throws a `ProblemError` when the connection breaks.
	*/
	readonly body: AsyncIterable<readonly Buffer[]>;
	close(): void;
};

/**
The only way to a cluster's API server: requests are made nowhere else.
*/
export type Transport = {
	readonly title: string;
	readonly server: string;
	readonly isReadOnly: boolean;
	/**
	Sends and reads the whole answer; anything but 2xx is a problem.
	*/
	request(request: TransportRequest): Promise<Outcome<TransportResponse>>;
	/**
	Sends and hands the answer on as it comes.
	*/
	stream(request: TransportRequest): Promise<Outcome<TransportStream>>;
	close(): Promise<void>;
};

const maxErrorBytes = 65_536;
const defaultMaxBytes = 67_108_864;
const longestWait = 30_000;

/**
Opens the way to a connection's API server. With `isReadOnly` it refuses every method but GET and the self-reviews, for good.
*/
export const createTransport = (options: {
	readonly connection: Connection;
	readonly credentials: CredentialSource;
	readonly isReadOnly: boolean;
	/**
	Sent as `liqoscope/VERSION`.
	*/
	readonly version: string;
	readonly clock: Clock;
}): Transport => {
	const {connection, credentials, clock, isReadOnly} = options;
	const gate = createGate(isReadOnly);
	const sender = createSender(connection, options.version);
	const closing = new AbortController();

	const problemOf = async (
		response: RawResponse,
		context: RequestContext,
	): Promise<Problem> => {
		const body = await readBody(response, maxErrorBytes);
		const status = body && readStatusAnswer(body);
		return problemOfResponse(
			response.statusCode,
			status ? JSON.stringify(status) : (body?.toString('utf8') ?? ''),
			context,
			readRetryAfter(headerOf(response, 'retry-after'), clock.now()),
		);
	};

	const send = async (
		request: TransportRequest,
		kind: 'requests' | 'streams',
		{signal, start}: RequestLimit,
	): Promise<Outcome<RawResponse>> => {
		const method = request.method ?? 'GET';
		const allowed = gate(method, request.path);
		if (!allowed.ok) {
			return allowed;
		}

		const context = contextOf(request);
		let hasRefreshed = false;
		let retries = request.retries ?? 3;
		for (;;) {
			// eslint-disable-next-line no-await-in-loop -- each try depends on the answer to the one before
			const given = await credentials.get();
			if (!given.ok) {
				return given;
			}

			start();
			// eslint-disable-next-line no-await-in-loop
			const response = await sender.send(request, {
				credentials: given.value,
				kind,
				signal,
			});
			if (response.statusCode >= 200 && response.statusCode < 300) {
				return succeed(response);
			}

			// eslint-disable-next-line no-await-in-loop
			const problem = await problemOf(response, context);
			if (response.statusCode === 401) {
				credentials.invalidate();
				if (!hasRefreshed && credentials.canRefresh) {
					hasRefreshed = true;
					continue;
				}
			}

			if (response.statusCode === 429 && retries > 0) {
				retries--;
				const jitter = clock.random() * 0.2;
				const asked = Math.min(longestWait, problem.retryAfter ?? 1000);
				// eslint-disable-next-line no-await-in-loop
				await clock.wait(asked * (1 + jitter), signal);
				if (!signal.aborted) {
					continue;
				}
			}

			return {ok: false, problem};
		}
	};

	const contextOf = (request: TransportRequest): RequestContext => ({
		method: request.method ?? 'GET',
		path: request.path,
		server: connection.server,
		title: connection.title,
	});

	const limitOf = (request: TransportRequest): RequestLimit =>
		createRequestLimit(clock, request.timeout ?? connection.requestTimeout, [
			closing.signal,
			...(request.signal ? [request.signal] : []),
		]);

	return {
		title: connection.title,
		server: connection.server,
		isReadOnly,
		async request(request) {
			const limit = limitOf(request);
			try {
				const response = await send(request, 'requests', limit);
				if (!response.ok) {
					return response;
				}

				const maxBytes = request.maxBytes ?? defaultMaxBytes;
				const body = await readBody(response.value, maxBytes);
				return body === undefined
					? fail(
							'too-large',
							`${connection.server} answered ${request.path} with more than ${Math.round(maxBytes / 1_048_576)} MiB, which is not read.`,
						)
					: succeed({
							code: response.value.statusCode,
							contentType: headerOf(response.value, 'content-type'),
							warnings: warningsOf(response.value),
							body,
						});
			} catch (error) {
				return {ok: false, problem: problemOfError(error, contextOf(request))};
			} finally {
				limit.stop();
			}
		},
		async stream(request) {
			const limit = limitOf(request);
			try {
				const response = await send(request, 'streams', limit);
				if (!response.ok) {
					return response;
				}

				const {body} = response.value;
				return succeed({
					contentType: headerOf(response.value, 'content-type'),
					body: {
						async *[Symbol.asyncIterator]() {
							try {
								yield* body;
							} catch (error) {
								throw new ProblemError(
									problemOfError(error, contextOf(request)),
								);
							}
						},
					},
					close() {
						limit.abort();
					},
				});
			} catch (error) {
				return {ok: false, problem: problemOfError(error, contextOf(request))};
			} finally {
				limit.stop();
			}
		},
		async close() {
			closing.abort();
			await sender.close();
		},
	};
};
