import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
	startApiServer,
	type ApiServer,
	type ClusterOptions,
} from './api-server.js';
import {ControlPlaneError} from './control-plane-error.js';
import {startEtcd, type Etcd} from './etcd.js';
import {startReaper} from './reaper.js';
import {startScheduler} from './scheduler.js';

export type ControlPlaneOptions = Readonly<{
	/**
	One API server each, in this order.
	*/
	clusters: ReadonlyArray<string | ClusterOptions>;
	/**
	The directory that holds `etcd`, `kube-apiserver` and, when a cluster has a scheduler, `kube-scheduler`; of several the
	first one that holds a binary gives it.
	*/
	assets: string | readonly string[];
	/**
	Milliseconds that each server has to become ready.

	@default 120000
	*/
	deadline?: number;
	/**
	Flags for etcd, after ours.
	*/
	etcdFlags?: readonly string[];
}>;

export type ControlPlane = Readonly<{
	clusters: readonly ApiServer[];
	/**
	@throws ControlPlaneError when there is none of that name.
	*/
	cluster(name: string): ApiServer;
	etcd: Etcd;
	/**
	Where data, credentials and logs are; gone after `stop`.
	*/
	directory: string;
	/**
	Ends every process and removes the directory. Safe to call twice.
	*/
	stop(): Promise<void>;
}>;

const isExecutable = (file: string): boolean => {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

const findBinary = (
	assets: ControlPlaneOptions['assets'],
	name: string,
): string => {
	const directories = typeof assets === 'string' ? [assets] : assets;
	const found = directories
		.map((directory) => path.join(directory, name))
		.find((file) => isExecutable(file));
	if (found === undefined) {
		throw new ControlPlaneError(
			`There is no ${name} in ${directories.join(' or ')}: set KUBEBUILDER_ASSETS to a directory that holds etcd, kube-apiserver and kube-scheduler.`,
		);
	}

	return found;
};

/**
Starts real Kubernetes control planes on loopback: one etcd without fsync, one kube-apiserver per cluster under a key prefix of
its own, and a kube-scheduler for those that ask for it. RBAC authorizes; users come with a token each. Everything lives in a
temporary directory, and ends with this process even if that is killed.

@example
```
const plane = await startControlPlane({
	assets: '/usr/local/kubebuilder/bin',
	clusters: ['home', {name: 'eu', users: [{name: 'viewer', groups: ['viewers']}], isAudited: true, hasScheduler: true}],
});
const eu = plane.cluster('eu');
eu.url; eu.certificateAuthority; eu.token('viewer'); // for a client of one's own
eu.kubeconfig('viewer'); // path of a file for kubectl: --kubeconfig=...
await eu.restart('SIGKILL'); // a crash; the port, the tokens and the objects stay
await plane.etcd.compact(); // older resource versions are answered with 410 from now on
eu.auditLog().filter(({verb}) => verb !== 'get'); // what was asked of the server
await plane.stop();
```

@throws ControlPlaneError when a binary is missing or a server does not become ready; nothing is left running then.
*/
export const startControlPlane = async (
	options: ControlPlaneOptions,
): Promise<ControlPlane> => {
	const wanted = options.clusters.map((cluster) =>
		typeof cluster === 'string' ? {name: cluster} : cluster,
	);
	const schedulerClusters = new Set(
		wanted
			.filter(({hasScheduler}) => hasScheduler === true)
			.map(({name}) => name),
	);
	const files = {
		etcd: findBinary(options.assets, 'etcd'),
		apiServer: findBinary(options.assets, 'kube-apiserver'),
		scheduler:
			schedulerClusters.size > 0
				? findBinary(options.assets, 'kube-scheduler')
				: '',
	};
	const directory = fs.mkdtempSync(
		path.join(os.tmpdir(), 'liqoscope-control-plane-'),
	);
	const reaper = startReaper(directory);
	const deadline = options.deadline ?? 120_000;
	const stops: Array<() => Promise<void>> = [];
	let isStopped = false;
	const stop = async () => {
		if (isStopped) {
			return;
		}

		isStopped = true;
		await Promise.all(stops.map(async (end) => end()));
		fs.rmSync(directory, {recursive: true, force: true});
		reaper.dismiss();
	};

	try {
		const etcd = await startEtcd({
			file: files.etcd,
			directory,
			reaper,
			deadline,
			flags: options.etcdFlags ?? [],
		});
		stops.push(etcd.stop);
		const setting = {
			file: files.apiServer,
			directory,
			etcdUrl: etcd.url,
			reaper,
			deadline,
		};
		const outcomes = await Promise.allSettled(
			wanted.map(async (cluster) => {
				const server = await startApiServer(cluster, setting);
				stops.push(async () => server.stop('SIGKILL'));
				if (schedulerClusters.has(cluster.name)) {
					const scheduler = await startScheduler(server, {
						file: files.scheduler,
						directory,
						reaper,
					});
					stops.push(async () => scheduler.stop('SIGKILL'));
				}

				return server;
			}),
		);
		const clusters = outcomes.map((outcome) => {
			if (outcome.status === 'rejected') {
				throw outcome.reason as Error;
			}

			return outcome.value;
		});
		return {
			clusters,
			etcd,
			directory,
			stop,
			cluster(name) {
				const found = clusters.find((cluster) => cluster.name === name);
				if (found === undefined) {
					throw new ControlPlaneError(
						`There is no cluster "${name}": there are ${wanted.map((cluster) => cluster.name).join(', ')}.`,
					);
				}

				return found;
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
};
