import {Buffer} from 'node:buffer';
import type {Etcd} from '../../source/sandbox/engines/kube-apiserver/etcd.js';

// The most operations that etcd takes in one transaction.
const batchSize = 128;

const encode = (text: string): string => Buffer.from(text).toString('base64');

const ask = async (
	{url}: Etcd,
	method: string,
	body: unknown,
): Promise<{readonly kvs?: ReadonlyArray<{readonly key: string}>}> => {
	const answer = await fetch(`${url}/v3/kv/${method}`, {
		method: 'POST',
		body: JSON.stringify(body),
	});
	if (!answer.ok) {
		throw new Error(`etcd refused ${method}: ${await answer.text()}`);
	}

	return (await answer.json()) as {readonly kvs?: []};
};

/**
Every key there is.
*/
export const listKeys = async (etcd: Etcd): Promise<readonly string[]> => {
	const {kvs = []} = await ask(etcd, 'range', {
		key: encode('\0'),
		range_end: encode('\0'),
		keys_only: true,
	});
	return kvs.map(({key}) => Buffer.from(key, 'base64').toString());
};

/**
Deletes exactly these keys, past every API server; their watches tell of it like of any deletion.
*/
export const deleteKeys = async (
	etcd: Etcd,
	keys: readonly string[],
): Promise<void> => {
	for (let at = 0; at < keys.length; at += batchSize) {
		await ask(etcd, 'txn', {
			success: keys
				.slice(at, at + batchSize)
				.map((key) => ({requestDeleteRange: {key: encode(key)}})),
		});
	}
};
