import {spawn} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';

/**
CPU seconds so far (user and system) and the peak and present resident size in MiB, read from /proc.
*/
export type Usage = Readonly<{cpu: number; peakRss: number; rss: number}>;

const ticksPerSecond = 100;

/**
The usage of a running process of this machine; undefined when it is gone.
*/
export const readUsage = (pid: number): Usage | undefined => {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
		const size = (name: string): number =>
			Number(
				new RegExp(String.raw`${name}:\s+(\d+)`, 'v').exec(status)?.[1] ?? 0,
			) / 1024;
		return {
			cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
			peakRss: size('VmHWM'),
			rss: size('VmRSS'),
		};
	} catch {
		return undefined;
	}
};

export type Measured = Readonly<{
	wall: number;
	firstByte: number;
	cpu: number;
	peakRss: number;
	output: string;
	code: number;
}>;

/**
Runs a program to its end; `wall` and `firstByte` in milliseconds. Output is kept only up to 64 KiB.
*/
export const measureProcess = async (
	file: string,
	parameters: readonly string[],
	env: NodeJS.ProcessEnv = {},
): Promise<Measured> =>
	new Promise((resolve, reject) => {
		const started = performance.now();
		const child = spawn(file, parameters, {
			env: {...process.env, ...env},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let last: Usage = {cpu: 0, peakRss: 0, rss: 0};
		let firstByte = 0;
		let output = '';
		// The peak only grows and is gone with the process, so the last look before its end counts.
		const watch = setInterval(() => {
			const usage = readUsage(child.pid ?? 0);
			// A process that has ended, but is still listed, has no size.
			last = usage === undefined || usage.peakRss === 0 ? last : usage;
		}, 50);
		child.stdout.on('data', (part: Uint8Array) => {
			firstByte ||= performance.now() - started;
			if (output.length < 65_536) {
				output += String(part);
			}
		});
		child.once('error', reject);
		child.once('close', (code) => {
			clearInterval(watch);
			resolve({
				...last,
				wall: performance.now() - started,
				firstByte,
				output,
				code: code ?? -1,
			});
		});
	});
