#!/usr/bin/env node
/**
A server for rates that a real one does not reach: pods are generated, every other request goes on to the real API server behind
it. One process, so that its work is not the reader's.

Usage: node --import ./scripts/typescript-imports.ts bench/generated-server.ts, with UPSTREAM, TOKEN, CA and SIZE (JSON) in the
environment. Prints one line of JSON, `{port, certificateAuthority}`, then serves until its standard input ends.

Beside the API:
- POST /bench/churn?rate=R: from now on R changes of pods per second, spread over all of them; 0 stops it.
- POST /bench/touch?namespace=N&name=P&node=TenLetters: one change; answers `{sent}`, milliseconds of the epoch.
- GET /bench/state: `{events, watchers, behind}`; `behind` is how many bytes the slowest watcher has not taken yet.
*/
import {Buffer} from 'node:buffer';
import type http from 'node:http';
import https from 'node:https';
import process from 'node:process';
import type {AddressInfo} from 'node:net';
import {createCertificateAuthority} from '../source/sandbox/certificates.js';
import {
	envelope,
	generatePods,
	type Encoding,
	type Sample,
} from './generated-pods.js';
import type {Size} from './objects.js';
import {encodeField, watchFrame, wrap} from './wire.js';

const upstream = new URL(process.env.UPSTREAM ?? '');
const token = process.env.TOKEN ?? '';
const agent = new https.Agent({keepAlive: true, ca: process.env.CA});
const size = JSON.parse(process.env.SIZE ?? '{}') as Size;

const fetchSample = async (path: string, accept: string): Promise<Buffer> =>
	new Promise((resolve, reject) => {
		const headers = {authorization: `Bearer ${token}`, accept};
		const request = https.get(
			new URL(path, upstream),
			{agent, headers},
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => {
					parts.push(part);
				});
				response.once('end', () => {
					resolve(Buffer.concat(parts));
				});
			},
		);
		request.once('error', reject);
	});

type PodList = {
	items: Array<{
		metadata: {name: string; namespace: string};
		status: {phase: string};
	}>;
};

const fetchSamples = async (): Promise<readonly Sample[]> => {
	const list = await fetchSample('/api/v1/pods?limit=100', 'application/json');
	const running = (JSON.parse(list.toString()) as PodList).items.filter(
		({status}) => status.phase === 'Running',
	);
	return Promise.all(
		running.map(async ({metadata}) => {
			const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
			return {
				json: await fetchSample(path, 'application/json'),
				protobuf: await fetchSample(
					path,
					'application/vnd.kubernetes.protobuf',
				),
			};
		}),
	);
};

const pods = generatePods(await fetchSamples(), size);

type Watcher = Readonly<{response: http.ServerResponse; encoding: Encoding}>;
const watchers = new Set<Watcher>();
let events = 0;

const encodeEvent = (
	type: string,
	index: number,
	encoding: Encoding,
): Buffer => {
	const object = pods.encode(index, encoding);
	return encoding === 'json'
		? Buffer.concat([
				Buffer.from(`{"type":"${type}","object":`),
				object,
				Buffer.from('}\n'),
			])
		: watchFrame(type, envelope(object, encoding));
};

const encodeBookmark = (encoding: Encoding, isInitialEnd: boolean): Buffer => {
	const annotations = isInitialEnd ? {'k8s.io/initial-events-end': 'true'} : {};
	const resourceVersion = pods.version();
	if (encoding === 'json') {
		const object = {
			kind: 'Pod',
			apiVersion: 'v1',
			metadata: {resourceVersion, annotations},
			spec: {containers: null},
			status: {},
		};
		return Buffer.from(`${JSON.stringify({type: 'BOOKMARK', object})}\n`);
	}

	const entries = Object.entries(annotations).map(([key, value]) =>
		encodeField(
			12,
			Buffer.concat([encodeField(1, key), encodeField(2, String(value))]),
		),
	);
	const metadata = Buffer.concat([encodeField(6, resourceVersion), ...entries]);
	return watchFrame('BOOKMARK', wrap('v1', 'Pod', encodeField(1, metadata)));
};

const encodingOf = (request: http.IncomingMessage): Encoding =>
	request.headers.accept?.includes('protobuf') === true ? 'protobuf' : 'json';

const contentTypes = {
	json: 'application/json',
	protobuf: 'application/vnd.kubernetes.protobuf',
};

const drained = async (response: http.ServerResponse): Promise<void> =>
	new Promise((resolve) => {
		const settle = () => {
			response.off('drain', settle);
			response.off('close', settle);
			resolve();
		};

		response.once('drain', settle);
		response.once('close', settle);
	});

const listPods = (
	response: http.ServerResponse,
	query: URLSearchParams,
	encoding: Encoding,
): void => {
	const limit = Number(query.get('limit') ?? pods.count);
	const start = Number(query.get('continue') ?? 0);
	const stop = Math.min(start + limit, pods.count);
	const next = stop < pods.count ? String(stop) : '';
	const remaining = pods.count - stop;
	response.writeHead(200, {'content-type': contentTypes[encoding]});
	const items = Array.from({length: stop - start}, (_, offset) =>
		pods.encode(start + offset, encoding),
	);
	if (encoding === 'json') {
		const metadata = {
			resourceVersion: pods.version(),
			continue: next,
			remainingItemCount: remaining,
		};
		response.write(
			`{"kind":"PodList","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[`,
		);
		response.write(
			Buffer.concat(
				items.flatMap((item, index) =>
					index === 0 ? [item] : [Buffer.from(','), item],
				),
			),
		);
		response.end(']}\n');
		return;
	}

	const metadata = Buffer.concat([
		encodeField(2, pods.version()),
		encodeField(3, next),
	]);
	const list = Buffer.concat([
		encodeField(1, metadata),
		...items.map((item) => encodeField(2, item)),
	]);
	response.end(wrap('v1', 'PodList', list));
};

const watchPods = async (
	response: http.ServerResponse,
	query: URLSearchParams,
	encoding: Encoding,
): Promise<void> => {
	const suffix = encoding === 'protobuf' ? ';stream=watch' : '';
	response.writeHead(200, {
		'content-type': `${contentTypes[encoding]}${suffix}`,
	});
	response.flushHeaders();
	if (query.get('sendInitialEvents') === 'true') {
		for (let index = 0; index < pods.count && !response.destroyed; index++) {
			if (!response.write(encodeEvent('ADDED', index, encoding))) {
				await drained(response);
			}
		}

		response.write(encodeBookmark(encoding, true));
	}

	const watcher = {response, encoding};
	watchers.add(watcher);
	response.once('close', () => {
		watchers.delete(watcher);
	});
};

const send = (index: number, node?: string): void => {
	pods.touch(index, node);
	events++;
	for (const {response, encoding} of watchers) {
		response.write(encodeEvent('MODIFIED', index, encoding));
	}
};

let churn: NodeJS.Timeout | undefined;
let cursor = 0;
const startChurn = (rate: number): void => {
	clearInterval(churn);
	const started = performance.now();
	let done = 0;
	churn =
		rate > 0
			? setInterval(() => {
					const due = Math.floor(((performance.now() - started) / 1000) * rate);
					for (; done < due; done++) {
						// A step coprime to the count visits every pod before any one twice.
						cursor = (cursor + 7919) % pods.count;
						send(cursor);
					}
				}, 5)
			: undefined;
};

const answerBench = (response: http.ServerResponse, url: URL): void => {
	const query = url.searchParams;
	let answer: unknown = {};
	if (url.pathname === '/bench/churn') {
		startChurn(Number(query.get('rate')));
	} else if (url.pathname === '/bench/touch') {
		const index = pods.find(
			query.get('namespace') ?? '',
			query.get('name') ?? '',
		);
		if (index >= 0) {
			send(index, query.get('node') ?? undefined);
		}

		answer = {
			sent: index >= 0 ? performance.timeOrigin + performance.now() : 0,
		};
	} else {
		const behind = Math.max(
			0,
			...[...watchers].map(({response: {writableLength}}) => writableLength),
		);
		answer = {events, watchers: watchers.size, behind};
	}

	response.writeHead(200, {'content-type': 'application/json'});
	response.end(JSON.stringify(answer));
};

const relay = (
	request: http.IncomingMessage,
	response: http.ServerResponse,
): void => {
	const onward = https.request(
		new URL(request.url ?? '/', upstream),
		{
			agent,
			method: request.method,
			headers: {...request.headers, host: upstream.host},
		},
		(answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			response.flushHeaders();
			answer.pipe(response);
			answer.on('error', () => {
				response.destroy();
			});
		},
	);
	onward.on('error', () => {
		response.destroy();
	});
	response.once('close', () => {
		onward.destroy();
	});
	request.pipe(onward);
};

const answerPod = (
	response: http.ServerResponse,
	namespace: string,
	name: string,
	encoding: Encoding,
): void => {
	const index = pods.find(namespace, name);
	response.writeHead(index === -1 ? 404 : 200, {
		'content-type': contentTypes[encoding],
	});
	response.end(
		index === -1 ? '' : envelope(pods.encode(index, encoding), encoding),
	);
};

const authority = await createCertificateAuthority('liqoscope bench');
const serving = await authority.issue({
	commonName: 'generated',
	hosts: ['127.0.0.1', 'localhost'],
});
const server = https.createServer(
	{cert: serving.certificate, key: serving.key},
	(request, response) => {
		const url = new URL(request.url ?? '/', upstream);
		const one =
			/^\/api\/v1\/namespaces\/(?<namespace>[^\/]+)\/pods\/(?<name>[^\/]+)$/v.exec(
				url.pathname,
			)?.groups;
		response.on('error', () => undefined);
		if (url.pathname.startsWith('/bench/')) {
			answerBench(response, url);
		} else if (
			url.pathname === '/api/v1/pods' &&
			['1', 'true'].includes(url.searchParams.get('watch') ?? '')
		) {
			void watchPods(response, url.searchParams, encodingOf(request));
		} else if (url.pathname === '/api/v1/pods') {
			listPods(response, url.searchParams, encodingOf(request));
		} else if (one?.namespace !== undefined && one.name !== undefined) {
			answerPod(response, one.namespace, one.name, encodingOf(request));
		} else {
			relay(request, response);
		}
	},
);
server.listen(0, '127.0.0.1', () => {
	const {port} = server.address() as AddressInfo;
	process.stdout.write(
		`${JSON.stringify({port, certificateAuthority: authority.certificate})}\n`,
	);
});
process.stdin.resume().once('end', () => {
	process.exit(0);
});
