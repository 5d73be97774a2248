#!/usr/bin/env node
/**
Measures the explorer against what the same server costs others, and prints ratios and a markdown table.

Usage: npm run bench -- [--pods N] [--runs N] [--only floor,sync,sandbox,churn,events,start] [--out FILE]
*/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {root, startTestControlPlane} from '../test/helpers/control-plane.js';
import {
	hasExplorer,
	measureChurn,
	measureEventCost,
	measureStart,
	measureSync,
} from './explorer.js';
import {measureFloor} from './floor.js';
import {sizeFor} from './objects.js';
import {startReport} from './report.js';
import {measureSandbox, measureSandboxStart} from './sandbox.js';
import {seed} from './seed.js';

const sections = [
	'floor',
	'sync',
	'sandbox',
	'churn',
	'events',
	'start',
] as const;

const {values} = parseArgs({
	options: {
		pods: {type: 'string', default: '100000'},
		runs: {type: 'string', default: '3'},
		only: {type: 'string', default: sections.join(',')},
		out: {type: 'string', default: path.join(root, '.cache', 'bench.md')},
	},
});
const pods = Number(values.pods);
const runs = Number(values.runs);
const wanted = new Set(values.only.split(','));
const unknown = [...wanted].find(
	(name) => !(sections as readonly string[]).includes(name),
);
const isCount = (value: number, least: number): boolean =>
	Number.isSafeInteger(value) && value >= least;
if (unknown !== undefined || !isCount(pods, 500) || !isCount(runs, 1)) {
	process.stderr.write(
		`--pods takes a number from 500 on, --runs one from 1 on, --only some of ${sections.join(',')}.\n`,
	);
	process.exit(2);
}

const say = (text: string) => {
	process.stdout.write(`${text}\n`);
};

const report = startReport(say);
say(
	`${os.cpus().length} x ${os.cpus()[0]?.model ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${os
		.loadavg()
		.map((load) => load.toFixed(1))
		.join(' ')}`,
);

const isNeedsExplorer = [...wanted].some((name) => name !== 'floor');
if (isNeedsExplorer && !hasExplorer()) {
	process.stderr.write(
		'There is no dist/cli.js to measure: run `npm run build` first.\n',
	);
	process.exit(2);
}

if (wanted.has('start')) {
	await measureStart(runs, report);
	await measureSandboxStart(runs, report);
}

if (['floor', 'sync', 'sandbox'].some((name) => wanted.has(name))) {
	const plane = await startTestControlPlane({clusters: ['bench']});
	try {
		await seed(plane, sizeFor(pods), say);
		const cluster = plane.cluster('bench');
		if (wanted.has('floor') || wanted.has('sync')) {
			const floor = await measureFloor(cluster, pods, runs, report);
			if (wanted.has('sync')) {
				await measureSync({cluster, pods, runs, floor, report});
			}
		}

		if (wanted.has('sandbox')) {
			await measureSandbox({cluster, pods, runs}, report);
		}
	} finally {
		await plane.stop();
	}
}

if (wanted.has('churn') || wanted.has('events')) {
	const plane = await startTestControlPlane({clusters: ['bench']});
	try {
		// A small real server stands behind the generated one.
		await seed(plane, sizeFor(500), say);
		const cluster = plane.cluster('bench');
		if (wanted.has('churn')) {
			await measureChurn(cluster, plane.directory, pods, report);
		}

		if (wanted.has('events')) {
			await measureEventCost(cluster, plane.directory, report);
		}
	} finally {
		await plane.stop();
	}
}

fs.mkdirSync(path.dirname(values.out), {recursive: true});
fs.writeFileSync(values.out, report.markdown());
say(`\nWritten as a table: ${path.relative(process.cwd(), values.out)}`);
