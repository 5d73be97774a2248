/**
Loaded into the measured program with `--import`: writes the longest stall of its event loop (milliseconds) and what V8 holds to
the file named by STALL_FILE, twice a second. A stall is what a 10 ms timer was late; loading the program, before its first
frame, is measured as the time to that frame and is no stall.
*/
import fs from 'node:fs';
import {monitorEventLoopDelay} from 'node:perf_hooks';
import process from 'node:process';

const file = process.env.STALL_FILE;
const resolution = 10;
if (file !== undefined) {
	const delays = monitorEventLoopDelay({resolution});
	delays.enable();
	let longest = 0;
	const {stdout} = process;
	const write = stdout.write.bind(stdout);
	stdout.write = ((...given: Parameters<typeof write>) => {
		stdout.write = write;
		setImmediate(() => {
			delays.reset();
			longest = 0;
		});
		return write(...given);
	}) as typeof write;
	setInterval(() => {
		longest = Math.max(longest, delays.max / 1e6 - resolution);
		const state = {
			longest,
			p99: delays.percentile(99) / 1e6,
			heap: process.memoryUsage().heapUsed / 1_048_576,
		};
		fs.writeFileSync(`${file}.partial`, JSON.stringify(state));
		fs.renameSync(`${file}.partial`, file);
	}, 500).unref();
}
