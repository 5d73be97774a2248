import {Buffer} from 'node:buffer';
import {type ChildProcess, spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parse} from 'yaml';
import type {ApiServer} from '../source/sandbox/engines/kube-apiserver/api-server.js';
import {root} from '../test/helpers/control-plane.js';
import {runLoop} from './floor.js';
import {measureProcess, readUsage} from './measured-process.js';
import {median, round, type Report} from './report.js';

const bundle = path.join(root, 'dist', 'cli.js');
const client = path.join(root, 'bench', 'sandbox-client.ts');

type Server = Readonly<{
	port: number;
	certificateAuthority: string;
	token: string;
}>;

type Sandbox = Readonly<{
	pid: number;
	/**
	Milliseconds from the start of the process to a kubeconfig that can be used.
	*/
	wall: number;
	home: Server;
	stop(): Promise<void>;
}>;

type Kubeconfig = Readonly<{
	clusters: ReadonlyArray<
		Readonly<{
			cluster: Readonly<{
				server: string;
				'certificate-authority-data': string;
			}>;
		}>
	>;
	users: ReadonlyArray<Readonly<{user: Readonly<{token: string}>}>>;
}>;

const ended = async (child: ChildProcess): Promise<void> =>
	new Promise((resolve) => {
		child.once('exit', () => {
			resolve();
		});
	});

const startSandbox = async (
	...parameters: readonly string[]
): Promise<Sandbox> => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'liqoscope-bench-'));
	const file = path.join(directory, 'kubeconfig');
	const started = performance.now();
	const child = spawn(
		process.execPath,
		[bundle, 'sandbox', ...parameters, '--kubeconfig-out', file],
		{stdio: 'ignore'},
	);
	const end = ended(child);
	while (!fs.existsSync(file) || fs.statSync(file).size === 0) {
		await delay(1);
	}

	const wall = performance.now() - started;
	const {clusters, users} = parse(fs.readFileSync(file, 'utf8')) as Kubeconfig;
	const {cluster} = clusters[0]!;
	return {
		pid: child.pid ?? 0,
		wall,
		home: {
			port: Number(new URL(cluster.server).port),
			certificateAuthority: Buffer.from(
				cluster['certificate-authority-data'],
				'base64',
			).toString(),
			token: users[0]!.user.token,
		},
		async stop() {
			child.kill();
			await end;
			fs.rmSync(directory, {recursive: true, force: true});
		},
	};
};

const runClient = async (
	server: Server,
	...parameters: readonly string[]
): Promise<{wall: number; events: number}> => {
	const outcome = await measureProcess(
		process.execPath,
		['--import', './scripts/typescript-imports.ts', client, ...parameters],
		{
			URL: `https://127.0.0.1:${server.port}`,
			TOKEN: server.token,
			CA: server.certificateAuthority,
		},
	);
	if (outcome.code !== 0) {
		throw new Error(`The client failed: ${outcome.output}`);
	}

	return JSON.parse(outcome.output) as {wall: number; events: number};
};

/**
Time until the four clusters of a scenario can be used, against a Node that does nothing.
*/
export const measureSandboxStart = async (
	runs: number,
	report: Report,
): Promise<void> => {
	report.section('Start of the sandbox');
	const nothing: number[] = [];
	const starts: number[] = [];
	for (let run = 0; run < Math.max(5, runs) + 1; run++) {
		const {wall} = await measureProcess(process.execPath, ['-e', '0']);
		nothing.push(wall);
		const sandbox = await startSandbox('--scenario', 'healthy');
		starts.push(sandbox.wall);
		await sandbox.stop();
	}

	// The first run fills the compile cache.
	nothing.shift();
	starts.shift();
	report.add('node -e 0', `${round(median(nothing))} ms`);
	report.atMost(
		'four clusters of the scenario healthy',
		median(starts),
		300,
		'ms',
	);
	report.add(
		'four clusters / node -e 0',
		`${round(median(starts) / median(nothing))}x`,
	);
};

/**
What the sandbox holds, lists and tells of, against a real API server that holds the same pods.
*/
export const measureSandbox = async (
	{
		cluster,
		pods,
		runs,
	}: Readonly<{cluster: ApiServer; pods: number; runs: number}>,
	report: Report,
): Promise<void> => {
	report.section(
		`${pods} pods in the sandbox and in a real API server (median of ${runs})`,
	);
	const real: Server = {
		port: cluster.port,
		certificateAuthority: cluster.certificateAuthority,
		token: cluster.token(),
	};
	const sandbox = await startSandbox('--scenario', 'empty', '--actors', 'none');
	try {
		const sizeOf = (): number => readUsage(sandbox.pid)?.rss ?? NaN;
		const empty = sizeOf();
		const tenth = Math.floor(pods / 10);
		await runClient(sandbox.home, 'fill', '0', String(tenth));
		await delay(2000);
		const some = sizeOf();
		const {wall} = await runClient(
			sandbox.home,
			'fill',
			String(tenth),
			String(pods),
		);
		await delay(2000);
		const all = sizeOf();
		report.add(
			'pods created by one client',
			`${round(((pods - tenth) / wall) * 1000)} /s`,
		);
		report.add('resident, without pods', `${round(empty)} MiB`);
		const perPod = (to: number, from: number, count: number): string =>
			`${round(((to - from) / count) * 1024)} KiB`;
		report.add(
			`a pod takes, of the first ${tenth}`,
			perPod(some, empty, tenth),
		);
		report.add(
			'a pod takes, of all after them',
			perPod(all, some, pods - tenth),
		);

		// The sandbox speaks JSON only, so that both do.
		const ours: number[] = [];
		const theirs: number[] = [];
		for (let run = 0; run < runs; run++) {
			const mine = await runLoop('json', sandbox.home);
			const other = await runLoop('json', real);
			if (mine.pods !== pods || other.pods !== pods) {
				throw new Error(
					`The loop saw ${mine.pods} and ${other.pods} of ${pods} pods.`,
				);
			}

			ours.push(mine.wall);
			theirs.push(other.wall);
		}

		report.add(
			'listed, JSON into small structs',
			`${round(median(ours) / 1000)} s`,
		);
		report.ratio(
			'listed / from the real server',
			median(ours),
			median(theirs),
			1,
		);

		const own = await runClient(sandbox.home, 'churn', '5000');
		const rate = (own.events / own.wall) * 1000;
		report.add(
			'watch events to four watchers, while one client patches',
			`${round(rate)} /s`,
			'at least 5000 /s',
			rate >= 5000,
		);
		const other = await runClient(real, 'churn', '500');
		report.add(
			'of the real server',
			`${round((other.events / other.wall) * 1000)} /s`,
		);
	} finally {
		await sandbox.stop();
	}
};
