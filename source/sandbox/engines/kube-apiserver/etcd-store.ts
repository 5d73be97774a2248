import {Buffer} from 'node:buffer';
import http from 'node:http';
import {ControlPlaneError} from './control-plane-error.js';

/**
Keys and values of etcd through its HTTP gateway, past every API server: for what no API server would take, or not as fast.
*/
export type EtcdStore = Readonly<{
	/**
	The store's revision now.
	*/
	revision(): Promise<number>;
	/**
	@throws ControlPlaneError when there is no such key.
	*/
	read(key: string): Promise<Buffer>;
	/**
	Writes at most a hundred pairs in one transaction.
	*/
	write(
		pairs: ReadonlyArray<readonly [key: string, value: Uint8Array | string]>,
	): Promise<void>;
	/**
	Deletes every key that begins so.
	*/
	clear(prefix: string): Promise<void>;
	compact(revision: number): Promise<void>;
	close(): void;
}>;

type Answer = {
	readonly header?: {readonly revision?: string};
	readonly kvs?: ReadonlyArray<{readonly value: string}>;
	readonly message?: string;
};

const encode = (bytes: string | Uint8Array): string =>
	Buffer.from(bytes as Uint8Array).toString('base64');

export const openEtcdStore = (url: string): EtcdStore => {
	const agent = new http.Agent({keepAlive: true, maxSockets: 4});
	const ask = async (method: string, body: unknown): Promise<Answer> =>
		new Promise((resolve, reject) => {
			const request = http.request(
				`${url}/v3/kv/${method}`,
				{method: 'POST', agent},
				(response) => {
					let text = '';
					response.setEncoding('utf8').on('data', (part: string) => {
						text += part;
					});
					response.once('error', reject);
					response.once('end', () => {
						const answer = JSON.parse(text) as Answer;
						if (response.statusCode === 200) {
							resolve(answer);
						} else {
							reject(
								new ControlPlaneError(
									`etcd refused ${method}: ${answer.message ?? text}`,
								),
							);
						}
					});
				},
			);
			request.once('error', reject);
			request.end(JSON.stringify(body));
		});

	return {
		async revision() {
			const answer = await ask('range', {key: encode('none')});
			return Number(answer.header?.revision);
		},
		async read(key) {
			const {kvs} = await ask('range', {key: encode(key)});
			const found = kvs?.[0];
			if (found === undefined) {
				throw new ControlPlaneError(`etcd has no key ${key}.`);
			}

			return Buffer.from(found.value, 'base64');
		},
		async write(pairs) {
			const success = pairs.map(([key, value]) => ({
				requestPut: {key: encode(key), value: encode(value)},
			}));
			await ask('txn', {success});
		},
		async clear(prefix) {
			// The end of the range is the prefix with its last byte one higher.
			const end = Buffer.from(prefix);
			end[end.length - 1] = (end.at(-1) ?? 0) + 1;
			await ask('deleterange', {key: encode(prefix), range_end: encode(end)});
		},
		async compact(revision) {
			await ask('compaction', {revision, physical: true});
		},
		close() {
			agent.destroy();
		},
	};
};
