import https from 'node:https';
import {
	type Sandbox,
	type SandboxCluster,
} from '../../source/sandbox/sandbox.js';

export type SandboxAnswer = {readonly status: number; readonly body: any};

/**
One plain request to a cluster of a sandbox, as its administrator.
*/
export const askSandbox = async (
	sandbox: Sandbox,
	name: SandboxCluster['name'],
	path: string,
	{
		method,
		body,
		type = 'application/json',
	}: {
		readonly method?: string;
		readonly body?: unknown;
		readonly type?: string;
	} = {},
): Promise<SandboxAnswer> => {
	const cluster = sandbox.clusters.find(
		(candidate) => candidate.name === name,
	)!;
	return new Promise((resolve, reject) => {
		const text = body === undefined ? '' : JSON.stringify(body);
		const request = https.request(
			`${cluster.url}${path}`,
			{
				method: method ?? (body === undefined ? 'GET' : 'POST'),
				ca: cluster.ca,
				agent: false,
				headers: {
					authorization: `Bearer ${cluster.token}`,
					...(text !== '' && {'content-type': type}),
				},
			},
			(response) => {
				let answer = '';
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => {
					answer += chunk;
				});
				response.on('end', () => {
					resolve({status: response.statusCode ?? 0, body: JSON.parse(answer)});
				});
			},
		);
		request.on('error', reject);
		request.end(text);
	});
};
