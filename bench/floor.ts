import process from 'node:process';
import path from 'node:path';
import type {ApiServer} from '../source/sandbox/engines/kube-apiserver/api-server.js';
import {findAsset, root} from '../test/helpers/control-plane.js';
import {measureProcess} from './measured-process.js';
import {median, round, type Report} from './report.js';

/**
Milliseconds, CPU seconds, MiB.
*/
export type Cost = Readonly<{
	wall: number;
	cpu: number;
	rss: number;
	first: number;
}>;

export type LoopMode = 'drain' | 'json' | 'protobuf';

const medianOf = (costs: readonly Cost[]): Cost => ({
	wall: median(costs.map(({wall}) => wall)),
	cpu: median(costs.map(({cpu}) => cpu)),
	rss: median(costs.map(({rss}) => rss)),
	first: median(costs.map(({first}) => first)),
});

/**
Runs one reference loop in a process of its own.
*/
export const runLoop = async (
	mode: LoopMode,
	server: Readonly<{port: number; certificateAuthority: string; token: string}>,
): Promise<Cost & {pods: number}> => {
	const outcome = await measureProcess(
		process.execPath,
		[path.join(root, 'bench', 'reference-loop.ts'), mode, String(server.port)],
		{TOKEN: server.token, CA: server.certificateAuthority},
	);
	if (outcome.code !== 0) {
		throw new Error(`The reference loop "${mode}" failed: ${outcome.output}`);
	}

	return JSON.parse(outcome.output) as Cost & {pods: number};
};

/**
`kubectl get pods -A`, its output thrown away.
*/
export const runKubectl = async (cluster: ApiServer): Promise<Cost> => {
	const outcome = await measureProcess(findAsset('kubectl'), [
		`--kubeconfig=${cluster.kubeconfig()}`,
		'get',
		'pods',
		'-A',
	]);
	return {
		wall: outcome.wall,
		cpu: outcome.cpu,
		rss: outcome.peakRss,
		first: outcome.firstByte,
	};
};

export type Floor = Readonly<Record<LoopMode | 'kubectl', Cost>>;

/**
What others need for the same pods on the same server, the median of some interleaved runs.
*/
export const measureFloor = async (
	cluster: ApiServer,
	pods: number,
	runs: number,
	report: Report,
): Promise<Floor> => {
	report.section(
		`Reading ${pods} pods from a real API server: the floor (median of ${runs})`,
	);
	const server = {
		port: cluster.port,
		certificateAuthority: cluster.certificateAuthority,
		token: cluster.token(),
	};
	const costs: Record<LoopMode | 'kubectl', Cost[]> = {
		drain: [],
		json: [],
		protobuf: [],
		kubectl: [],
	};
	for (let run = 0; run < runs; run++) {
		for (const mode of ['drain', 'json', 'protobuf'] as const) {
			const cost = await runLoop(mode, server);
			if (cost.pods !== pods) {
				throw new Error(`The loop "${mode}" saw ${cost.pods} of ${pods} pods.`);
			}

			costs[mode].push(cost);
		}

		costs.kubectl.push(await runKubectl(cluster));
	}

	const floor = {
		drain: medianOf(costs.drain),
		json: medianOf(costs.json),
		protobuf: medianOf(costs.protobuf),
		kubectl: medianOf(costs.kubectl),
	};
	const names = {
		drain: '(a) pages of 500 in protobuf, not parsed',
		json: '(b) pages of 500 in JSON, into small structs',
		protobuf: '(b) pages of 500 in protobuf, into small structs',
		kubectl: '(c) kubectl get pods -A',
	};
	for (const mode of ['drain', 'json', 'protobuf', 'kubectl'] as const) {
		const {wall, cpu, rss, first} = floor[mode];
		report.add(
			names[mode],
			`${round(wall / 1000)} s, ${round(cpu)} CPU s, ${round(rss)} MiB, first after ${round(first / 1000)} s`,
		);
	}

	return floor;
};
