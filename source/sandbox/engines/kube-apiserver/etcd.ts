import path from 'node:path';
import {startChild} from './child.js';
import {openEtcdStore, type EtcdStore} from './etcd-store.js';
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
	Its keys and values; an API server finds those of its cluster below `/<name>`.
	*/
	store: EtcdStore;
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

	const store = openEtcdStore(url);
	return {
		url,
		pid: child.pid,
		store,
		async compact() {
			const present = await store.revision();
			await store.compact(present);
			return present;
		},
		async stop() {
			store.close();
			await child.stop('SIGKILL');
		},
	};
};
