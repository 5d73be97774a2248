import {Buffer} from 'node:buffer';
import https from 'node:https';
import {isTree, numberAt, textAt, treeAt, type Tree} from '../value.js';

/**
Sends one AdmissionReview to a webhook of a configuration.
*/
export type PostReview = (
	webhook: Tree,
	review: Tree,
) => Promise<{readonly review: Tree} | {readonly problem: string}>;

/**
A webhook behind a Service that lives in this process: there is no network to reach it by. It throws where a server would answer with an error.
*/
export type LocalService = (path: string, review: Tree) => Promise<Tree>;

const describe = (
	error: Error & {code?: string; address?: string; port?: number},
): string => {
	if (error.code === 'ECONNREFUSED') {
		return `dial tcp ${error.address ?? ''}:${error.port ?? ''}: connect: connection refused`;
	}

	if (error.code === 'ENOTFOUND') {
		return `dial tcp: lookup ${error.message.split(' ').at(-1) ?? ''}: no such host`;
	}

	return error.name === 'TimeoutError' || error.name === 'AbortError'
		? 'context deadline exceeded'
		: error.message;
};

const send = async (
	url: string,
	authority: string,
	body: string,
	timeout: number,
): Promise<{status: number; text: string}> =>
	new Promise((resolve, reject) => {
		const request = https.request(
			url,
			{
				method: 'POST',
				headers: {
					'Content-Type': 'application/json',
					Accept: 'application/json, */*',
					'Content-Length': Buffer.byteLength(body),
				},
				...(authority !== '' && {
					ca: Buffer.from(authority, 'base64').toString(),
				}),
				signal: AbortSignal.timeout(timeout),
				agent: false,
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => {
					chunks.push(chunk);
				});
				response.on('end', () => {
					resolve({
						status: response.statusCode ?? 0,
						text: Buffer.concat(chunks).toString(),
					});
				});
				response.on('error', reject);
			},
		);
		request.on('error', reject);
		request.end(body);
	});

/**
Calls webhooks over HTTPS, and those of services that live here directly.

@param services by `namespace/name`
*/
export const createPostReview =
	(services: ReadonlyMap<string, LocalService>): PostReview =>
	async (webhook, review) => {
		const seconds = numberAt(webhook, 'timeoutSeconds') ?? 10;
		const client = treeAt(webhook, 'clientConfig');
		const service = treeAt(client, 'service');
		let url = textAt(client, 'url');
		if (service) {
			const namespace = textAt(service, 'namespace');
			const name = textAt(service, 'name');
			const path = textAt(service, 'path');
			const local = services.get(`${namespace}/${name}`);
			url = `https://${name}.${namespace}.svc:${numberAt(service, 'port') ?? 443}${path}`;
			if (!local) {
				return {
					problem: `failed to call webhook: Post "${url}?timeout=${seconds}s": service "${name}" not found`,
				};
			}

			try {
				return {review: await local(path, review)};
			} catch (error) {
				return {
					problem: `failed to call webhook: an error on the server (${JSON.stringify(error instanceof Error ? error.message : String(error))}) has prevented the request from succeeding`,
				};
			}
		}

		const target = `${url}${url.includes('?') ? '&' : '?'}timeout=${seconds}s`;
		try {
			const {status, text} = await send(
				target,
				textAt(client, 'caBundle'),
				JSON.stringify(review),
				seconds * 1000,
			);
			if (status !== 200) {
				return {
					problem: `failed to call webhook: the server responded with the status code ${status} but did not return more information`,
				};
			}

			const parsed: unknown = JSON.parse(text);
			return isTree(parsed)
				? {review: parsed}
				: {problem: 'failed to call webhook: the answer is no AdmissionReview'};
		} catch (error) {
			return {
				problem: `failed to call webhook: Post "${target}": ${error instanceof Error ? describe(error) : String(error)}`,
			};
		}
	};
