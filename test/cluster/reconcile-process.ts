import {spawn, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {ApiServer} from '../../source/sandbox/engines/kube-apiserver/api-server.js';
import {root, runProgram} from '../helpers/control-plane.js';

/**
Bundles the program as it is now, beside and not over what `npm run build` made.
*/
export const bundle = async (): Promise<string> => {
	const directory = path.join(root, '.cache', `bundle-${process.pid}`);
	const {code, stderr} = await runProgram(process.execPath, [
		path.join(root, 'scripts', 'build.ts'),
		directory,
	]);
	if (code !== 0) {
		throw new Error(`The program cannot be bundled: ${stderr}`);
	}

	return directory;
};

/**
One kubeconfig with a context per cluster; the first is the current one.
*/
export const mergeKubeconfigs = (
	clusters: ReadonlyArray<Pick<ApiServer, 'kubeconfig'>>,
): {KUBECONFIG: string} => ({
	KUBECONFIG: clusters.map((cluster) => cluster.kubeconfig()).join(':'),
});

export type ReconcileProcess = {
	readonly lines: string[];
	/**
	Exit code, or the signal it died of.
	*/
	readonly ended: Promise<number | string>;
	kill(signal: NodeJS.Signals): void;
	readonly pid: number;
	/**
	Peak resident memory in MiB and CPU seconds so far.
	*/
	usage(): {readonly memory: number; readonly cpu: number};
};

export const startReconcile = (
	directory: string,
	clusters: ReadonlyArray<Pick<ApiServer, 'kubeconfig'>>,
	parameters: readonly string[],
): ReconcileProcess => {
	const child: ChildProcess = spawn(
		process.execPath,
		[path.join(directory, 'cli.js'), 'reconcile', ...parameters],
		{
			env: {
				PATH: process.env.PATH,
				HOME: os.tmpdir(),
				...mergeKubeconfigs(clusters),
			},
			stdio: ['ignore', 'ignore', 'pipe'],
		},
	);
	const lines: string[] = [];
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		lines.push(...text.split('\n').filter((line) => line !== ''));
	});
	const ended = new Promise<number | string>((resolve) => {
		child.once('close', (code, signal) => {
			resolve(code ?? signal ?? -1);
		});
	});
	const pid = child.pid ?? 0;
	return {
		lines,
		ended,
		pid,
		kill(signal) {
			child.kill(signal);
		},
		usage() {
			const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
			const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return {
				memory:
					Number(/VmHWM:\s+(?<kib>\d+)/v.exec(status)?.groups?.kib ?? 0) / 1024,
				cpu: (Number(fields[11]) + Number(fields[12])) / 100,
			};
		},
	};
};
