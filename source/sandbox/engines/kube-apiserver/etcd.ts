import path from 'node:path';
import {Buffer} from 'node:buffer';
import {startChild} from './child.js';
import {ControlPlaneError} from './control-plane-error.js';
import {findFreePort} from './free-port.js';
import type {Reaper} from './reaper.js';
import {waitUntilReady} from './wait-until-ready.js';

/**
The one etcd behind all API servers; each cluster has its own key prefix in it.
*/
export type Etcd = Readonly<{
	/**
	Client URL, plain HTTP on loopback.
	*/
	url: string;
	pid: number;
	/**
	The store's revision now.
	*/
	revision(): Promise<number>;
	/**
	Forgets all history before the present revision, as etcd's own compaction does every five minutes in a real cluster:
	what is no longer in an API server's own memory is answered with 410 from then on. With the flag
	`--feature-gates=ListFromCacheSnapshot=false` that is every older `continue` token, with `--watch-cache=false` every older
	watch too, and after a restart both.

	@returns the revision compacted to.
	*/
	compact(): Promise<number>;
	stop(): Promise<void>;
}>;

type GatewayAnswer = Readonly<{
	header?: Readonly<{revision?: string}>;
	message?: string;
}>;

/**
Starts one etcd on loopback with an empty store.

@throws ControlPlaneError when it does not come up.
*/
export const startEtcd = async (options: {
	readonly file: string;
	readonly directory: string;
	readonly reaper: Reaper;
	readonly deadline: number;
	readonly flags: readonly string[];
}): Promise<Etcd> => {
	const url = `http://127.0.0.1:${await findFreePort()}`;
	const child = await startChild({
		name: 'etcd',
		file: options.file,
		directory: options.directory,
		reaper: options.reaper,
		parameters: [
			`--data-dir=${path.join(options.directory, 'etcd')}`,
			`--listen-client-urls=${url}`,
			`--advertise-client-urls=${url}`,
			'--listen-peer-urls=http://127.0.0.1:0',
			'--unsafe-no-fsync',
			'--quota-backend-bytes=8589934592',
			'--log-level=warn',
			...options.flags,
		],
	});
	await waitUntilReady(child, [{url: `${url}/health`}], options.deadline);

	const ask = async (
		method: string,
		body: Readonly<Record<string, unknown>>,
	): Promise<GatewayAnswer> => {
		const response = await fetch(`${url}/v3/kv/${method}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		const answer = (await response.json()) as GatewayAnswer;
		if (!response.ok) {
			throw new ControlPlaneError(
				`etcd refused ${method}: ${answer.message ?? response.statusText}`,
			);
		}

		return answer;
	};

	const revision = async () => {
		const answer = await ask('range', {
			key: Buffer.from('none').toString('base64'),
		});
		return Number(answer.header?.revision);
	};

	return {
		url,
		pid: child.pid,
		revision,
		async compact() {
			const present = await revision();
			await ask('compaction', {revision: present, physical: true});
			return present;
		},
		async stop() {
			await child.stop('SIGKILL');
		},
	};
};
