import {Buffer} from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import {type AddressInfo, type Socket} from 'node:net';
import protobuf from 'protobufjs/minimal.js';

export type FakeObject = {
	apiVersion: string;
	kind: string;
	metadata: {
		name: string;
		namespace: string;
		uid: string;
		resourceVersion: string;
		labels?: Record<string, string>;
	};
	data?: Record<string, string>;
};

export type Seen = {
	readonly method: string;
	readonly url: string;
	readonly headers: http.IncomingHttpHeaders;
	readonly body: string;
};

type Answer = (
	request: Seen,
	response: http.ServerResponse,
) => boolean | Promise<boolean>;

type LogEntry = {
	readonly version: number;
	readonly type: string;
	readonly object: FakeObject;
};

type Watcher = {
	readonly response: http.ServerResponse;
	readonly isProtobuf: boolean;
	readonly plural: string;
	readonly namespace: string;
};

const status = (code: number, reason: string, message: string) => ({
	kind: 'Status',
	apiVersion: 'v1',
	status: 'Failure',
	code,
	reason,
	message,
});

const envelope = (kind: string, raw: Uint8Array): Buffer => {
	const writer = protobuf.Writer.create();
	writer.uint32(10).fork();
	writer.uint32(10).string('v1').uint32(18).string(kind);
	writer.ldelim();
	writer.uint32(18).bytes(raw);
	writer.uint32(26).string('').uint32(34).string('');
	return Buffer.concat([Buffer.from('k8s\0'), writer.finish()]);
};

/**
Only the metadata: enough to tell objects apart.
*/
export const encodePod = (
	object: FakeObject,
	annotations: Record<string, string> = {},
): Uint8Array => {
	const writer = protobuf.Writer.create();
	const {metadata} = object;
	writer.uint32(10).fork();
	writer.uint32(10).string(metadata.name);
	writer.uint32(26).string(metadata.namespace);
	writer.uint32(42).string(metadata.uid);
	writer.uint32(50).string(metadata.resourceVersion);
	for (const [key, value] of Object.entries(annotations)) {
		writer.uint32(98).fork();
		writer.uint32(10).string(key).uint32(18).string(value);
		writer.ldelim();
	}

	writer.ldelim();
	return writer.finish();
};

const frame = (type: string, kind: string, raw: Uint8Array): Buffer => {
	const writer = protobuf.Writer.create();
	writer.uint32(10).string(type);
	writer.uint32(18).fork().uint32(10).bytes(envelope(kind, raw)).ldelim();
	const bytes = writer.finish();
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
};

/**
An API server in memory that keeps lists, watches and history as a real one does, and misbehaves on demand.
*/
export class FakeApiServer {
	readonly #objects = new Map<string, FakeObject>();
	readonly #log: LogEntry[] = [];
	readonly #watchers = new Set<Watcher>();
	readonly #sockets = new Set<Socket>();
	readonly #server: http.Server;
	readonly #scheme: string;
	#version = 10;
	#oldest = 10;
	#serial = 0;
	readonly seen: Seen[] = [];
	/**
	Asked first for every request; true when it has answered.
	*/
	intercept: Answer | undefined;
	hasWatchList = true;
	hasProtobuf = true;

	constructor(tls?: https.ServerOptions) {
		const listener = (
			request: http.IncomingMessage,
			response: http.ServerResponse,
		) => {
			void this.#answer(request, response);
		};

		this.#server = tls
			? https.createServer(tls, listener)
			: http.createServer(listener);
		this.#scheme = tls ? 'https' : 'http';
		const keep = (socket: Socket) => {
			this.#sockets.add(socket);
			socket.on('error', () => undefined);
			socket.once('close', () => {
				this.#sockets.delete(socket);
			});
		};

		this.#server.on('connection', keep);
	}

	#list(plural: string, namespace: string): FakeObject[] {
		return Iterator.from(this.#objects)
			.filter(
				([key]) =>
					key.startsWith(`${plural}/`) &&
					(namespace === '' || key.startsWith(`${plural}/${namespace}/`)),
			)
			.toArray()
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([, object]) => object);
	}

	#record(type: string, object: FakeObject, plural: string): void {
		this.#log.push({version: this.#version, type, object});
		for (const watcher of this.#watchers) {
			const isWanted =
				watcher.plural === plural &&
				(watcher.namespace === '' ||
					watcher.namespace === object.metadata.namespace);
			if (isWanted) {
				this.#write(watcher, type, object);
			}
		}
	}

	#write(
		watcher: Pick<Watcher, 'response' | 'isProtobuf'>,
		type: string,
		object: FakeObject,
		annotations: Record<string, string> = {},
	): void {
		watcher.response.write(
			watcher.isProtobuf
				? frame(type, 'Pod', encodePod(object, annotations))
				: `${JSON.stringify({type, object: {...object, metadata: {...object.metadata, annotations}}})}\n`,
		);
	}

	#fail(response: http.ServerResponse, code: number, message: string): void {
		const reason = code === 410 ? 'Expired' : 'Failure';
		response.writeHead(code, {'content-type': 'application/json'});
		response.end(JSON.stringify(status(code, reason, message)));
	}

	async #answer(
		request: http.IncomingMessage,
		response: http.ServerResponse,
	): Promise<void> {
		response.on('error', () => undefined);
		let body = '';
		for await (const chunk of request) {
			body += String(chunk);
		}

		const seen: Seen = {
			method: request.method ?? '',
			url: request.url ?? '',
			headers: request.headers,
			body,
		};
		this.seen.push(seen);
		if (await this.intercept?.(seen, response)) {
			return;
		}

		const url = new URL(seen.url, 'http://server');
		const match =
			/^\/api\/v1\/(?:namespaces\/(?<namespace>[^\/]+)\/)?(?<plural>configmaps|pods)$/v.exec(
				url.pathname,
			);
		if (seen.method !== 'GET' || !match?.groups) {
			this.#fail(response, 404, 'the server could not find it');
			return;
		}

		const {namespace = '', plural = ''} = match.groups;
		const isProtobuf =
			plural === 'pods' &&
			this.hasProtobuf &&
			(seen.headers.accept ?? '').includes('protobuf');
		if (url.searchParams.get('watch') === 'true') {
			this.#watch(response, {response, isProtobuf, plural, namespace}, url);
		} else {
			this.#page(response, isProtobuf, this.#list(plural, namespace), url);
		}
	}

	#watch(response: http.ServerResponse, watcher: Watcher, url: URL): void {
		const isInitial = url.searchParams.get('sendInitialEvents') === 'true';
		if (isInitial && !this.hasWatchList) {
			this.#fail(response, 422, 'sendInitialEvents is forbidden for watch');
			return;
		}

		const from = Number(url.searchParams.get('resourceVersion') ?? '0');
		response.writeHead(200, {
			'content-type': watcher.isProtobuf
				? 'application/vnd.kubernetes.protobuf;stream=watch'
				: 'application/json',
		});
		response.flushHeaders();
		response.once('close', () => {
			this.#watchers.delete(watcher);
		});
		if (isInitial) {
			for (const object of this.#list(watcher.plural, watcher.namespace)) {
				this.#write(watcher, 'ADDED', object);
			}

			this.#write(
				watcher,
				'BOOKMARK',
				{
					apiVersion: 'v1',
					kind: '',
					metadata: {
						name: '',
						namespace: '',
						uid: '',
						resourceVersion: String(this.#version),
					},
				},
				{'k8s.io/initial-events-end': 'true'},
			);
		} else if (from < this.#oldest) {
			const gone = status(410, 'Expired', 'too old resource version');
			if (watcher.isProtobuf) {
				const writer = protobuf.Writer.create();
				writer.uint32(26).string(gone.message);
				writer.uint32(34).string(gone.reason);
				writer.uint32(48).int32(gone.code);
				response.end(frame('ERROR', 'Status', writer.finish()));
			} else {
				response.end(`${JSON.stringify({type: 'ERROR', object: gone})}\n`);
			}

			return;
		} else {
			for (const entry of this.#log) {
				const isWanted =
					entry.version > from &&
					(entry.object.kind === 'Pod') === (watcher.plural === 'pods') &&
					(watcher.namespace === '' ||
						watcher.namespace === entry.object.metadata.namespace);
				if (isWanted) {
					this.#write(watcher, entry.type, entry.object);
				}
			}
		}

		this.#watchers.add(watcher);
	}

	#page(
		response: http.ServerResponse,
		isProtobuf: boolean,
		all: FakeObject[],
		url: URL,
	): void {
		const limit = Number(url.searchParams.get('limit') ?? '0');
		const token = url.searchParams.get('continue') ?? '';
		const [from = 0, version = this.#version] =
			token === '' ? [] : token.split('@').map(Number);
		if (token !== '' && version < this.#oldest) {
			this.#fail(response, 410, 'The provided continue parameter is too old');
			return;
		}

		const items = limit === 0 ? all : all.slice(from, from + limit);
		const left = all.length - from - items.length;
		const next = left > 0 ? `${from + limit}@${version}` : '';
		if (!isProtobuf) {
			response.writeHead(200, {'content-type': 'application/json'});
			response.end(
				JSON.stringify({
					kind: 'List',
					apiVersion: 'v1',
					metadata: {
						resourceVersion: String(version),
						...(left > 0 && {continue: next, remainingItemCount: left}),
					},
					items,
				}),
			);
			return;
		}

		const writer = protobuf.Writer.create();
		writer.uint32(10).fork();
		writer.uint32(10).string('').uint32(18).string(String(version));
		writer.uint32(26).string(next).uint32(32).int64(left);
		writer.ldelim();
		for (const item of items) {
			writer.uint32(18).bytes(encodePod(item));
		}

		response.writeHead(200, {
			'content-type': 'application/vnd.kubernetes.protobuf',
		});
		response.end(envelope('PodList', writer.finish()));
	}

	async listen(): Promise<this> {
		await new Promise<void>((resolve) => {
			this.#server.listen(0, '127.0.0.1', resolve);
		});
		return this;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	get url(): string {
		return `${this.#scheme}://127.0.0.1:${this.port}`;
	}

	get watchers(): number {
		return this.#watchers.size;
	}

	get version(): string {
		return String(this.#version);
	}

	/**
	Resets all connections.
	*/
	cut(): void {
		for (const socket of this.#sockets) {
			socket.destroy();
		}

		this.#watchers.clear();
	}

	/**
	Ends all watches in good order, as a server does after a while.
	*/
	endWatches(): void {
		for (const {response} of this.#watchers) {
			response.end();
		}

		this.#watchers.clear();
	}

	/**
	Forgets history: watches and pages from before are answered 410.
	*/
	compact(): void {
		this.#oldest = this.#version;
		this.#log.length = 0;
	}

	bookmark(): void {
		for (const watcher of this.#watchers) {
			this.#write(watcher, 'BOOKMARK', {
				apiVersion: 'v1',
				kind: watcher.plural,
				metadata: {
					name: '',
					namespace: '',
					uid: '',
					resourceVersion: String(this.#version),
				},
			});
		}
	}

	names(plural = 'configmaps'): string[] {
		return this.#list(plural, '').map(
			({metadata}) =>
				`${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`,
		);
	}

	put(
		namespace: string,
		name: string,
		data: Record<string, string> = {},
		plural = 'configmaps',
	): void {
		const key = `${plural}/${namespace}/${name}`;
		const before = this.#objects.get(key);
		this.#version++;
		const object: FakeObject = {
			apiVersion: 'v1',
			kind: plural === 'pods' ? 'Pod' : 'ConfigMap',
			metadata: {
				name,
				namespace,
				uid: before?.metadata.uid ?? `uid-${++this.#serial}`,
				resourceVersion: String(this.#version),
			},
			data,
		};
		this.#objects.set(key, object);
		this.#record(before ? 'MODIFIED' : 'ADDED', object, plural);
	}

	delete(namespace: string, name: string, plural = 'configmaps'): void {
		const key = `${plural}/${namespace}/${name}`;
		const before = this.#objects.get(key);
		if (!before) {
			return;
		}

		this.#version++;
		this.#objects.delete(key);
		this.#record(
			'DELETED',
			{
				...before,
				metadata: {
					...before.metadata,
					resourceVersion: String(this.#version),
				},
			},
			plural,
		);
	}

	async close(): Promise<void> {
		this.cut();
		await new Promise((resolve) => {
			this.#server.close(resolve);
		});
	}
}
