import {Buffer} from 'node:buffer';
import http from 'node:http';

/**
Keys and values of etcd through its HTTP gateway, many in flight; for seeding faster than an API server takes writes.
*/
export type EtcdStore = Readonly<{
	get(key: string): Promise<Buffer>;
	put(
		pairs: ReadonlyArray<readonly [key: string, value: Uint8Array]>,
	): Promise<void>;
	close(): void;
}>;

type RangeAnswer = {kvs?: Array<{value: string}>};

const encode = (bytes: string | Uint8Array): string =>
	Buffer.from(bytes as Uint8Array).toString('base64');

export const openEtcdStore = (url: string): EtcdStore => {
	const agent = new http.Agent({keepAlive: true, maxSockets: 4});
	const post = async (method: string, body: unknown): Promise<string> =>
		new Promise((resolve, reject) => {
			const request = http.request(
				`${url}/v3/kv/${method}`,
				{method: 'POST', agent},
				(response) => {
					let text = '';
					response.setEncoding('utf8').on('data', (part: string) => {
						text += part;
					});
					response.once('end', () => {
						if (response.statusCode === 200) {
							resolve(text);
						} else {
							reject(new Error(`etcd refused ${method}: ${text}`));
						}
					});
				},
			);
			request.once('error', reject);
			request.end(JSON.stringify(body));
		});

	return {
		async get(key) {
			const answer = JSON.parse(
				await post('range', {key: encode(key)}),
			) as RangeAnswer;
			const [found] = answer.kvs ?? [];
			if (found === undefined) {
				throw new Error(`etcd has no key ${key}`);
			}

			return Buffer.from(found.value, 'base64');
		},
		async put(pairs) {
			await post('txn', {
				success: pairs.map(([key, value]) => ({
					requestPut: {key: encode(key), value: encode(value)},
				})),
			});
		},
		close() {
			agent.destroy();
		},
	};
};
