import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import type {ApiServer} from '../source/sandbox/engines/kube-apiserver/api-server.js';
import {root} from '../test/helpers/control-plane.js';
import {startPty, type Pty} from '../test/helpers/pty.js';
import {runLoop, type Floor} from './floor.js';
import {startGeneratedServer, type GeneratedServer} from './generated.js';
import {addKeys, afterKeys, now, pressKeys} from './keys.js';
import {readUsage} from './measured-process.js';
import {sizeFor} from './objects.js';
import {median, percentile, round, type Report} from './report.js';

const bundle = path.join(root, 'dist', 'cli.js');

export const hasExplorer = (): boolean => fs.existsSync(bundle);

type Stalls = Readonly<{longest: number; p99: number; heap: number}>;

type Explorer = Readonly<{
	pty: Pty;
	/**
	Epoch milliseconds.
	*/
	started: number;
	stalls(): Stalls | undefined;
	stop(): Promise<void>;
}>;

const startExplorer = (kubeconfig: string): Explorer => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'liqoscope-bench-'));
	const stallFile = path.join(directory, 'stalls.json');
	const started = now();
	const pty = startPty({
		file: process.execPath,
		parameters: [bundle, `--kubeconfig=${kubeconfig}`, '--readonly'],
		columns: 200,
		rows: 60,
		keepsOutput: false,
		env: {
			NODE_OPTIONS: `--import=${pathToFileURL(path.join(root, 'bench', 'stall-probe.ts')).href}`,
			STALL_FILE: stallFile,
			XDG_CONFIG_HOME: directory,
			XDG_STATE_HOME: directory,
			XDG_CACHE_HOME: directory,
		},
	});
	return {
		pty,
		started,
		stalls: () =>
			fs.existsSync(stallFile)
				? (JSON.parse(fs.readFileSync(stallFile, 'utf8')) as Stalls)
				: undefined,
		async stop() {
			pty.kill();
			await pty.exited;
			fs.rmSync(directory, {recursive: true, force: true});
		},
	};
};

// What the titles of the panes say; the one place that knows the looks of the explorer.
const podName =
	/\b(?:checkout|payments|recommend|cart|frontend|inventory|search|shipping|ratings|ledger)-7d4f9c6b5d-[b-z]{5}/v;
const hasPods = (text: string): boolean => podName.test(text);
const screenWithAll = (pods: number) => {
	const count = new RegExp(
		String.raw`\bPods\b[^\n]*\b(?:${pods}|${pods.toLocaleString('en')})\b`,
		'v',
	);
	return (text: string): boolean =>
		count.test(text) && !text.includes('syncing');
};

const zoomPods = async ({pty}: Explorer): Promise<void> => {
	await pty.waitFor('the panes', (text) => text.includes('Pods'), 30_000);
	pty.send('4');
	pty.send('+');
	pty.send('+');
};

const cpuOver = async (pid: number, seconds: number): Promise<number> => {
	const before = readUsage(pid)?.cpu ?? 0;
	await delay(seconds * 1000);
	return (readUsage(pid)?.cpu ?? 0) - before;
};

/**
Time to the first frame from the bundle, against a Node that does nothing.
*/
export const measureStart = async (
	runs: number,
	report: Report,
): Promise<void> => {
	report.section('Start');
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'liqoscope-bench-'));
	const file = path.join(directory, 'objects.yaml');
	fs.writeFileSync(
		file,
		'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
	);
	const nothing: number[] = [];
	const frames: number[] = [];
	for (let run = 0; run < Math.max(5, runs) + 1; run++) {
		const before = now();
		await new Promise((resolve) => {
			spawn(process.execPath, ['-e', '0'], {stdio: 'ignore'}).once(
				'exit',
				resolve,
			);
		});
		nothing.push(now() - before);
		const sent = now();
		const pty = startPty({
			file: process.execPath,
			parameters: [bundle, '-f', file, '--readonly'],
		});
		frames.push(
			(await pty.waitFor(
				'the panes',
				(text) => text.includes('Pods'),
				30_000,
			)) - sent,
		);
		pty.kill();
		await pty.exited;
	}

	// The first run fills the compile cache.
	nothing.shift();
	frames.shift();
	report.add('node -e 0', `${round(median(nothing))} ms`);
	report.add('first frame', `${round(median(frames))} ms`);
	report.ratio('first frame / node -e 0', median(frames), median(nothing), 8);
	fs.rmSync(directory, {recursive: true, force: true});
};

/**
All pods of a real server in the pane, against the floor; then an idle explorer.
*/
export const measureSync = async ({
	cluster,
	pods,
	runs,
	floor,
	report,
}: {
	readonly cluster: ApiServer;
	readonly pods: number;
	readonly runs: number;
	readonly floor: Floor;
	readonly report: Report;
}): Promise<void> => {
	report.section(
		`All ${pods} pods of a real API server in the pane (median of ${runs})`,
	);
	const walls: number[] = [];
	const bareWalls: number[] = [];
	const firsts: number[] = [];
	const cpus: number[] = [];
	const peaks: number[] = [];
	const stalls: number[] = [];
	const server = {
		port: cluster.port,
		certificateAuthority: cluster.certificateAuthority,
		token: cluster.token(),
	};
	for (let run = 0; run < runs; run++) {
		const bare = await runLoop('protobuf', server);
		bareWalls.push(bare.wall);
		const explorer = startExplorer(cluster.kubeconfig());
		const {pty, started} = explorer;
		try {
			const first = pty.waitFor('the first pods', hasPods, 60_000);
			await zoomPods(explorer);
			firsts.push((await first) - started);
			walls.push(
				(await pty.waitFor(`${pods} pods`, screenWithAll(pods), 300_000)) -
					started,
			);
			const usage = readUsage(pty.pid);
			cpus.push(usage?.cpu ?? NaN);
			peaks.push(usage?.peakRss ?? NaN);
			await delay(1000);
			stalls.push(explorer.stalls()?.longest ?? NaN);
			if (run === runs - 1) {
				await measureAtRest(explorer, pods, report);
			}
		} finally {
			await explorer.stop();
		}
	}

	report.add('all pods', `${round(median(walls) / 1000)} s`);
	report.ratio(
		'all pods / bare protobuf loop of the same minutes',
		median(walls),
		median(bareWalls),
		1.15,
	);
	report.ratio(
		'all pods / kubectl get pods -A',
		median(walls),
		floor.kubectl.wall,
		0.6,
	);
	report.ratio('CPU / bare JSON loop', median(cpus), floor.json.cpu, 1.3);
	report.atMost('first rows', median(firsts), 1000, 'ms');
	report.atMost('peak RSS', median(peaks), 300, 'MiB');
	report.atMost(
		'longest stall of the event loop',
		Math.max(...stalls),
		100,
		'ms',
	);
	await measureTyping(cluster.kubeconfig(), pods, report);
};

/**
Keys while all pods arrive. Some hundred in a few runs: the slowest of one run is luck.
*/
const typedRuns = 4;

const measureTyping = async (
	kubeconfig: string,
	pods: number,
	report: Report,
): Promise<void> => {
	const times: number[] = [];
	const walls: number[] = [];
	for (let run = 0; run < typedRuns; run++) {
		const explorer = startExplorer(kubeconfig);
		const {pty, started} = explorer;
		try {
			const first = pty.waitFor('the first pods', hasPods, 60_000);
			await zoomPods(explorer);
			await first;
			let isSynced = false;
			const typed = pressKeys(pty, () => isSynced);
			walls.push(
				(await pty.waitFor(`${pods} pods`, screenWithAll(pods), 300_000)) -
					started,
			);
			isSynced = true;
			times.push(...(await typed));
		} finally {
			await explorer.stop();
		}
	}

	addKeys(report, 'while syncing', times);
	report.add(
		'all pods, with somebody typing all along',
		`${round(median(walls) / 1000)} s`,
	);
};

const measureAtRest = async (
	{pty}: Explorer,
	pods: number,
	report: Report,
): Promise<void> => {
	await delay(3000);
	report.atMost(
		'CPU at rest, of a core',
		((await cpuOver(pty.pid, 20)) / 20) * 100,
		2,
		'%',
	);
	addKeys(report, 'at rest', await pressKeys(pty, afterKeys(200)));
	// The pods on top are all of other applications.
	const isFiltered = (text: string): boolean =>
		text.includes('ledger-7d4f') && !text.includes('checkout-7d4f');
	const filters: number[] = [];
	for (let run = 0; run < 5; run++) {
		const opened = pty.nextOutput();
		pty.send('/');
		await opened;
		await delay(200);
		const sent = now();
		pty.send('ledger\r');
		filters.push(
			(await pty.waitFor('only ledger pods', isFiltered, 15_000)) - sent,
		);
		pty.send('\u{1B}');
		await pty.waitFor(
			'all pods again',
			(text) => text.includes('checkout-7d4f'),
			15_000,
		);
	}

	report.atMost(
		`filter over ${pods} rows, typed and entered, to full result`,
		median(filters),
		250,
		'ms',
	);
};

const openGenerated = async (
	cluster: ApiServer,
	directory: string,
	pods: number,
): Promise<{
	server: GeneratedServer;
	explorer: Explorer;
	stop: () => Promise<void>;
}> => {
	const server = await startGeneratedServer(cluster, sizeFor(pods));
	const explorer = startExplorer(server.kubeconfig(directory));
	await zoomPods(explorer);
	await explorer.pty.waitFor(`${pods} pods`, screenWithAll(pods), 300_000);
	return {
		server,
		explorer,
		async stop() {
			await explorer.stop();
			server.stop();
		},
	};
};

/**
Keys, frames and CPU while pods change faster than a real server lets them.
*/
export const measureChurn = async (
	cluster: ApiServer,
	directory: string,
	pods: number,
	report: Report,
): Promise<void> => {
	const rate = 500;
	report.section(`${pods} generated pods, ${rate} changes per second`);
	const {server, explorer, stop} = await openGenerated(
		cluster,
		directory,
		pods,
	);
	const {pty} = explorer;
	try {
		await server.churn(rate);
		await delay(3000);
		const busy = await cpuOver(pty.pid, 20);
		report.add('CPU, of a core', `${round((busy / 20) * 100)} %`);
		addKeys(
			report,
			`under ${rate} changes/s`,
			await pressKeys(pty, afterKeys(200)),
		);

		const frames: number[] = [];
		const visible = pty.lines().flatMap((line) => {
			const name = podName.exec(line)?.[0];
			const namespace = /team-\d{5}/v.exec(line)?.[0];
			return name === undefined ||
				namespace === undefined ||
				!/node-\d{5}/v.test(line)
				? []
				: [{name, namespace}];
		});
		for (let index = 0; index < 60 && visible.length > 0; index++) {
			const target = visible[index % visible.length];
			// Another node changes what the row says, but not where it stands.
			const node = `mark-${String(index).padStart(5, '0')}`;
			const sent = await server.touch(
				target?.namespace ?? '',
				target?.name ?? '',
				node,
			);
			try {
				frames.push(
					(await pty.waitFor(node, (text) => text.includes(node), 3000)) - sent,
				);
			} catch {
				frames.push(NaN);
			}
		}

		const seen = frames.filter((time) => !Number.isNaN(time));
		report.add(
			'event sent to frame, p50',
			`${round(percentile(seen, 0.5))} ms`,
		);
		report.add(
			'event sent to frame, p99',
			`${round(percentile(seen, 0.99))} ms`,
		);
		report.add(
			'events seen on the screen',
			`${seen.length} of ${frames.length}`,
		);
		report.add(
			'longest stall since start',
			`${round(explorer.stalls()?.longest ?? NaN)} ms`,
		);

		await server.churn(0);
		await delay(1000);
		const before = await server.state();
		const from = now();
		await server.churn(20_000);
		await delay(5000);
		await server.churn(0);
		let state = await server.state();
		while (state.behind > 0) {
			await delay(50);
			state = await server.state();
		}

		const {events} = state;
		report.add(
			'watch events taken per second, at most',
			`${round((events - before.events) / ((now() - from) / 1000))} /s`,
		);
	} finally {
		await stop();
	}
};

/**
Whether the cost of one event grows with the number of objects.
*/
export const measureEventCost = async (
	cluster: ApiServer,
	directory: string,
	report: Report,
): Promise<void> => {
	report.section('CPU per event, by the number of pods');
	const rate = 500;
	const seconds = 20;
	const costs = new Map<number, number>();
	for (const pods of [1000, 150_000]) {
		const {server, explorer, stop} = await openGenerated(
			cluster,
			directory,
			pods,
		);
		try {
			// The garbage of the first list is not the price of an event.
			await delay(5000);
			await server.churn(rate);
			await delay(5000);
			const before = await server.state();
			const cpu = await cpuOver(explorer.pty.pid, seconds);
			const after = await server.state();
			const cost = (cpu / (after.events - before.events)) * 1e6;
			costs.set(pods, cost);
			report.add(`${pods} pods`, `${round(cost)} us`);
		} finally {
			await stop();
		}
	}

	report.ratio(
		'150,000 pods / 1,000 pods',
		costs.get(150_000) ?? NaN,
		costs.get(1000) ?? NaN,
		1.2,
	);
};
