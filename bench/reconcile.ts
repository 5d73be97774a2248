#!/usr/bin/env node
/**
Measures `reconcile` on a real API server against a bare client that writes the same final objects, and prints ratios.

Usage: npm run bench:reconcile -- [--size 100x10,1000x10] [--idle SECONDS] [--out FILE]
*/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {type JsonObject} from '../source/core/json.js';
import {type ApiServer} from '../source/sandbox/engines/kube-apiserver/api-server.js';
import {bundle, startReconcile} from '../test/cluster/reconcile-process.js';
import {
	askAgain,
	at,
	homeId,
	offloading,
	offloadingPath,
	patch,
	peer,
	readList,
	selecting,
	virtualNodeOf,
} from '../test/cluster/peering.js';
import {
	create,
	root,
	startTestControlPlane,
} from '../test/helpers/control-plane.js';
import {round, startReport, type Report} from './report.js';

const {values} = parseArgs({
	options: {
		size: {type: 'string', default: '100x10,200x50,1000x10'},
		idle: {type: 'string', default: '20'},
		log: {type: 'string', default: 'warn'},
		out: {
			type: 'string',
			default: path.join(root, '.cache', 'bench-reconcile.md'),
		},
	},
});

const mapsPath = '/apis/offloading.liqo.io/v1beta1/namespacemaps';
const offloadingsPath = '/apis/offloading.liqo.io/v1beta1/namespaceoffloadings';
const mapPath = (id: string) =>
	`/apis/offloading.liqo.io/v1beta1/namespaces/liqo-tenant-${id}/namespacemaps/${id}`;
const finalizer = 'namespaceoffloading-controller.liqo.io/finalizer';

/**
Does the work of a list, so many at a time.
*/
const inParallel = async <Item>(
	items: readonly Item[],
	width: number,
	work: (item: Item) => Promise<void>,
): Promise<void> => {
	const rest = items[Symbol.iterator]();
	await Promise.all(
		Array.from({length: width}, async () => {
			for (const item of rest) {
				await work(item);
			}
		}),
	);
};

type Write = {
	readonly begun: number;
	readonly ended: number;
	readonly what: string;
};

/**
The writes of reconcile since a moment, as the server's audit log has them.
*/
const writesSince = (home: ApiServer, since: number): readonly Write[] =>
	home
		.auditLog()
		.filter(
			({verb, userAgent, stage, objectRef}) =>
				stage === 'ResponseComplete' &&
				userAgent?.startsWith('liqoscope') === true &&
				objectRef?.resource !== 'leases' &&
				['create', 'update', 'patch', 'delete'].includes(verb),
		)
		.map(
			({
				verb,
				objectRef,
				requestReceivedTimestamp,
				stageTimestamp,
				responseStatus,
			}) => ({
				begun: Date.parse(requestReceivedTimestamp),
				ended: Date.parse(stageTimestamp),
				what: `${verb} ${objectRef?.resource ?? ''}${objectRef?.subresource === undefined ? '' : `/${objectRef.subresource}`}${(responseStatus?.code ?? 200) < 300 ? '' : ` (${responseStatus?.code ?? 0})`}`,
			}),
		)
		.filter(({begun}) => begun >= since);

const tally = (writes: readonly Write[]): string => {
	const counts = new Map<string, number>();
	for (const {what} of writes) {
		counts.set(what, (counts.get(what) ?? 0) + 1);
	}

	return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
};

const lastEnd = (writes: readonly Write[]): number =>
	Math.max(0, ...writes.map(({ended}) => ended));

const waitFor = async (
	what: string,
	isSo: () => Promise<boolean>,
	limit = 300_000,
): Promise<void> => {
	const end = Date.now() + limit;
	while (!(await isSo())) {
		if (Date.now() > end) {
			throw new Error(`Not within ${limit / 1000} s: ${what}`);
		}

		await delay(250);
	}
};

const mustPatch = async (
	home: ApiServer,
	url: string,
	body: JsonObject,
): Promise<void> => {
	await patch(home, url, body);
};

const creating = {
	type: 'Ready',
	status: 'False',
	reason: 'RemoteNamespaceCreating',
	message: 'The remote namespace is being created',
	lastTransitionTime: '2026-01-01T00:00:00Z',
};

/**
The floor: the same final objects, written by a client that knows them beforehand. Seconds.
*/
const measureFloor = async (
	home: ApiServer,
	names: readonly string[],
	ids: readonly string[],
): Promise<number> => {
	const startedAt = performance.now();
	const required = {...creating, type: 'OffloadingRequired', status: 'True'};
	const work: Array<() => Promise<void>> = [
		...ids.map((id) => async () => {
			await mustPatch(home, mapPath(id), {
				spec: {
					desiredMapping: Object.fromEntries(
						names.map((name) => [name, `${name}-${homeId}`]),
					),
				},
			});
		}),
		...names.map((name) => async () => {
			await mustPatch(home, offloadingPath(name), {
				metadata: {finalizers: [finalizer]},
			});
			await mustPatch(home, `/api/v1/namespaces/${name}`, {
				metadata: {labels: {'liqo.io/scheduling-enabled': 'true'}},
			});
			await mustPatch(home, `${offloadingPath(name)}/status`, {
				status: {
					observedGeneration: 1,
					offloadingPhase: 'InProgress',
					remoteNamespaceName: `${name}-${homeId}`,
					remoteNamespacesConditions: Object.fromEntries(
						ids.map((id) => [id, [required, creating]]),
					),
				},
			});
		}),
	];
	await inParallel(work, 8, async (one) => one());
	return (performance.now() - startedAt) / 1000;
};

const phases = async (
	home: ApiServer,
): Promise<ReadonlyMap<string, number>> => {
	const counts = new Map<string, number>();
	for (const object of await readList(home, offloadingsPath)) {
		const value = at(object, 'status', 'offloadingPhase');
		const phase = typeof value === 'string' ? value : '-';
		counts.set(phase, (counts.get(phase) ?? 0) + 1);
	}

	return counts;
};

/**
All maps ask for so many namespaces.
*/
const areMapped = async (home: ApiServer, count: number): Promise<boolean> => {
	const maps = await readList(home, mapsPath);
	return maps.every(
		(map) =>
			Object.keys(at(map, 'spec', 'desiredMapping') ?? {}).length === count,
	);
};

const quiet = async (home: ApiServer, since: number): Promise<void> => {
	await waitFor('two quiet seconds', async () => {
		const last = lastEnd(writesSince(home, since));
		return Date.now() - Math.max(last, since) > 2000;
	});
};

const measure = async (
	report: Report,
	directory: string,
	size: string,
): Promise<number> => {
	const [count = 0, width = 0] = size.split('x').map(Number);
	const ids = Array.from({length: width}, (_, index) => `c${index}`);
	report.section(`${count} offloadings x ${width} clusters`);
	const plane = await startTestControlPlane({
		clusters: [{name: 'home', isAudited: true}],
	});
	try {
		const home = plane.cluster('home');
		await peer(home, new Map());
		for (const id of ids) {
			await create(home, [
				{
					apiVersion: 'v1',
					kind: 'Namespace',
					metadata: {
						name: `liqo-tenant-${id}`,
						labels: {
							'liqo.io/remote-cluster-id': id,
							'liqo.io/tenant-namespace': 'true',
						},
					},
				},
				...virtualNodeOf(id, {region: id, 'liqo.io/remote-cluster-id': id}),
				{
					apiVersion: 'offloading.liqo.io/v1beta1',
					kind: 'NamespaceMap',
					metadata: {
						name: id,
						namespace: `liqo-tenant-${id}`,
						labels: {
							'liqo.io/remote-cluster-id': id,
							'liqo.io/replication': 'true',
							'liqo.io/remoteID': id,
						},
					},
					spec: {desiredMapping: {}},
				},
			]);
		}

		const namesOf = (prefix: string) =>
			Array.from({length: count}, (_, index) => `${prefix}-${index}`);
		const prepare = async (names: readonly string[]) =>
			inParallel(names, 16, async (name) => {
				await create(home, offloading(name).slice(0, 1));
			});
		const offload = async (names: readonly string[]) =>
			inParallel(names, 16, async (name) => {
				await create(home, offloading(name).slice(1));
			});

		// F.
		const floorNames = namesOf('f');
		await prepare(floorNames);
		await offload(floorNames);
		const floor = await measureFloor(home, floorNames, ids);
		report.add(
			'F: bare client, 8 connections',
			`${round(floor)} s, ${3 * count + width} requests`,
		);
		await inParallel(floorNames, 16, async (name) => {
			await patch(home, offloadingPath(name), {metadata: {finalizers: []}});
			await askAgain(home, offloadingPath(name), {method: 'DELETE'});
		});
		for (const id of ids) {
			await askAgain(home, mapPath(id), {
				method: 'PATCH',
				contentType: 'application/json-patch+json',
				body: [{op: 'replace', path: '/spec/desiredMapping', value: {}}],
			});
		}

		const names = namesOf('n');
		await prepare(names);
		const child = startReconcile(
			directory,
			[home],
			['--lease', 'none', '--log-level', values.log],
		);
		try {
			await waitFor(
				'reconcile has started',
				async () => child.usage().cpu > 0.5,
			);
			await quiet(home, Date.now());

			// A.
			const startA = Date.now();
			const before = child.usage();
			await offload(names);
			const created = Date.now();
			await waitFor('all are mapped', async () => areMapped(home, count));
			await quiet(home, startA);
			const writesA = writesSince(home, startA);
			const wallA = (lastEnd(writesA) - startA) / 1000;
			const afterA = child.usage();
			const phasesA = await phases(home);
			if (phasesA.get('InProgress') !== count) {
				throw new Error(`Phases after A: ${JSON.stringify([...phasesA])}`);
			}

			report.ratio('A: created at once -> all mapped, wall', wallA, floor, 3);
			report.add(
				'A: of that, after the last create',
				`${round((lastEnd(writesA) - created) / 1000)} s`,
			);
			report.atMost(
				'A: requests',
				writesA.length,
				3.3 * count + 10 * width,
				'',
			);
			report.add('A: what it asked', tally(writesA));
			report.add(
				'A: CPU, peak memory',
				`${round(afterA.cpu - before.cpu)} s, ${round(afterA.memory)} MiB`,
			);

			// B.
			const startB = Date.now();
			await inParallel(ids, 4, async (id) => {
				await patch(home, `${mapPath(id)}/status`, {
					status: {
						currentMapping: Object.fromEntries(
							names.map((name) => [
								name,
								{remoteNamespace: `${name}-${homeId}`, phase: 'Accepted'},
							]),
						),
					},
				});
			});
			await waitFor('all are ready', async () => {
				const counts = await phases(home);
				return counts.get('Ready') === count;
			});
			await quiet(home, startB);
			const writesB = writesSince(home, startB);
			report.add(
				'B: providers answer -> Ready, wall',
				`${round((lastEnd(writesB) - startB) / 1000)} s`,
			);
			report.atMost('B: requests', writesB.length, 1.1 * count, '');

			// C.
			const startC = Date.now();
			const idle = Number(values.idle);
			const beforeC = child.usage();
			await delay(idle * 1000);
			const cpuC = child.usage().cpu - beforeC.cpu;
			report.atMost(
				'C: writes when idle',
				writesSince(home, startC).length,
				0,
				'',
			);
			report.atMost(
				'C: CPU when idle',
				(100 * cpuC) / idle,
				0.3,
				'% of a core',
			);

			// D1, D2.
			const startD = Date.now();
			const beforeD = child.usage();
			await patch(home, '/api/v1/nodes/c0', {
				metadata: {labels: {'example.com/unread': 'yes'}},
			});
			await delay(2000);
			report.atMost(
				'D1: writes for a label nobody reads',
				writesSince(home, startD).length,
				0,
				'',
			);
			report.add(
				'D1: CPU',
				`${round(1000 * (child.usage().cpu - beforeD.cpu))} ms`,
			);
			await patch(home, offloadingPath(names[0] ?? ''), {
				spec: selecting('c0'),
			});
			await quiet(home, Date.now());
			const reactions: number[] = [];
			for (const region of [
				'elsewhere',
				'c0',
				'elsewhere',
				'c0',
				'elsewhere',
			]) {
				await delay(500);
				const flipped = Date.now();
				await patch(home, '/api/v1/nodes/c0', {metadata: {labels: {region}}});
				await waitFor('the flip is answered', async () =>
					writesSince(home, flipped).some(({what}) =>
						what.includes('namespacemaps'),
					),
				);
				const [first] = writesSince(home, flipped);
				reactions.push((first?.begun ?? Infinity) - flipped);
			}

			report.atMost(
				'D2: label change sent -> first write, median of 5',
				reactions.toSorted((a, b) => a - b)[2] ?? Infinity,
				100,
				' ms',
			);

			// E.
			const startE = Date.now();
			await inParallel(names, 16, async (name) => {
				await askAgain(home, offloadingPath(name), {method: 'DELETE'});
			});
			await waitFor('no entry is left', async () => areMapped(home, 0));
			await quiet(home, startE);
			const endE1 = lastEnd(writesSince(home, startE));
			const startE2 = Date.now();
			await inParallel(ids, 4, async (id) => {
				await askAgain(home, `${mapPath(id)}/status`, {
					method: 'PATCH',
					contentType: 'application/json-patch+json',
					body: [{op: 'remove', path: '/status/currentMapping'}],
				});
			});
			await waitFor('all are gone', async () => {
				const left = await readList(home, offloadingsPath);
				return left.length === 0;
			});
			await quiet(home, startE);
			const writesE = writesSince(home, startE);
			report.add(
				'E: all deleted -> no entry; providers clear -> gone, wall',
				`${round((endE1 - startE) / 1000)} s; ${round((lastEnd(writesE) - startE2) / 1000)} s`,
			);
			report.atMost(
				'E: requests',
				writesE.length,
				4.3 * count + 10 * width,
				'',
			);
			report.add('E: what it asked', tally(writesE));
			return wallA / count;
		} finally {
			child.kill('SIGKILL');
			await child.ended;
			fs.writeFileSync(`${values.out}.log`, child.lines.join('\n'));
		}
	} finally {
		await plane.stop();
	}
};

const report = startReport((text) => {
	process.stdout.write(`${text}\n`);
});
const directory = await bundle();
try {
	report.add(
		'machine',
		`${os.cpus().length} cores, load ${os
			.loadavg()
			.map((load) => round(load))
			.join(' ')}, Node ${process.version}`,
	);
	const perOffloading = new Map<string, number>();
	for (const size of values.size.split(',')) {
		perOffloading.set(size, await measure(report, directory, size));
	}

	const small = perOffloading.get('100x10');
	const large = perOffloading.get('1000x10');
	if (small !== undefined && large !== undefined) {
		report.section('growth');
		report.ratio(
			'A: time per offloading, 1,000 x 10 over 100 x 10',
			large,
			small,
			1.3,
		);
	}

	fs.writeFileSync(values.out, report.markdown());
} finally {
	fs.rmSync(directory, {recursive: true, force: true});
}
