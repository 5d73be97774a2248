import process from 'node:process';
import tls from 'node:tls';
import {Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent} from 'undici';
import {type Connection} from './connection.js';
import {type Credentials} from './credentials.js';

/**
The sockets of one cluster: a small pool for requests, and one for watches, which keep their socket for minutes and must not
make requests wait.
*/
export type Sockets = {
	readonly requests: Dispatcher;
	readonly streams: Dispatcher;
	/**
	Cuts everything under way.
	*/
	destroy(): Promise<void>;
};

const requestConnections = 16;
const connectTimeout = 10_000;

const readSystemAuthorities = (): string[] | undefined => {
	try {
		return [
			...tls.getCACertificates('default'),
			...tls.getCACertificates('system'),
		];
	} catch {
		return undefined;
	}
};

const tlsOptions = (
	connection: Connection,
	credentials: Credentials,
): tls.ConnectionOptions => {
	if (connection.server.startsWith('http:')) {
		return {};
	}

	const {cluster} = connection;
	const authority = connection.authority ?? readSystemAuthorities();
	return {
		...(authority !== undefined && {ca: authority}),
		...(cluster.insecureSkipTlsVerify === true && {rejectUnauthorized: false}),
		...(cluster.tlsServerName !== undefined && {
			servername: cluster.tlsServerName,
		}),
		...(credentials.certificate !== undefined && {
			cert: credentials.certificate,
		}),
		...(credentials.key !== undefined && {key: credentials.key}),
	};
};

// The package warns on the console that SOCKS is experimental there, which would end up on the screen.
const withoutWarning = <T>(create: () => T): T => {
	const {emitWarning} = process;
	process.emitWarning = () => {}; // eslint-disable-line @typescript-eslint/no-empty-function -- to stay silent is the point
	try {
		return create();
	} finally {
		process.emitWarning = emitWarning;
	}
};

const createAgent = (
	connection: Connection,
	credentials: Credentials,
	connections: number | undefined,
): Dispatcher => {
	const secure = tlsOptions(connection, credentials);
	const pool = {
		allowH2: false,
		pipelining: 1,
		keepAliveTimeout: 30_000,
		keepAliveMaxTimeout: 120_000,
		...(connections !== undefined && {connections}),
	};
	const {proxy} = connection;
	if (proxy === undefined) {
		return new Agent({
			...pool,
			connect: {
				...secure,
				timeout: connectTimeout,
				keepAlive: true,
				keepAliveInitialDelay: 15_000,
			},
		});
	}

	if (proxy.startsWith('socks')) {
		const uri = proxy.replace(/^socks5h:/v, 'socks5:');
		return withoutWarning(
			() =>
				new Socks5ProxyAgent(uri, {
					...pool,
					connectTimeout,
					requestTls: secure,
				}),
		);
	}

	return new ProxyAgent({
		...pool,
		uri: proxy,
		requestTls: {...secure, timeout: connectTimeout},
		proxyTls: {timeout: connectTimeout},
	});
};

export const openSockets = (
	connection: Connection,
	credentials: Credentials,
): Sockets => {
	const requests = createAgent(connection, credentials, requestConnections);
	const streams = createAgent(connection, credentials, undefined);
	return {
		requests,
		streams,
		async destroy() {
			await Promise.allSettled([requests.destroy(), streams.destroy()]);
		},
	};
};
