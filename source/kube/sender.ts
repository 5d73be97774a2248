import {type Connection} from './connection.js';
import {type Credentials} from './credentials.js';
import {openSockets, type Sockets} from './dispatcher.js';
import {type RawResponse} from './raw-response.js';
import {sendRequest} from './send-request.js';

/**
What of a request the server gets to see.
*/
export type PlainRequest = {
	/**
	@default 'GET'
	*/
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/**
	Path and query below the server's address.
	*/
	readonly path: string;
	readonly accept?: string;
	readonly contentType?: string;
	readonly body?: string;
};

/**
The sockets to a connection's API server: they carry the client certificate of the credentials that were used last.
*/
export type Sender = {
	/**
	Sends once, whatever the answer is. Throws what the connection throws.
	*/
	send(
		request: PlainRequest,
		as: {
			readonly credentials: Credentials;
			readonly kind: 'requests' | 'streams';
			readonly signal: AbortSignal;
		},
	): Promise<RawResponse>;
	close(): Promise<void>;
};

/**
@param connection
@param version sent as `liqoscope/VERSION`
*/
export const createSender = (
	connection: Connection,
	version: string,
): Sender => {
	const {origin, pathname} = new URL(connection.server);
	const basePath = pathname === '/' ? '' : pathname;
	const identity = connection.impersonation.flatMap(([name, value]) => [
		name,
		value,
	]);
	let sockets: Sockets | undefined;
	let certificate: string | undefined;

	const socketsFor = (given: Credentials): Sockets => {
		const wanted = `${given.certificate ?? ''}${given.key ?? ''}`;
		if (sockets && certificate === wanted) {
			return sockets;
		}

		// Watches on the old certificate end and come back on the new one.
		void sockets?.destroy();
		sockets = openSockets(connection, given);
		certificate = wanted;
		return sockets;
	};

	return {
		async send(request, {credentials, kind, signal}) {
			const headers = [
				'accept',
				request.accept ?? 'application/json',
				'accept-encoding',
				'identity',
				'user-agent',
				`liqoscope/${version}`,
				...identity,
				...(credentials.authorization === undefined
					? []
					: ['authorization', credentials.authorization]),
				...(request.body === undefined
					? []
					: ['content-type', request.contentType ?? 'application/json']),
			];
			return sendRequest(socketsFor(credentials)[kind], {
				origin,
				path: `${basePath}${request.path}`,
				method: request.method ?? 'GET',
				headers,
				body: request.body,
				signal,
				headersTimeout: 0,
				bodyTimeout: 0,
			});
		},
		async close() {
			await sockets?.destroy();
		},
	};
};
