import {Buffer} from 'node:buffer';
import https from 'node:https';
import {type ApiServer} from './api-server.js';

export type Request = {
	/**
	@default 'GET', with a body 'POST'
	*/
	readonly method?: string;
	/**
	Sent as JSON unless it is a string.
	*/
	readonly body?: unknown;
	/**
	@default 'application/json'
	*/
	readonly contentType?: string;
	/**
	@default 'application/json'
	*/
	readonly accept?: string;
	/**
	@default 'admin'
	*/
	readonly user?: string;
};

export type Answer = {
	readonly status: number;
	readonly headers: NodeJS.Dict<string | string[]>;
	readonly text: string;
};

const agents = new WeakMap<ApiServer, https.Agent>();

const agentOf = (cluster: ApiServer): https.Agent => {
	const agent =
		agents.get(cluster) ??
		new https.Agent({
			keepAlive: true,
			ca: cluster.certificateAuthority,
			maxSockets: 32,
		});
	agents.set(cluster, agent);
	return agent;
};

/**
One plain request to an API server. It shares no code with the program's own client, so it can prove that one right.
*/
export const ask = async (
	cluster: ApiServer,
	url: string,
	request: Request = {},
): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const {body} = request;
		const content =
			body === undefined || typeof body === 'string'
				? body
				: JSON.stringify(body);
		const outgoing = https.request(
			new URL(url, cluster.url),
			{
				method: request.method ?? (body === undefined ? 'GET' : 'POST'),
				agent: agentOf(cluster),
				headers: {
					authorization: `Bearer ${cluster.token(request.user)}`,
					accept: request.accept ?? 'application/json',
					...(body !== undefined && {
						'content-type': request.contentType ?? 'application/json',
						// Node tells no length of a DELETE's body by itself, and the server takes it for the next request.
						'content-length': Buffer.byteLength(content ?? ''),
					}),
				},
			},
			(response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (part: string) => {
					text += part;
				});
				response.once('end', () => {
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						text,
					});
				});
				response.once('error', reject);
			},
		);
		outgoing.once('error', reject);
		outgoing.end(content);
	});
