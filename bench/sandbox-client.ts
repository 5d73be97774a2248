/**
A client that burdens one API server, in a process of its own.

Usage: node bench/sandbox-client.ts fill FROM TO | churn COUNT, with URL, TOKEN and CA (PEM) in the environment
`fill` creates pods FROM to TO and their namespaces. `churn` patches pods COUNT times while four watches follow all pods.
Prints one line of JSON: milliseconds from the first request to the last answer or event, and how many events came.
*/
import https from 'node:https';
import process from 'node:process';
import {namespace, namespaceName, node, nodeName, pod} from './objects.js';

const [mode = '', first = '0', last = '0'] = process.argv.slice(2);
const server = process.env.URL ?? '';
const connections = 16;
const watchers = 4;
const podsPerNamespace = 100;
const podsPerNode = 20;
const newline = '\n'.codePointAt(0)!;

const agent = new https.Agent({
	keepAlive: true,
	maxSockets: connections + watchers,
	ca: process.env.CA,
});

const open = (method: string, path: string, body?: unknown) => {
	const request = https.request(`${server}${path}`, {
		agent,
		method,
		headers: {
			authorization: `Bearer ${process.env.TOKEN}`,
			accept: 'application/json',
			...(body !== undefined && {
				'content-type':
					method === 'PATCH'
						? 'application/merge-patch+json'
						: 'application/json',
			}),
		},
	});
	request.end(body === undefined ? undefined : JSON.stringify(body));
	return request;
};

const send = async (
	method: string,
	path: string,
	body?: unknown,
): Promise<string> =>
	new Promise((resolve, reject) => {
		const request = open(method, path, body);
		request.once('error', reject);
		request.once('response', (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (part: string) => {
				text += part;
			});
			response.once('end', () => {
				// What is there already is as good.
				if ((response.statusCode ?? 500) < 300 || response.statusCode === 409) {
					resolve(text);
				} else {
					reject(new Error(text));
				}
			});
		});
	});

const forEach = async (
	from: number,
	to: number,
	work: (index: number) => Promise<unknown>,
): Promise<void> => {
	let next = from;
	const worker = async () => {
		while (next < to) {
			await work(next++);
		}
	};

	await Promise.all(Array.from({length: connections}, worker));
};

const namespaceOf = (index: number): string =>
	namespaceName(Math.floor(index / podsPerNamespace));
const nodeOf = (index: number): string =>
	nodeName(Math.floor(index / podsPerNode));

const fill = async (from: number, to: number): Promise<void> => {
	const begin = Math.floor(from / podsPerNamespace);
	await forEach(begin, Math.ceil(to / podsPerNamespace), async (index) =>
		send('POST', '/api/v1/namespaces', namespace(index)),
	);
	await forEach(
		Math.floor(from / podsPerNode),
		Math.ceil(to / podsPerNode),
		async (index) => send('POST', '/api/v1/nodes', node(nodeName(index))),
	);
	await forEach(from, to, async (index) =>
		send(
			'POST',
			`/api/v1/namespaces/${namespaceOf(index)}/pods`,
			pod(index, namespaceOf(index), nodeOf(index)),
		),
	);
};

/**
Resolves when so many lines have come.
*/
const watch = async (
	resourceVersion: string,
	count: number,
): Promise<{done: Promise<void>}> =>
	new Promise((resolve, reject) => {
		const request = open(
			'GET',
			`/api/v1/pods?watch=1&resourceVersion=${resourceVersion}`,
		);
		request.once('error', reject);
		request.once('response', (response) => {
			let seen = 0;
			const done = new Promise<void>((finish) => {
				response.on('data', (part: Uint8Array) => {
					let end = part.indexOf(newline);
					while (end !== -1) {
						seen++;
						end = part.indexOf(newline, end + 1);
					}

					if (seen >= count) {
						finish();
						request.destroy();
					}
				});
			});
			resolve({done});
		});
	});

const churn = async (count: number): Promise<number> => {
	const list = JSON.parse(await send('GET', '/api/v1/pods?limit=500')) as {
		metadata: {resourceVersion: string};
		items: ReadonlyArray<{metadata: {name: string; namespace: string}}>;
	};
	const started = performance.now();
	const follow = await Promise.all(
		Array.from({length: watchers}, async () =>
			watch(list.metadata.resourceVersion, count),
		),
	);
	await forEach(0, count, async (index) => {
		const {metadata} = list.items[index % list.items.length]!;
		return send(
			'PATCH',
			`/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`,
			{metadata: {labels: {turn: String(index)}}},
		);
	});
	await Promise.all(follow.map(async ({done}) => done));
	return performance.now() - started;
};

const started = performance.now();
const count = Number(first);
const wall =
	mode === 'churn'
		? await churn(count)
		: await fill(count, Number(last)).then(() => performance.now() - started);
process.stdout.write(
	`${JSON.stringify({wall, events: mode === 'churn' ? count * watchers : 0})}\n`,
);
agent.destroy();
