import http, {type IncomingMessage, type ServerResponse} from 'node:http';
import https from 'node:https';
import {type AddressInfo, type Socket} from 'node:net';
import {type Authorizer, describeRefusal} from './access/authorizer.js';
import {type Api, type Caller, type User} from './api.js';
import {type KeyPair} from './certificates.js';
import {type Answer, sendFailure} from './http/answer.js';
import {readsGzip} from './http/compression.js';
import {anonymous, impersonated, readBody, tooLarge} from './http/incoming.js';
import {
	findKind,
	readResourcePath,
	type ResourcePath,
	verbOf,
} from './http/request-info.js';
import {
	failure,
	forbidden,
	internalError,
	unauthorized,
} from './http/status.js';
import {encodingOf} from './http/media-type.js';
import {readContent} from './http/content.js';
import {readTarget, type RequestTarget} from './http/request-target.js';
import {unrecognized} from './objects/check-kind.js';
import {serveMeta} from './routes/meta-route.js';
import {createDispatcher} from './routes/dispatch.js';

/**
What Go answers to a target that it cannot read, before anybody is asked who one is.
*/
const refuseTarget = (response: ServerResponse): void => {
	response.writeHead(400, {
		'Content-Type': 'text/plain; charset=utf-8',
		Connection: 'close',
	});
	response.end('400 Bad Request');
};

export type ServerOptions = {
	readonly api: Api;
	readonly authorizer: Authorizer;
	/**
	@default any free port
	*/
	readonly port?: number;
	/**
	Serves HTTPS with this certificate.
	*/
	readonly tls?: KeyPair;
};

export type Server = {
	readonly url: string;
	readonly port: number;
	/**
	Ends all watches and connections.
	*/
	stop(): Promise<void>;
};

/**
Starts one API server on loopback.

@throws Error with code EADDRINUSE or EACCES when the port cannot be had
*/
export const startServer = async ({
	api,
	authorizer,
	port = 0,
	tls,
}: ServerOptions): Promise<Server> => {
	const watches = new Set<() => void>();
	const sockets = new Set<Socket>();
	const authenticate = (request: IncomingMessage): User | undefined => {
		const {authorization} = request.headers;
		if (authorization === undefined) {
			return anonymous;
		}

		const token = /^bearer\s+(?<token>\S+)\s*$/iv.exec(authorization)?.groups
			?.token;
		return token === undefined ? undefined : api.tokens.find(token);
	};

	const serveResource = createDispatcher({
		api,
		authorizer,
		watches,
	});

	const handle = async (
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> => {
		const target = readTarget(request.url ?? '/');
		if (!target) {
			refuseTarget(response);
			return;
		}

		const method = request.method ?? 'GET';
		const warnings: string[] = [];
		const userAgent = request.headers['user-agent'] ?? '';
		const answer: Answer = {
			response,
			warnings,
			encoding: encodingOf(request.headers.accept ?? ''),
			hasGzip: readsGzip(request.headers['accept-encoding'] ?? ''),
			isPretty:
				target.query.get('pretty') === 'true' ||
				(target.query.get('pretty') === null &&
					/^(?:curl|Wget|Mozilla)/v.test(userAgent)),
		};
		response.setHeader('Audit-Id', crypto.randomUUID());
		const authenticated = authenticate(request);
		if (!authenticated) {
			sendFailure(answer, unauthorized);
			return;
		}

		let user = authenticated;
		const other = impersonated(request);
		if (other) {
			const access = {
				user,
				verb: 'impersonate',
				group: '',
				resource: 'users',
				subresource: '',
				namespace: '',
				name: other.name,
			};
			if (!authorizer.isAllowed(access)) {
				sendFailure(
					answer,
					forbidden(
						{group: '', resource: 'users'},
						other.name,
						describeRefusal(access),
					),
				);
				return;
			}

			user = other;
		}

		const caller: Caller = {user, userAgent, warnings};
		const path = readResourcePath(target.path);
		if (!path) {
			const access = {
				user,
				verb: method.toLowerCase(),
				group: '',
				resource: '',
				subresource: '',
				namespace: '',
				name: '',
				path: target.path,
			};
			if (authorizer.isAllowed(access)) {
				await serveMeta({
					api,
					pathname: target.path,
					query: target.query,
					accept: request.headers.accept ?? '',
					address: request.headers.host ?? '',
					method,
					answer,
				});
			} else {
				sendFailure(
					answer,
					failure(
						403,
						'Forbidden',
						`forbidden: ${describeRefusal(access)}`,
						{},
					),
				);
			}

			return;
		}

		const verb = verbOf(method, path, target.query);
		const access = {
			user,
			verb,
			group: path.group,
			resource: path.plural,
			subresource: path.subresource,
			namespace:
				path.namespace ?? (path.plural === 'namespaces' ? path.name : ''),
			name: path.name,
		};
		if (!authorizer.isAllowed(access)) {
			sendFailure(
				answer,
				forbidden(
					{group: path.group, resource: path.plural},
					path.name,
					describeRefusal(access),
				),
			);
			return;
		}

		await serveKnown(request, answer, caller, path, verb, target);
	};

	const serveKnown = async (
		request: IncomingMessage,
		answer: Answer,
		caller: Caller,
		path: ResourcePath,
		verb: string,
		target: RequestTarget,
	): Promise<void> => {
		const kind = findKind(api.registry, path);
		if (!kind) {
			await serveMeta({
				api,
				pathname: target.path,
				query: target.query,
				accept: request.headers.accept ?? '',
				address: request.headers.host ?? '',
				method: request.method ?? 'GET',
				answer,
			});
			return;
		}

		const bytes = await readBody(request);
		if (bytes === undefined) {
			answer.response.setHeader('Connection', 'close');
			sendFailure(answer, tooLarge);
			return;
		}

		const {contentType, body, problem, repeatedKeys} = readContent(
			bytes,
			request.headers['content-type'] ?? '',
		);
		if (problem !== undefined) {
			sendFailure(answer, unrecognized(kind, bytes.toString(), problem));
			return;
		}

		await serveResource(
			{
				api,
				caller,
				kind,
				path,
				method: request.method ?? 'GET',
				query: target.query,
				contentType,
				accept: request.headers.accept ?? '',
				body,
				...(repeatedKeys && {repeatedKeys}),
				answer,
			},
			verb,
		);
	};

	const listener = (
		request: IncomingMessage,
		response: ServerResponse,
	): void => {
		handle(request, response).catch((error: unknown) => {
			if (response.headersSent) {
				response.destroy();
			} else {
				sendFailure(
					{response, warnings: [], isPretty: false},
					internalError(error instanceof Error ? error.message : String(error)),
				);
			}
		});
	};

	const server = tls
		? https.createServer({cert: tls.certificate, key: tls.key}, listener)
		: http.createServer(listener);
	server.keepAliveTimeout = 60_000;
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.setNoDelay(true);
		socket.once('close', () => {
			sockets.delete(socket);
		});
	});
	server.on('clientError', (_error, socket) => {
		if (socket.writable) {
			socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
		}
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	const {port: actual} = server.address() as AddressInfo;
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${actual}`,
		port: actual,
		async stop() {
			if (!server.listening) {
				return;
			}

			for (const end of watches) {
				end();
			}

			const closed = new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			});
			for (const socket of sockets) {
				socket.destroy();
			}

			await closed;
		},
	};
};
